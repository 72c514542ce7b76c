"""A browser for each person: nothing of anybody is in it, only scripts and styles that any browser would keep."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

CACHES = ("Default/Cache", "Default/Code Cache")
"""What stays for the next person: files that a server lets browsers keep, and scripts that are compiled already."""


class Profiles:
    """Folders in which browsers keep what they know.

    To fetch and compile what every page needs is half the work of opening one, so the next browser finds that done.
    Cookies and words of the person before are not in its folder.

    Parameters
    ----------
    folder : Path
        Where the folders are made.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._warm: list[Path] = []

    def take(self, *, cold: bool = False) -> Path:
        """Return a folder for one browser; a cold one is empty, as for somebody who was never anywhere."""
        return self._warm.pop() if self._warm and not cold else self._new()

    def give_back(self, used: Path) -> None:
        """Keep of the folder of a browser that has closed only what may stay."""
        following = self._new()
        for name in CACHES:
            if (used / name).exists():
                (following / name).parent.mkdir(exist_ok=True)
                (used / name).rename(following / name)
        shutil.rmtree(used, ignore_errors=True)
        self._warm.append(following)

    def _new(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.folder))
