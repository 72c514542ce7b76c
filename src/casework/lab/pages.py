"""The owner's pages: the gallery, each workbook as a page of Voilà, and what they are dressed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler
from tornado.web import HTTPError, StaticFileHandler, authenticated
from traitlets.config import Config
from voila.configuration import VoilaConfiguration  # type: ignore[import-untyped]
from voila.paths import collect_template_paths  # type: ignore[import-untyped]
from voila.tornado.handler import TornadoVoilaHandler  # type: ignore[import-untyped]

from casework.content import Folder
from casework.lab.site import is_binder, make_site
from casework.serve import rendering
from casework.serve.gallery import find_file, find_workbooks, read_edition
from casework.serve.pages import NOT_FOUND, STATIC_FOLDERS, StaticFiles, draw, draw_message, preferred_language
from casework.serve.settings import EXTENSIONS, PAGE_HEADERS, PAGE_POLICY, workbook_policy

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp
    from nbformat import NotebookNode

    from casework.lab.site import LabSite


class OwnPage(JupyterHandler):
    """A page for whoever may open this server; others are sent to its login."""

    @property
    def site(self) -> LabSite:
        """What every handler needs to know."""
        site: LabSite = self.settings["casework"]
        return site

    @property
    def content_security_policy(self) -> str:
        """The policy of pages that run no script."""
        return PAGE_POLICY

    def set_default_headers(self) -> None:
        """Set what protects every page."""
        super().set_default_headers()
        for name, value in PAGE_HEADERS.items():
            self.set_header(name, value)

    def write_error(self, status_code: int, **_kwargs: Any) -> None:  # noqa: ANN401  Tornado's signature
        """Say calmly that there is nothing to show."""
        draw_message(self, status_code, "missing" if status_code == NOT_FOUND else "trouble")
        self.finish()


class OwnGallery(OwnPage):
    """All workbooks of the folder, as pages and as notebooks."""

    @authenticated
    def get(self) -> None:
        """Show the workbooks."""
        self.set_header("Vary", "Accept-Language")
        workbooks = find_workbooks(self.site.folder)
        draw(self, "gallery.html", preferred_language(self), workbooks=workbooks, folder=self.site.folder.name)


class OwnColors(OwnPage):
    """The folder's own colors."""

    @authenticated
    def get(self) -> None:
        """Answer with a stylesheet, read anew each time."""
        rules = "".join(f"{name}:{value};" for name, value in Folder(self.site.folder).own_colors().items())
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.set_header("Cache-Control", "no-cache")
        self.finish(f":root{{{rules}}}\n" if rules else "")


class OwnMissing(OwnPage):
    """Every other address."""

    @authenticated
    def get(self) -> None:
        """Answer that there is no such page."""
        raise HTTPError(NOT_FOUND)


class PublicFiles(StaticFiles):
    """Our styles, fonts and scripts: the same for everybody, and nobody's words."""

    @allow_unauthenticated
    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: FBT001, FBT002  Tornado's signature
        """Answer with a file."""
        await super().get(path, include_body)

    @allow_unauthenticated
    async def head(self, path: str) -> None:
        """Answer with what is known of a file."""
        await StaticFileHandler.head(self, path)


class OwnWorkbook(TornadoVoilaHandler):  # type: ignore[misc]
    """A notebook as a page, with a kernel of the owner's."""

    @property
    def content_security_policy(self) -> str:
        """The policy that the widgets were measured to need, and no more."""
        return workbook_policy(self.request.host)

    def set_default_headers(self) -> None:
        """Set what protects every page."""
        super().set_default_headers()
        for name, value in PAGE_HEADERS.items():
            self.set_header(name, value)

    @authenticated
    async def get(self, path: str) -> None:
        """Show the page."""
        site: LabSite = self.settings["casework"]
        file = find_file(site.folder, path)
        if file is None:
            raise HTTPError(NOT_FOUND)
        edition = read_edition(site.folder, file)
        if not edition.readable:
            draw_message(self, 500, "broken", edition.language)
            return
        _ = self.xsrf_token  # sets the cookie without which the page may not end its own kernel
        await super().get(site.inside + path)

    write_error = OwnPage.write_error


def prepare(handler: JupyterHandler, notebook: NotebookNode, cwd: str) -> None:
    """Tell the template about the page, and that it is the owner's; called by Voilà before it starts the kernel."""
    rendering.prepare(handler, notebook, cwd)
    site: LabSite = handler.settings["casework"]
    page = notebook.metadata["casework"]
    page["notebook"] = site.lab_url(handler.path_args[0])
    page["notice"] = page["words"]["binder"] if is_binder() else ""
    page["activities"] = []  # the owner's kernels bring their scripts themselves


def with_own_formulas(page_config: dict[str, Any], **_told: Any) -> dict[str, Any]:  # noqa: ANN401  Voilà's signature
    """Have formulas set by what Voilà brings along; else it fetches MathJax from another server."""
    return {**page_config, "fullMathjaxUrl": None, "mathjaxConfig": None}


def routes(app: ServerApp) -> list[Any]:
    """Return the pages, and settle what they stand on."""
    from casework.lab.making import NewFile  # noqa: PLC0415  they are pages of the owner's, too
    from casework.lab.rehearsing import Rehearsal, Stage  # noqa: PLC0415  as above

    site = make_site(app)
    app.web_app.settings["casework"] = site
    shown = VoilaConfiguration(config=_config())
    shown.prelaunch_hook = prepare
    shown.page_config_hook = with_own_formulas
    paths = [str(rendering.TEMPLATE_FOLDER), *collect_template_paths(["voila", "nbconvert"], "lab")]
    voila = {"config": Config(), "template_paths": paths, "voila_configuration": shown}
    return [
        (site.url(), OwnGallery),
        (site.url("new"), NewFile),
        (site.url("rehearse"), Rehearsal, {"stage": Stage(), "playing": set()}),
        (site.url("casework/theme\\.css"), OwnColors),
        (site.url("casework/static/(.*)"), PublicFiles, {"path": str(STATIC_FOLDERS[0])}),
        (site.url("voila/render/(.*)"), OwnWorkbook, voila),
        (site.url(".*"), OwnMissing),
    ]


def _config() -> Config:
    config = Config()
    config.VoilaConfiguration = Config(
        template="lab",  # whose files ours extend
        allow_template_override="NO",
        allow_theme_override="YES",
        theme="auto",
        show_tracebacks=False,
        strip_sources=True,
        extension_allowlist=EXTENSIONS,
        language_kernel_mapping={"": "python3", "python": "python3"},
    )
    return config
