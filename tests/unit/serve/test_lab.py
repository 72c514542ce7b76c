"""casework inside a Jupyter server of one's own, asked over a socket."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace

import pytest

from casework.content import shipped_folder
from casework.content.new import make
from casework.content.words import words
from casework.lab import making, rehearsing
from casework.lab.kernels import own_kernels
from casework.lab.site import LabSite
from casework.session.group import Agenda

ROOT = Path(__file__).parents[3]
TOKEN = "a-token-for-these-tests"  # noqa: S105  of a server that lives as long as they do
BINDER = {"CASEWORK_BINDER": "1"}


class Lab:
    """A Jupyter server with our extension, under a base URL and behind a token."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as one:
            port = one.getsockname()[1]
        self.folder, self.url = folder, f"http://127.0.0.1:{port}/user/ana/"
        self.opener = stranger()
        command = [
            *(sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1"),
            *(f"--ServerApp.port={port}", "--ServerApp.base_url=/user/ana/", f"--ServerApp.root_dir={folder}"),
            f"--IdentityProvider.token={TOKEN}",
            # What an installation finds in `etc/jupyter`; here it does not matter how this one was installed.
            "--ServerApp.jpserver_extensions={'casework.lab': True}",
        ]
        self.log = folder / "server.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | BINDER)

    def start(self) -> None:
        """Wait until it answers, and log in."""
        deadline = time.monotonic() + 60
        while not answers(f"{self.url}login"):
            assert self.process.poll() is None, self.log.read_text("utf-8")
            assert time.monotonic() < deadline, self.log.read_text("utf-8")
            time.sleep(0.1)
        self.ask(f"casework/?token={TOKEN}")

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait(20)

    def ask(self, path, form=None, opener=None):
        """Return the status and the text of a page."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        try:
            with (opener or self.opener).open(self.url + path, data, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def press(self, path, **form):
        """Press a button of the form on a page."""
        _, page = self.ask(path)
        return self.ask(path.partition("?")[0], {"_xsrf": re.search('name="_xsrf" value="([^"]+)"', page)[1], **form})


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    folder = tmp_path_factory.mktemp("lab")
    (folder / "workbooks" / "en").mkdir(parents=True)
    shutil.copy(shipped_folder() / "en" / "the-first-goodbye.ipynb", folder / "workbooks" / "en")
    make("case", "the-blue-door", folder=folder / "workbooks")
    one = Lab(folder)
    try:
        one.start()
        yield one
    finally:
        one.stop()


@pytest.fixture
def spanish(lab, monkeypatch):
    """The same, for somebody whose browser asks for Spanish."""
    monkeypatch.setattr(lab.opener, "addheaders", [("Accept-Language", "es-MX,es;q=0.9,en;q=0.5")])
    return lab


def stranger():
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))


# -- the pages ----------------------------------------------------------------------------------------


def test_the_gallery_opens_each_workbook_as_a_page_and_in_jupyterlab(lab):
    status, page = lab.ask("casework/")

    assert status == 200
    assert 'href="/user/ana/casework/voila/render/en/the-first-goodbye.ipynb"' in page
    assert 'href="/user/ana/lab/tree/workbooks/en/the-first-goodbye.ipynb"' in page


def test_every_link_of_a_page_stays_under_the_base_url(lab):
    for path in ("casework/", "casework/new", "casework/rehearse"):
        page = lab.ask(path)[1]
        links = re.findall(r'(?:href|src|action)="([^"#]+)"', page)
        assert [link for link in links if not link.startswith(("/user/ana/", "data:"))] == []


def test_nothing_but_styles_and_scripts_is_shown_to_whoever_has_no_token(lab):
    for path in ("", "new", "rehearse", "voila/render/en/the-first-goodbye.ipynb", "casework/theme.css", "nothing"):
        _, page = lab.ask(f"casework/{path}", opener=stranger())
        assert 'id="login_submit"' in page, path
    status, style = lab.ask("casework/casework/static/page.css", opener=stranger())
    assert (status, "--cw-ink" in style) == (200, True)


def test_no_path_leads_out_of_its_folder(lab):
    (lab.folder / "secret.ipynb").write_text("{}", "utf-8")

    for path in ("voila/render/%2e%2e/secret.ipynb", "casework/static/%2e%2e/lab/__init__.py", "voila/render/cases"):
        assert lab.ask(f"casework/{path}")[0] in {403, 404}, path


def test_a_page_that_is_not_there_says_so_calmly(lab):
    status, page = lab.ask("casework/nothing")

    assert (status, "There is no page here" in page) == (404, True)


def test_the_menu_finds_the_pages_from_wherever_jupyterlab_is(lab):
    for place in ("", "lab/", "lab/tree/workbooks/en/", "lab/workspaces/one/tree/"):
        assert "All workbooks" in lab.ask(f"{place}casework-pages/new")[1], place
        assert "The first goodbye" in lab.ask(f"{place}casework-pages/")[1], place


def test_every_page_on_binder_says_that_nothing_is_kept_or_private(lab):
    for path in ("casework/", "casework/new", "casework/rehearse"):
        page = lab.ask(path)[1]
        assert '<p class="cw-notice" role="note">You are on Binder' in page, path


def test_a_workbook_is_a_page_of_the_owners_own(lab):
    status, page = lab.ask("casework/voila/render/en/the-first-goodbye.ipynb")

    kernels = json.loads(lab.ask("api/kernels")[1])
    for kernel in kernels:
        lab.ask(f"voila/api/shutdown/{kernel['id']}?token={TOKEN}", {})
    assert status == 200
    assert len(kernels) == 1
    assert "This page does not say who is visiting" not in page
    assert "application/vnd.jupyter.widget-view+json" in page
    assert 'href="/user/ana/lab/tree/workbooks/en/the-first-goodbye.ipynb"' in page
    assert '<p class="cw-notice" role="note">You are on Binder' in page
    assert 'fullMathjaxUrl": null' in page
    assert "modulepreload" not in page  # its kernel brings the scripts
    assert "https://" not in re.sub(r"<code.*?</code>", "", page, flags=re.DOTALL).replace("https://jupyter.org", "")
    files = re.findall(r'(?:href|src)="/user/ana/([^"]+\.(?:css|js)[^"]*)"', page)
    assert len(files) > 5
    assert [file for file in files if lab.ask(file)[0] != 200] == []


# -- a new file ---------------------------------------------------------------------------------------


def test_a_new_case_is_made_with_its_workbook(lab):
    status, page = lab.press("casework/new", kind="case", id="the-green-door", title="The green door", source="")

    assert status == 200
    assert 'href="/user/ana/lab/tree/workbooks/cases/the-green-door.yaml"' in page
    assert 'href="/user/ana/casework/voila/render/en/the-green-door.ipynb"' in page
    assert "The green door" in (lab.folder / "workbooks" / "cases" / "the-green-door.yaml").read_text("utf-8")


def test_what_cannot_be_made_is_said_beside_the_form_which_keeps_what_was_typed(lab):
    status, page = lab.press("casework/new", kind="survey", id="Not an id", title="<b>Ours</b>", source="")

    assert status == 400
    assert "cannot be an id" in page
    assert 'value="Not an id"' in page
    assert 'value="&lt;b&gt;Ours&lt;/b&gt;"' in page
    assert '<option value="survey" selected>' in page


def test_what_cannot_be_made_is_said_in_the_pages_language(spanish):
    _, no_id = spanish.press("casework/new", kind="survey", id="No es un id", title="", source="")
    _, no_source = spanish.press("casework/new", kind="case", id="otra-puerta", title="", source="nowhere")

    assert "«No es un id» no puede ser un id; escriba minúsculas" in no_id
    assert "No hay ningún «nowhere» del cual partir; elija otro." in no_source
    assert 'lang="en"' not in no_id + no_source


def test_a_form_from_another_page_changes_nothing(lab):
    for path, form in (("casework/new", {"kind": "case", "id": "foreign"}), ("casework/rehearse", {"do": "lead"})):
        assert lab.ask(path, form)[0] == 403
    assert not (lab.folder / "workbooks" / "cases" / "foreign.yaml").exists()


def test_what_one_can_begin_from_is_ones_own_first(tmp_path):
    (tmp_path / "cases").mkdir()
    for name in ("ours.yaml", "ours.es.yaml"):
        (tmp_path / "cases" / name).touch()

    assert making._sources("case", (tmp_path, shipped_folder()))[:2] == [
        "ours",
        *making._sources("case", (shipped_folder(),))[:1],
    ]


# -- rehearsing ---------------------------------------------------------------------------------------


def test_a_rehearsal_that_is_unknown_does_nothing(lab):
    status, page = lab.press("casework/rehearse", do="play", workbook="../../etc/passwd")

    assert (status, "Let twelve people" in page) == (200, True)


def test_people_made_of_rules_go_through_a_workbook_while_one_looks_on_in_ones_own_language(spanish):
    status, page = spanish.press("casework/rehearse", do="play", workbook="the-blue-door")

    said, lines = words("es"), re.findall("<li>(.*)</li>", page.partition("cw-lines")[2].partition("</ol>")[0])
    assert status == 200
    assert lines[0].startswith("12 personas entraron a ")
    assert lines[-1].startswith("Hicieron ")
    assert said["site.lab_played"] in page
    assert 'lang="en"' not in page
    assert not [line for line in lines if re.search("[Tt]ogether|[Aa]lone|people|done", line)]


def test_one_leads_a_server_of_its_own_and_ends_it(lab):
    _, ready = lab.press("casework/rehearse", do="lead")
    link = re.search(r'href="(http://localhost:\d+/lead/[^"]+)"', ready)[1]
    with stranger().open(link, timeout=30) as answer:
        desk = answer.status
    _, over = lab.press("casework/rehearse", do="end")

    assert desk == 200
    assert 'value="lead"' in over
    with pytest.raises(urllib.error.URLError):
        stranger().open(link, timeout=30)


@pytest.mark.parametrize(
    ("host", "hub_user", "near"),
    [
        ("localhost:8888", "", True),
        ("127.0.0.1:8888", "", True),
        ("[::1]:8888", "", True),
        ("hub.example.org", "", False),
        ("localhost:8000", "ana", False),
    ],
)
def test_a_link_is_offered_only_where_the_browser_can_reach_it(host, hub_user, near, monkeypatch):
    monkeypatch.setenv("JUPYTERHUB_USER", hub_user)

    assert rehearsing.Rehearsal._is_near(SimpleNamespace(request=SimpleNamespace(host=host))) is near


def test_a_server_for_a_rehearsal_ends_with_whoever_started_it():
    program = (
        "import os, sys; from pathlib import Path; from casework.serve.rehearsal.server import own_server\n"
        "held = own_server(Path(sys.argv[1])); print(held.__enter__(), flush=True); os._exit(9)"
    )
    found = subprocess.run(
        [sys.executable, "-c", program, str(shipped_folder())], capture_output=True, text=True, check=False
    )
    link = found.stdout.strip()

    deadline = time.monotonic() + 30
    while answers(link) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert found.returncode == 9
    assert not answers(link)


def answers(link):
    try:
        stranger().open(link, timeout=5).close()
    except OSError:
        return False
    return True


# -- kernels ------------------------------------------------------------------------------------------


class Manager:
    """Starts nothing, and keeps what it was asked."""

    def __init__(self):
        self.asked = []

    async def start_kernel(self, *args, **options):
        self.asked.append((args, options))
        return "a-kernel"


def test_kernels_are_told_whose_they_are_and_nobody_else_is(monkeypatch):
    monkeypatch.setenv("CASEWORK_VISIT", "of-another-page")
    manager = Manager()
    own_kernels(manager, "/user/ana/casework/")

    started = asyncio.run(manager.start_kernel(kernel_name="python3", env={"ONE": "1", "CASEWORK_VISIT": "x"}))
    asyncio.run(manager.start_kernel())

    (_, first), (_, second) = manager.asked
    assert started == "a-kernel"
    assert first == {
        "kernel_name": "python3",
        "env": {"ONE": "1", "CASEWORK_OWNER": "1", "CASEWORK_PAGES": "/user/ana/casework/"},
    }
    assert second["env"]["PATH"] == os.environ["PATH"]
    assert "CASEWORK_VISIT" not in second["env"]
    assert "CASEWORK_OWNER" not in os.environ


def test_a_notebook_of_ones_own_knows_where_to_rehearse(monkeypatch):
    monkeypatch.setenv("CASEWORK_PAGES", "/user/ana/casework/")
    content = {"words": {}}

    own = Agenda("en", "owner", None, "a workbook").bar(content)
    learners = Agenda("en", "learner", None, "a workbook").bar(content)

    assert own.state["rehearse"] == "/user/ana/casework/rehearse?workbook=a%20workbook"
    assert "rehearse" not in learners.state


# -- what is installed --------------------------------------------------------------------------------


def test_loading_the_extension_imports_nothing_heavy():
    program = (
        "import sys, jupyter_server.serverapp; before = set(sys.modules); import casework.lab, casework.lab.kernels, "
        "casework.lab.later; new = set(sys.modules) - before; "
        "print(sorted({name.partition('.')[0] for name in new} - {'casework'}), 'casework.serve' in new)"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[] False"


def test_the_folder_is_workbooks_or_what_jupyterlab_shows_if_workbooks_are_in_it(tmp_path):
    site = LabSite(tmp_path, "/", None)
    none = (site.folder, site.inside)
    (tmp_path / "en").mkdir()
    shutil.copy(shipped_folder() / "en" / "the-first-goodbye.ipynb", tmp_path / "en")
    here = (site.folder, site.inside)
    (tmp_path / "workbooks").mkdir()

    assert none == (tmp_path / "workbooks", "workbooks/")
    assert here == (tmp_path, "")
    assert (site.folder, site.lab_url("en/é.ipynb")) == (tmp_path / "workbooks", "/lab/tree/workbooks/en/%C3%A9.ipynb")


def test_what_jupyter_reads_names_the_extension_and_a_menu_that_leads_to_its_pages():
    told = json.loads((ROOT / "src/casework/lab/server.json").read_text("utf-8"))
    menus = json.loads((ROOT / "src/casework/lab/menu.json").read_text("utf-8"))

    assert told == {"ServerApp": {"jpserver_extensions": {"casework.lab": True}}}
    items = menus["@jupyterlab/mainmenu-extension:plugin"]["menus"][0]["items"]
    assert [item["args"]["url"] for item in items] == [
        "casework-pages/",
        "casework-pages/new",
        "casework-pages/rehearse",
    ]
