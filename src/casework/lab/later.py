"""Pages that are imported when the first of them is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tornado.routing import Router

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp
    from tornado.httputil import HTTPMessageDelegate, HTTPServerRequest


class Later(Router):
    """Adds the pages to the server once one is asked for, and then stands aside for them.

    Parameters
    ----------
    app : ServerApp
        The server.
    """

    SUPPORTED_METHODS = ()
    """Jupyter asks everything that answers requests which of these it answers without a login."""

    def __init__(self, app: ServerApp) -> None:
        self._app = app
        self._added = False

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> HTTPMessageDelegate | None:  # noqa: ANN401, ARG002
        """Answer nothing: the server goes on to look, and finds the pages, which were added behind this."""
        if not self._added:
            self._added = True
            from casework.lab.pages import routes  # noqa: PLC0415  Voilà and what reads notebooks take a while

            self._app.web_app.add_handlers(".*$", routes(self._app))  # type: ignore[no-untyped-call]
        return None
