"""Translations: read a .po file and compile it for Django, without tools of the machine."""

import ast
import os
import struct
from dataclasses import dataclass, field
from pathlib import Path

LOCALE = Path(__file__).parent.parent / "locale"
Key = tuple[str, str, str]  # context, text, plural


@dataclass
class Catalog:
    """One language: the head of its file, and a translation for each text (plurals: several)."""

    head: str = ""
    texts: dict[Key, list[str]] = field(default_factory=dict)

    def missing(self, wanted: set[Key]) -> list[Key]:
        """Texts without a whole translation."""
        return sorted(key for key in wanted if not all(self.texts.get(key) or [""]))


def read(path: Path) -> Catalog:
    """The catalogue of a .po file; fuzzy translations do not count, as nobody has checked them."""
    catalog = Catalog()
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip()]
        if not any(line.startswith("msgid ") for line in lines):
            continue
        fields = _fields(lines)
        key = (fields.get("msgctxt", ""), fields["msgid"], fields.get("msgid_plural", ""))
        said = [text for name, text in fields.items() if name.startswith("msgstr")]
        if key == ("", "", ""):
            catalog.head = said[0]
        elif not any(line.startswith("#,") and "fuzzy" in line for line in lines):
            catalog.texts[key] = said
    return catalog


def write(catalog: Catalog, path: Path) -> None:
    """The catalogue as a .po file, sorted, so that a change is a small difference."""
    blocks = [f'msgid ""\nmsgstr ""\n{_lines(catalog.head)}']
    blocks += [_block(key, said) for key, said in sorted(catalog.texts.items())]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


def compiled(into: Path) -> Path:
    """The folder with every language compiled; compiles what is missing or older than its text."""
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        target = into / source.relative_to(LOCALE).with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(f".{os.getpid()}")  # two processes may start at once
        part.write_bytes(binary(read(source)))
        part.rename(target)
    return into


def binary(catalog: Catalog) -> bytes:
    """The catalogue as gettext reads it: two tables of lengths and places, then the texts."""
    pairs: dict[bytes, bytes] = {b"": catalog.head.encode()}
    for (context, text, plural), said in catalog.texts.items():
        if all(said):
            named = (f"{context}\4" if context else "") + text + (f"\0{plural}" if plural else "")
            pairs[named.encode()] = "\0".join(said).encode()
    names = sorted(pairs)
    texts = [*names, *(pairs[key] for key in names)]
    place = 28 + 8 * len(texts)
    table = b""
    for one in texts:
        table += struct.pack("<II", len(one), place)
        place += len(one) + 1
    sizes = (0x950412DE, 0, len(names), 28, 28 + 8 * len(names), 0, 0)
    return struct.pack("<7I", *sizes) + table + b"".join(one + b"\0" for one in texts)


def _fields(lines: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    name = ""
    for line in lines:
        keyword, _, text = line.partition('"')
        if keyword.startswith("#"):
            continue
        if keyword:
            name = keyword.strip()
        fields[name] = fields.get(name, "") + ast.literal_eval(f'"{text}')
    return fields


def _block(key: Key, said: list[str]) -> str:
    context, text, plural = key
    lines = [f"msgctxt {_quoted(context)}"] if context else []
    lines.append(f"msgid {_quoted(text)}")
    if plural:
        lines.append(f"msgid_plural {_quoted(plural)}")
        lines += [f"msgstr[{n}] {_quoted(one)}" for n, one in enumerate(said)]
    else:
        lines.append(f"msgstr {_quoted(said[0])}")
    return "\n".join(lines)


def _lines(text: str) -> str:
    return "\n".join(_quoted(line) for line in text.splitlines(keepends=True))


def _quoted(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(plain, escaped)
    return f'"{text}"'
