"""What a measure says about itself: its docstring, read into named parts.

The docstring is the only place where a definition is written; docs/metrics.md and the pages that
explain a number read it from here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

PARTS = ("Unit", "Grain", "Edges", "Source", "Example")


class CannotDescribe(Exception):
    """The docstring of a measure lacks a part; the message names it."""


@dataclass(frozen=True)
class Description:
    """One line of definition and the parts that every metric must state."""

    definition: str
    unit: str
    grain: str
    edges: str
    source: str
    example: str


def describe(measure: Callable) -> Description:
    """The docstring's first paragraph is the definition; `Unit:`, `Grain:` and so on follow."""
    lines = inspect.cleandoc(measure.__doc__ or "").splitlines()
    parts: dict[str, list[str]] = {"definition": []}
    part = "definition"
    for line in lines:
        head, colon, rest = line.partition(":")
        starts = bool(colon) and head in (*PARTS, "Input")
        part = head.lower() if starts else part
        parts.setdefault(part, []).append((rest if starts else line).strip())
    return _complete(measure, {name: " ".join(text).strip() for name, text in parts.items()})


def _complete(measure: Callable, parts: dict[str, str]) -> Description:
    wanted = ("definition", *(name.lower() for name in PARTS))
    lacking = [name for name in wanted if not parts.get(name)]
    if lacking:
        raise CannotDescribe(
            f"Write {', '.join(lacking)} into the docstring of {measure.__name__}: "
            "a number without them cannot be read."
        )
    return Description(**{name: parts[name] for name in wanted})
