"""What waits on the device to be sent, tried in Node: a page may close before its kernel answers."""

from __future__ import annotations

import pytest

from in_node import told_by

PAGES = """
import { Connection } from "./kit/connection.ts";
import { Keep } from "./kit/keep.ts";
import { Outbox, subjectOfWrite } from "./kit/outbox.ts";
import { isHere } from "./code/shown.ts";

globalThis.document = new EventTarget();
globalThis.window = Object.assign(new EventTarget(), { setTimeout, setInterval });
const keep = new Keep(false);
const nothing = () => undefined;
const timing = { resend: 1000, late: 1000, pong: 1000, ping: 1000 };

/** A cell of a coding on a page: what it sends, what it hears, and how it closes. */
function cell(...answers) {
  const sent = [];
  let heard;
  const model = { on: (_, hear) => (heard = hear), off: nothing, send: (said) => said.do && sent.push(said) };
  const content = { answers: answers.map((id) => [id, ""]) };
  const outbox = new Outbox(keep, "run", "code:needs", subjectOfWrite, (intent) => isHere(content, intent));
  const connection = new Connection(model, outbox, timing, { changed: nothing, acknowledged: nothing, left: nothing });
  connection.open();
  return { connection, sent, hear: (reply) => heard(reply) };
}
"""


@pytest.fixture
def node(tmp_path):
    return lambda story: told_by(tmp_path, PAGES + story)


def test_of_two_codings_that_share_a_place_each_sends_the_marks_of_its_own_answers(node):
    first, second, again = node("""
        const page = cell("a");
        page.connection.do({ do: "excerpt", answer: "a" }, "1");
        page.connection.do({ do: "add_code", name: "Money" }, "2");
        page.connection.dispose();
        const second = cell("b"); // its kernel would refuse a mark of another cell, and the page forget it
        second.hear({ refused: "1" });
        second.hear({ ack: "2" });
        second.connection.dispose();
        const again = cell("a", "c");
        console.log(JSON.stringify([page, second, again].map(({ sent }) => sent.map(({ id }) => id))));
    """)

    assert (first, second, again) == (["1", "2"], ["2"], ["1"])
