// Items that are answered with one press: a number on a scale, one option, several.

import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { usePage } from "../kit/page.ts";
import { give, isUnderWay, valueOf } from "./answers.ts";
import type { SurveyPage } from "./answers.ts";
import type { Item, Scale } from "./content.ts";
import { Asked } from "./item.tsx";

/** More points than this stand as bare numbers; the words of both ends are said above them. */
const FEW = 7;

export function Rated({ item }: { item: Item }) {
  const page: SurveyPage = usePage();
  const scale = page.content.scales[item.scale ?? ""];
  if (!scale) return null;
  const count = scale.highest - scale.lowest + 1;
  const many = count > FEW;
  return (
    <Asked item={item} clear={() => give(page, item, null)}>
      {many && <Ends scale={scale} />}
      <div class="scale" data-many={many} style={{ "--points": count }}>
        {Array.from({ length: count }, (_, index) => scale.lowest + index).map((at) => {
          const says = scale.labels.find((label) => label.at === at)?.text;
          return (
            <Choice key={at} item={item} value={at}>
              <span class="at">{at}</span>
              {says && (
                <span class={many ? "unseen" : "says"} lang={page.lang(`scales/${item.scale}/labels/${at}`)}>
                  {says}
                </span>
              )}
            </Choice>
          );
        })}
      </div>
    </Asked>
  );
}

function Ends({ scale }: { scale: Scale }) {
  return (
    <p class="ends small" aria-hidden="true">
      <span>{scale.labels[0]?.text}</span>
      <span>{scale.labels.at(-1)?.text}</span>
    </p>
  );
}

export function Options({ item }: { item: Item }) {
  const page: SurveyPage = usePage();
  return (
    <Asked item={item} clear={() => give(page, item, null)}>
      <div class="options">
        {item.options?.map(({ id, text }) => (
          <Choice key={id} item={item} value={id}>
            <span class="says" lang={page.lang(`items/${item.id}/options/${id}`)}>
              {text}
            </span>
          </Choice>
        ))}
      </div>
    </Asked>
  );
}

interface ChoiceProps {
  item: Item;
  value: number | string;
  children: preact.ComponentChildren;
}

/** One radio button or box, with all of its label to press. */
function Choice({ item, value, children }: ChoiceProps) {
  const page: SurveyPage = usePage();
  const given = valueOf(page, item);
  const several = item.kind === "multiple";
  const chosen = several && Array.isArray(given) ? given : [];
  const checked = several ? chosen.includes(String(value)) : given === value;
  const press = (): void => {
    const rest = chosen.filter((one) => one !== value);
    give(page, item, several ? (checked ? rest : [...rest, String(value)]) : value);
  };
  return (
    <label class="choice" data-under-way={checked && isUnderWay(page, item)}>
      <input type={several ? "checkbox" : "radio"} name={`${page.content.key} ${item.id}`} checked={checked} onChange={press} />
      {children}
    </label>
  );
}

/** A day, in the browser's own field. */
export function Day({ item }: { item: Item }) {
  const page: SurveyPage = usePage();
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const day = valueOf(page, item);
  const set = (): void => {
    const { value = "", validity } = field.current ?? {};
    const whole = !validity?.badInput && (!value || value > "1000"); // a year is typed figure by figure
    if (whole && value !== (day ?? "")) give(page, item, value || null);
  };
  useLayoutEffect(() => {
    const { current } = field; // what is half typed stays, whatever else on the page is drawn meanwhile
    if (current && !current.matches(":focus")) current.value = String(day ?? "");
  }, [day]);
  return (
    <Asked item={item} labelFor={id}>
      <input id={id} ref={field} type="date" onChange={set} onBlur={set} />
    </Asked>
  );
}
