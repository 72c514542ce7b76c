"""What `casework doctor` looks at where things are kept: the store, its folder, and the folder of workbooks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from casework.cli._finding import good, listed, mend, note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casework.cli._finding import Finding
    from casework.store import Looked

OTHERS_MAY = 0o077
"""What no account but the owner's may do with what people wrote."""

OVER_THE_NETWORK = frozenset(
    (
        *(
            "9p",
            "afpfs",
            "ceph",
            "cifs",
            "davfs",
            "drvfs",
            "fuse.davfs2",
            "fuse.glusterfs",
            "fuse.rclone",
            "fuse.sshfs",
        ),
        *("glusterfs", "lustre", "ncpfs", "nfs", "nfs3", "nfs4", "smb", "smb2", "smb3", "smbfs", "sshfs", "webdav"),
    )
)
"""Kinds of file system on which SQLite cannot keep two programs apart."""

_SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "owncloud")
_LITTLE, _SCARCE = 1_000_000_000, 100_000_000


def look_at_store(looked: Looked) -> Finding:
    """Say whether the store can be reached and written to, and whether its tables are of today."""
    if looked.trouble:
        return mend("Store", looked.trouble)
    if looked.file and not looked.file.exists():
        return _look_where_it_will_be(looked.file)
    if looked.version and looked.version < looked.needed:
        told = f"{looked.place} has tables of version {looked.version}, and this casework works with {looked.needed}."
        if looked.file:
            return note("Store", f"{told} They are brought up to date when it is next opened; keep a copy of it first.")
        return mend("Store", f"{told} Keep a dump of it, then run: casework store upgrade")
    made = f"tables of version {looked.version}" if looked.version else "no tables yet; they are made at first use"
    return good("Store", f"{looked.place} can be written to ({made}).")


def _look_where_it_will_be(file: Path) -> Finding:
    there = _nearest(file.parent)
    if os.access(there, os.W_OK | os.X_OK):
        return good("Store", f"{file} will be made at first use.")
    return mend("Store", f"{file} cannot be made, since {there} may not be written to. Name another in CASEWORK_STORE.")


def look_at_its_place(looked: Looked, folder: Path) -> Iterator[Finding]:
    """Say what is amiss with where a store's file lies: its file system, what is left of it, who may read it."""
    if looked.file is None:
        return
    there = _nearest(looked.file.parent)
    yield look_at_file_system(there)
    yield look_at_space(there)
    yield _look_at_rights(looked.file)
    if looked.file.resolve().is_relative_to(folder.resolve()):
        yield mend(
            "Store", f"{looked.file} lies among the workbooks that are served. Move it; CASEWORK_STORE says where."
        )


def look_at_file_system(there: Path) -> Finding:
    """Look what kind of disk a folder is on."""
    kind, mounted = _file_system(there)
    if kind in OVER_THE_NETWORK:
        return mend(
            "Disk",
            f"{there} is on a network ({kind}), where SQLite can lose what is written. Keep the store on a "
            "disk of this computer, or on PostgreSQL; CASEWORK_STORE says where.",
        )
    if cloud := next((part for part in there.parts if part.lower().startswith(_SYNCED)), ""):
        return mend(
            "Disk",
            f"{there} is copied to the internet ({cloud}), and with it what people wrote; copying can "
            "also damage it. Keep the store elsewhere; CASEWORK_STORE says where.",
        )
    return good("Disk", f"{there} is on this computer{f' ({kind} at {mounted})' if kind else ''}.")


def _file_system(there: Path) -> tuple[str, str]:
    """Return the kind of file system that a folder is on, and where it is mounted."""
    import psutil  # type: ignore[import-untyped]  # noqa: PLC0415  for the doctor alone

    here = there.resolve()
    mounts = [one for one in psutil.disk_partitions(all=True) if here.is_relative_to(PurePath(one.mountpoint))]
    # Of two at one place the later one is seen.
    found = max(enumerate(mounts), key=lambda each: (len(each[1].mountpoint), each[0]), default=None)
    return (found[1].fstype.lower(), found[1].mountpoint) if found else ("", "")


