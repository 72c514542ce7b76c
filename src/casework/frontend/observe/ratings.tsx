// What is rated, at the end or at any time; the latest counts.

import { useId } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { Heading } from "../kit/parts.tsx";
import type { Item } from "./content.ts";
import { rate, ratingOf } from "./marks.ts";
import type { ObservePage } from "./marks.ts";

export function Ratings() {
  const page: ObservePage = usePage();
  const items = page.content.checklist.items.filter(({ kind }) => kind === "rating");
  if (!items.length) return null;
  return (
    <section class="ratings">
      <Heading level={5}>{page.t("observe.rating")}</Heading>
      {items.map((item) => (
        <Rating key={item.id} item={item} />
      ))}
    </section>
  );
}

function Rating({ item }: { item: Item }) {
  const page: ObservePage = usePage();
  const name = useId();
  const meaning = useId();
  const scale = page.content.checklist.scales[item.scale ?? ""];
  const value = ratingOf(page, item.id);
  if (!scale) return null;
  const numbers = Array.from({ length: scale.highest - scale.lowest + 1 }, (_, index) => scale.lowest + index);
  return (
    <fieldset class="rating" aria-describedby={meaning}>
      <legend lang={page.lang(`items/${item.id}/text`)}>{item.text}</legend>
      <p id={meaning} class="small" lang={page.lang(`items/${item.id}/definition`)}>
        {item.definition}
      </p>
      {numbers.map((number) => (
        <label key={number}>
          <input type="radio" name={name} checked={value === number} onChange={() => rate(page, item.id, number)} />
          <span class="number">{number}</span>
          <span lang={page.lang(`scales/${item.scale}/labels/${number}`)}>{scale.labels[number]}</span>
        </label>
      ))}
      <label>
        <input type="radio" name={name} checked={value === null} onChange={() => rate(page, item.id, null)} />
        <span class="number">–</span>
        <span>{page.t("observe.rating_open")}</span>
      </label>
    </fieldset>
  );
}
