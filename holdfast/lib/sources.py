"""Every text in our source that is marked for translation, found without tools of the machine."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

from holdfast.lib.catalogs import Key

# How many texts each call takes, context first: (context, text, plural).
_CALLS = {"_": "t", "gettext": "t", "ngettext": "tp", "pgettext": "ct", "npgettext": "ctp"}
_TEXT = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(({_TEXT}(?:,\s*{_TEXT})*)")


def texts(folder: Path) -> set[Key]:
    """The keys that a catalogue must hold for the Python files and templates below the folder."""
    found: set[Key] = set()
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            found |= set(in_python(path.read_text(encoding="utf-8")))
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("templates/**/*.txt")]):
        found |= set(in_template(path.read_text(encoding="utf-8")))
    return found


def in_python(source: str) -> Iterator[Key]:
    """The texts of calls like _("…"), pgettext("…", "…"), ngettext_lazy("…", "…", n)."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", "")).removesuffix("_lazy")
            said = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            strings = [text for text in said if isinstance(text, str)]
            if name in _CALLS and len(strings) >= len(_CALLS[name]):
                yield _key(_CALLS[name], strings)


def in_template(source: str) -> Iterator[Key]:
    """The texts of {% translate %}, {% blocktranslate %} and _("…"), as Django finds them."""
    for name, given in _IN_TEMPLATE.findall(templatize(source)):
        yield _key(_CALLS[name], list(ast.literal_eval(f"({given},)")))


def _key(takes: str, strings: list[str]) -> Key:
    said = dict(zip(takes, strings, strict=False))
    return said.get("c", ""), said["t"], said.get("p", "")
