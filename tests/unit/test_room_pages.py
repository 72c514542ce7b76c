"""What a room's pages make of what they are told, tried in Node: the order on boards, and where the screen looks."""

from __future__ import annotations

import json

import pytest

from in_node import told_by

PAGES = """
import { firstOf, itemsOf, pilesOf } from "./board/board.tsx";
import { Holder } from "./board/content.ts";
import { View } from "./screen/view.ts";

const element = () => new Proxy(function () {}, { get: element, apply: element, set: () => true });
let hear;
class Socket {
  static OPEN = 1;
  readyState = 1;
  constructor() { hear = (told) => this.onmessage({ data: JSON.stringify(told) }); }
  send() {}
  close() {}
}
const document = Object.assign(new EventTarget(), { documentElement: {}, querySelector: () => null });
Object.assign(globalThis, { document });
Object.assign(globalThis, { window: globalThis, location: new URL("http://localhost/screen/ABC"), WebSocket: Socket });
Object.assign(globalThis, { fetch: () => new Promise(() => undefined), addEventListener: () => undefined });

const WALK = "walk:small";
const where = () => ({ where: "going", pace: "led", here: WALK, agenda: [{ place: WALK }], votes: [] });
const content = { scenes: { arrival: { pause: { reflect: ["notice"] }, choices: [] } } };
const walk = { place: WALK, about: "small", content };
const at = (step) => ({ place: WALK, state: { scene: "arrival", step } });
const empty = { cards: [], pairs: [], spreads: {} };
const shows = (...names) => ({ place: WALK, board: { forms: names.map((form) => ({ form, ...empty })), votes: [] } });

/** A screen that is told all this, the rest of it once it has settled; where it looks after each of the rest. */
async function screen(first, ...rest) {
  const view = new View({ dataset: { socket: "/socket" } }, { host: element(), root: element() });
  hear([{ welcome: 1, role: "screen", language: "en", convener: "Ana", run: "", floor: 3 }, where(), walk, ...first]);
  const looks = [view.look];
  await new Promise((settled) => setTimeout(settled, 350));
  for (const told of rest) {
    hear(told);
    looks.push(view.look);
  }
  return looks.map(({ at, name }) => (at === "way" ? "way" : name));
}
"""
SURVEY = {"items": [{"id": name} for name in ("often", "an-hour-later", "asked", "before-noon")]}
MAP = {"names": {"child": "a child", "mother": "a mother", "0-me": "me"}, "qualities": []}


@pytest.fixture
def node(tmp_path):
    loaders = [f"--loader:.{kind}=text" for kind in ("css", "woff2")]
    told = "console.log(JSON.stringify(await (async () => {{ {} }})()));"
    return lambda story: told_by(tmp_path, PAGES + told.format(story), *loaders)


def card(name, prompt, perspective=None):
    return {"id": name, "prompt": prompt, "perspective": perspective, "text": name}


def board(content, spreads, *cards):
    form = {"form": "survey", "cards": list(cards), "spreads": {one: {} for one in spreads}, "pairs": [], "quiet": []}
    return f"return itemsOf({json.dumps(form)}, new Holder({json.dumps(content)}));"


def test_spreads_stand_in_the_order_of_the_survey_with_words_under_their_question(node):
    story = board(SURVEY, ["asked", "before-noon", "often"], card("a", "an-hour-later"), card("b", "not-there"))

    assert node(story) == ["often", "an-hour-later", "asked", "before-noon", "not-there"]


def test_ties_stand_in_the_order_of_the_people_with_those_of_ones_own_last(node):
    story = board(MAP, ["f00/mother", "0-me/mother", "0-me/child", "child/mother"], card("a", "mother", "child"))

    assert node(story) == ["child/mother", "0-me/child", "0-me/mother", "f00/mother"]


def test_the_screen_looks_to_what_is_revealed_and_back_once_that_is_undone_or_the_group_goes_on(node):
    looks = node("""
        const more = shows("notice", "wonder");
        return screen([at("pause"), shows()], shows("notice"), shows(), shows("notice"), at("turn"), more);
    """)

    assert looks == ["way", "notice", "way", "notice", "way", "wonder"]


def test_a_screen_that_comes_late_looks_to_what_belongs_to_where_the_group_is(node):
    at_the_pause, gone_on, reloaded = node("""
        const told = { welcome: 1, role: "screen", language: "en", convener: "Ana", run: "", floor: 3 };
        return [
          await screen([at("pause"), shows("notice")]),
          await screen([at("turn"), shows("notice")]),
          await screen([at("pause"), shows()], shows("notice"), [told, where(), walk, at("pause"), shows("notice")]),
        ];
    """)

    assert (at_the_pause, gone_on) == (["notice"], ["way"])
    assert reloaded == ["way", "notice", "notice"]


def test_a_card_that_is_changed_takes_the_place_of_the_one_with_its_id(node):
    cards = node("""
        const view = new View({ dataset: { socket: "/socket" } }, { host: element(), root: element() });
        const card = (id, text) => ({ id, text });
        const had = { form: "notice", cards: [card("1", "a"), card("3", "c")] };
        hear([walk, { place: WALK, board: { forms: [had], votes: [] } }]);
        hear({ place: WALK, form: { form: "notice", cards: [card("2", "b"), card("3", "new")] }, gone: ["1"] });
        return view.known.boards.get(WALK).forms[0].cards.map(({ text }) => text);
    """)

    assert cards == ["b", "new"]