def look_at_space(there: Path) -> Finding:
    """Look how much space a folder's disk has left."""
    free = shutil.disk_usage(there).free
    told = f"{free / 1e9:.1f} GB are free"
    if free < _SCARCE:
        return mend("Space", f"{told} at {there}; soon nothing can be kept. Free some.")
    if free < _LITTLE:
        return note("Space", f"{told} at {there}. That lasts for a while; free some soon.")
    return good("Space", f"{told}.")


def _look_at_rights(file: Path) -> Finding:
    """Look whether other accounts of this computer could read what people wrote, or sign as trainers."""
    if os.name != "posix":
        return good("Rights", f"{file.parent} is this account's own, if its settings say so.")
    beside = [*file.parent.glob(f"{file.name}*"), file.parent / "cookie-secret"]
    open_ones = [str(path) for path in beside if path.is_file() and path.stat().st_mode & OTHERS_MAY]
    if open_ones:
        return mend("Rights", f"Other accounts may read {listed(open_ones)}. Run: chmod 600 {' '.join(open_ones)}")
    return good("Rights", "What people wrote can be read by this account alone.")


def look_at_folder(folder: Path) -> Iterator[Finding]:
    """Say whether a folder of workbooks can be read and changed, what is in it, and what its check says."""
    if not folder.is_dir():
        yield mend("Folder", f"There is no folder {folder}. Name another: casework doctor FOLDER")
        return
    closed = _closed(folder)
    if closed:
        yield mend("Folder", f"This account may not read {listed(closed)}. Run: chmod -R u+rX {folder}")
        return
    if os.access(folder, os.W_OK):
        yield good("Folder", f"{folder} can be read and changed.")
    else:
        yield note("Folder", f"{folder} can be read, but not changed; casework new and JupyterLab could write nothing.")
    yield _look_at_workbooks(folder)
    yield _check(folder)


def _closed(folder: Path) -> list[str]:
    """Return what this account may not read in a folder."""
    shut = [folder] if not os.access(folder, os.R_OK | os.X_OK) else []
    below = (
        path for path in folder.rglob("*") if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
    shut += [path for path in below if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0))]
    return [str(path) for path in shut]


def _look_at_workbooks(folder: Path) -> Finding:
    from casework.serve.gallery import find_workbooks  # noqa: PLC0415  for the doctor alone

    editions = [edition for workbook in find_workbooks(folder) for edition in workbook.editions]
    broken = [edition.path for edition in editions if not edition.readable]
    if broken:
        return mend("Workbooks", f"{listed(broken)} cannot be read as a notebook. Bring back a copy, or take it away.")
    if not editions:
        return mend("Workbooks", f"There is none in {folder}. Make one: casework new workbook ID --folder {folder}")
    languages = sorted({edition.language for edition in editions})
    return good("Workbooks", f"{len(editions)} pages, in {' and '.join(languages)}.")


def _check(folder: Path) -> Finding:
    from casework.content import check  # noqa: PLC0415  for the doctor alone
    from casework.errors import ContentError  # noqa: PLC0415  as above

    try:
        problems = check(folder)
    except ContentError:
        return good("Check", "The folder has no cases of its own, and uses those that come with casework.")
    wrong = [problem for problem in problems if problem.severity == "error"]
    if wrong:
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        return mend("Check", f"{wrong[0]}{more}. See all: casework check {folder}")
    warnings = sum(problem.severity == "warning" for problem in problems)
    if warnings:
        return note("Check", f"Nothing is wrong, and {warnings} things could be better. See: casework check {folder}")
    return good("Check", "casework check finds nothing to mend.")


def _nearest(folder: Path) -> Path:
    """Return a folder, or the nearest one above it that is there."""
    folder = folder.absolute()
    return next(each for each in (folder, *folder.parents) if each.is_dir())
