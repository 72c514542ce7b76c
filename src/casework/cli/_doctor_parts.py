"""What `casework doctor` looks at in the installation itself: Python, packages, bytecode and the parts of pages."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from importlib.util import MAGIC_NUMBER, cache_from_source, find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from casework.cli._finding import good, listed, mend, note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.metadata import Distribution

    from packaging.requirements import Requirement

    from casework.cli._finding import Finding

READ_BY_KERNELS = (
    *("casework", "ipykernel", "IPython", "jupyter_client", "jupyter_core", "tornado", "zmq", "traitlets"),
    *("ipywidgets", "anywidget", "pydantic", "sqlalchemy", "markdown_it", "yaml"),
)
"""The packages that every page imports; their bytecode is looked for."""

_FEW = 0.1
"""Which part of these files may lack bytecode: templates, and files for other Pythons, never have any."""

_HEADER = 16
"""Bytes at the beginning of a file of bytecode: Python's number, how it is checked, the source's time and size."""


def look_at_python() -> Finding:
    """Compare the Python that runs with the one that is asked for."""
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415  for the doctor alone

    asked = metadata.metadata("casework")["Requires-Python"]
    found = platform.python_version()
    if SpecifierSet(asked).contains(found, prereleases=True):
        return good("Python", f"{found}, at {sys.executable}.")
    return mend("Python", f"{found} runs, and casework asks for {asked}. Install that Python, and casework in it.")


def look_at_packages() -> Finding:
    """Compare the packages that are installed with what casework and they themselves ask for."""
    counted: set[str] = set()
    faults = list(_faults("casework", frozenset({""}), counted))
    if faults:
        remedy = "Install them anew: pip install --upgrade casework, or with the versions of binder/lock.txt"
        return mend("Packages", f"{listed(faults)}. {remedy}.")
    return good("Packages", f"casework {_version('casework')} and the {len(counted) - 1} that it needs.")


def _faults(name: str, extras: frozenset[str], counted: set[str]) -> Iterator[str]:
    """Yield what is missing or of another version below a package; each package is looked at once."""
    from packaging.utils import canonicalize_name  # noqa: PLC0415  for the doctor alone

    counted.add(canonicalize_name(name))
    for asked in _asked_by(metadata.distribution(name), extras):
        found = _version(asked.name)
        if found is None:
            yield f"{asked.name} is missing, which {name} needs"
        elif not asked.specifier.contains(found, prereleases=True):
            yield f"{asked.name} is {found}, and {name} needs {asked.specifier}"
        elif canonicalize_name(asked.name) not in counted:
            yield from _faults(asked.name, frozenset({"", *asked.extras}), counted)


def _asked_by(package: Distribution, extras: Iterable[str]) -> list[Requirement]:
    from packaging.requirements import Requirement  # noqa: PLC0415  for the doctor alone

    lines = (Requirement(line) for line in package.requires or ())
    return [one for one in lines if one.marker is None or any(one.marker.evaluate({"extra": each}) for each in extras)]


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def look_at_bytecode(packages: Iterable[str] = READ_BY_KERNELS) -> Finding:
    """Look whether the packages that each kernel imports were compiled beforehand."""
    folders = {name: place for name in packages if (place := _folder_of(name))}
    raw = {name: _share_uncompiled(folder) for name, folder in folders.items()}
    bare = [name for name, share in raw.items() if share > _FEW]
    if not bare:
        return good("Bytecode", "It is compiled, so that kernels start without compiling anything.")
    places = sorted({str(folders[name].parent) for name in bare})
    command = f"{sys.executable} -m compileall -q -j 0 {' '.join(places)}"
    off = " PYTHONDONTWRITEBYTECODE is set, so none comes by itself." if sys.dont_write_bytecode else ""
    return note(
        "Bytecode",
        f"Missing for {listed(bare)}; kernels start up to five times slower.{off} Compile it: {command}",
    )


def _folder_of(name: str) -> Path | None:
    spec = find_spec(name)
    return Path(next(iter(spec.submodule_search_locations))) if spec and spec.submodule_search_locations else None


def _share_uncompiled(folder: Path) -> float:
    left_out = {"tests", "test", "node_modules", "templates"}
    sources = [path for path in folder.rglob("*.py") if not left_out & set(path.relative_to(folder).parts)]
    return sum(not _is_compiled(path) for path in sources) / len(sources) if sources else 0.0


def _is_compiled(source: Path) -> bool:
    """Tell whether a file's bytecode is there, and was made of the file as it is now."""
    try:
        with Path(cache_from_source(str(source))).open("rb") as file:
            header = file.read(_HEADER)
    except OSError:
        return False
    if header[:4] != MAGIC_NUMBER:
        return False
    status = source.stat()
    made_of = (int.from_bytes(header[8:12], "little"), int.from_bytes(header[12:16], "little"))
    by_content = header[4] & 1
    return bool(by_content) or made_of == (int(status.st_mtime) & 0xFFFFFFFF, status.st_size & 0xFFFFFFFF)


