"""casework inside a Jupyter server of one's own: JupyterLab, Binder, a server of JupyterHub.

Whoever may open that server owns it. So its kernels are told that their pages are the owner's own (`kernels`), and the
workbooks stand as pages beneath ``casework/`` (`pages`), where one can also begin a new file (`making`) and rehearse
with a group (`rehearsing`).

Jupyter loads this module whenever it starts, whatever it is started for. So nothing is imported before it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

MENU = "casework-pages"
"""What JupyterLab's menu asks for, from wherever it is; see ``menu.json``, which cannot know the base URL."""


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell Jupyter what to load."""
    return [{"module": __name__}]


def _load_jupyter_server_extension(app: ServerApp) -> None:
    """Tell kernels whose they are, and be ready to serve pages."""
    from tornado.web import RedirectHandler  # noqa: PLC0415  Jupyter has it imported

    from casework.lab.kernels import own_kernels  # noqa: PLC0415  when a server starts
    from casework.lab.later import Later  # noqa: PLC0415  as above

    base = app.base_url
    own_kernels(app.kernel_manager, f"{base}casework/")
    from_menu = {"url": f"{base}casework/{{0}}", "permanent": False}
    app.web_app.add_handlers(  # type: ignore[no-untyped-call]
        ".*$",
        [
            (rf"{base}casework", RedirectHandler, {"url": f"{base}casework/", "permanent": False}),
            (rf"{base}(?:lab/(?:.*/)?)?{MENU}/(new|rehearse|)", RedirectHandler, from_menu),
            (rf"{base}casework/.*", Later(app)),
        ],
    )
    app.log.info("casework: the workbooks are pages at %scasework/", base)
