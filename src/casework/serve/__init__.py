"""Serving workbooks: a gallery, Voilà's pages in our template, and who opened them, in one process.

`run` is the one door; the command line calls it. Inside, from the outside in:

- `server`: the process: it listens, and ends every kernel when it stops;
- `settings`: everything that is configured differently from stock Voilà, each with its reason;
- `pages`, `gallery`, `visits`, `mine`: our handlers, which stand before Voilà's; `cookies` and `takeaway` serve them;
- `hub`: signing in by JupyterHub, where it runs these pages as its service;
- `rooms`: groups: rooms held in memory, their pages and their sockets;
- `rendering`: how a notebook becomes a page; `templates/` and `static/` hold what it looks like;
- `kernels`: how a kernel learns who opened its page; `kernel_doors`: who reaches it;
- `guards`, `places`, `newcomers`, `waiting`: how many pages are open at once, which of them end, how many come from one
  address, and what whoever waits is shown;
- `entrance`, `previews`, `bundles`, `packing`, `health`, `memory`, `ending`: HTTPS and proxies, link previews, files
  that browsers keep, how pages are packed, whether it is well, what it gives back, and how it ends.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from casework.serve.forks import forking
from casework.serve.guards import Guards

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from casework.serve.hub.place import HubPlace

__all__ = ["Guards", "run"]


def run(  # noqa: PLR0913  what is settled when it starts
    folder: Path,
    *,
    port: int = 8866,
    ip: str = "localhost",
    base_url: str = "/",
    browser: bool = True,
    group: bool = False,
    hosts: Sequence[str] = (),
    trainers_only: bool = False,
    guards: Guards = Guards(),  # noqa: B008  it is frozen
    hub: HubPlace | None = None,
) -> None:
    """Serve the workbooks of a folder until Ctrl-C or SIGTERM.

    Parameters
    ----------
    folder : Path
        Holds ``en/*.ipynb``, ``es/*.ipynb``, ... and the content they use.
    port : int
        The port to listen on. No other is tried.
    ip : str
        The address to listen on.
    base_url : str
        The path under which everything is served.
    browser : bool
        Whether to open the gallery in a browser.
    group : bool
        Whether to serve groups, too: rooms that people join from their own devices.
    hosts : sequence of str
        The addresses of this computer that those devices reach, the likeliest first.
    trainers_only : bool
        Whether only trainers may open workbooks; others are asked for the code of a session.
    guards : Guards
        What guards the server against more than it can bear, such as a limit of pages.
    hub : HubPlace, optional
        Where a JupyterHub runs this as its service and says who people are: the service's place there.

    Raises
    ------
    ServeError
        If the server cannot start, in one sentence with what to do.
    """
    leave_out_a_grammar()
    with forking() as forks:
        from casework.serve.server import serve  # noqa: PLC0415  Voilà takes a second to import

        serve(
            folder,
            port=port,
            ip=ip,
            base_url=base_url,
            browser=browser,
            forks=forks,
            group=group,
            hosts=hosts,
            trainers_only=trainers_only,
            guards=guards,
            hub=hub,
        )


def leave_out_a_grammar() -> None:
    """Keep jsonschema from building the grammar of addresses in every script of the world.

    It takes almost two seconds of each start, and nothing that is served checks such an address.
    """
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type] # the documented way to say "not here"