def look_at_front_end() -> Finding:
    """Look whether the built front end is there, and is what was shipped with this version."""
    from casework.widgets._base import STATIC  # noqa: PLC0415  a second of imports

    missing = [name for name in _scripts() if not (STATIC / name).is_file()]
    if missing:
        return mend("Front end", f"{listed(missing)} is not in {STATIC}. {_again()}")
    changed = [name for name, sure in _shipped(STATIC) if not sure]
    if changed:
        return mend("Front end", f"{listed(changed)} in {STATIC} is not what this version brings. {_again()}")
    return good("Front end", f"It is built, and of version {metadata.version('casework')}.")


def _scripts() -> list[str]:
    """Return the names of the scripts that widgets are shown with."""
    from casework import widgets  # noqa: PLC0415  as above
    from casework.widgets._base import ActivityWidget  # noqa: PLC0415  as above

    kinds = (getattr(widgets, name) for name in widgets.__all__)
    return sorted(f"{kind.name}.js" for kind in kinds if isinstance(kind, type) and issubclass(kind, ActivityWidget))


def _again() -> str:
    return "Install casework anew: pip install --force-reinstall --no-deps casework; from its sources: make frontend."


def look_at_lab() -> Finding:
    """Look whether a Jupyter server of this installation loads our part, and JupyterLab shows our menu."""
    from jupyter_core.paths import ENV_CONFIG_PATH, jupyter_config_path  # noqa: PLC0415  for the doctor alone

    places = [Path(each) / "jupyter_server_config.d" / "casework.json" for each in jupyter_config_path()]
    if any(place.is_file() for place in places):
        return good("JupyterLab", "It shows the menu Casework.")
    where = f"{ENV_CONFIG_PATH[0]}/jupyter_server_config.d"
    return note("JupyterLab", f"It knows nothing of casework, since no casework.json is in {where}. {_again()}")


def _shipped(folder: Path) -> Iterator[tuple[str, bool]]:
    """Yield each file of the front end that the installation has a record of, and whether it is still the same."""
    import base64  # noqa: PLC0415  for the doctor alone
    import hashlib  # noqa: PLC0415  as above

    for file in metadata.files("casework") or ():
        place = Path(str(file.locate()))
        if file.hash and place.is_relative_to(folder) and place.is_file():
            digest = hashlib.new(file.hash.mode, place.read_bytes()).digest()
            yield place.name, base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == file.hash.value


def look_at_templates() -> Finding:
    """Look for the parts of Voilà's own pages that ours stand on."""
    from jupyter_core.paths import jupyter_path  # noqa: PLC0415  for the doctor alone

    parts = ("voila/templates/lab/index.html.j2", "voila/templates/base", "nbconvert/templates/lab")
    missing = [part for part in parts if not any(os.path.exists(place) for place in jupyter_path(*part.split("/")))]  # noqa: PTH110
    if missing:
        where = "none of Jupyter's data folders (jupyter --paths shows them)"
        again = "pip install --force-reinstall --no-deps voila nbconvert"
        return mend("Voilà", f"{listed(missing)} is in {where}. Install them anew: {again}")
    return good("Voilà", f"{_version('voila')}, with the parts that pages are made of.")
