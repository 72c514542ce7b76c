"""Options of the functions that a notebook calls: an unknown one is refused with the nearest right one."""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from casework.content.nearest import suggest
from casework.errors import SessionError

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


def suggesting(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function refuse an option that it does not know in a sentence, with the nearest one it knows."""
    named = [
        name
        for name, parameter in inspect.signature(function).parameters.items()
        if name != "self" and parameter.kind in {parameter.KEYWORD_ONLY, parameter.POSITIONAL_OR_KEYWORD}
    ]

    @wraps(function)
    def checked(*args: P.args, **options: P.kwargs) -> R:
        for option in options:
            if option not in named:
                remedy = suggest(option, named, otherwise="leave it out")
                raise SessionError(f"{function.__name__}() has no option '{option}'; {remedy}.")
        return function(*args, **options)

    return checked
