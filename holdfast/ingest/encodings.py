"""How the bytes of a text file spell letters, and what stands between its cells."""

import csv
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

_CHUNK = 1 << 20
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENOUGH = 200_000  # bytes of lines with letters outside ASCII
_DELIMITERS = ",;\t|"


class Spelling(NamedTuple):
    encoding: str
    lines: int
    note: str  # what was assumed, "" when it is certain


def spelling(path: Path, given: str | None) -> Spelling:
    """The encoding of the file, by every line of it that is not ASCII, up to 200 kB of them."""
    with path.open("rb") as file:
        start = file.read(4)
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    sample, lines = _telling_lines(path)
    if given or marked:
        return Spelling(given or marked or "", lines, "")
    good, bad = _as_utf_8(sample)
    if good >= bad:
        mixed = _("Some letters are not UTF-8, as the rest is: rows that need them are rejected.")
        return Spelling("utf-8", lines, mixed if bad else "")
    best = from_bytes(sample).best()
    encoding = best.encoding if best else "cp1252"
    note = _("The letters look like %(encoding)s.") % {"encoding": encoding}
    return Spelling(encoding, lines, note)


def _telling_lines(path: Path) -> tuple[bytes, int]:
    """Lines with letters outside ASCII (cut where a chunk ends), and how many lines there are."""
    found: list[bytes] = []
    size = lines = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            lines += chunk.count(b"\n")
            if size < _ENOUGH and not chunk.isascii():
                telling = [
                    line for line in chunk.splitlines()[1:-1] or [chunk] if not line.isascii()
                ]
                found += telling
                size += sum(map(len, telling))
    return b"\n".join(found)[:_ENOUGH], lines


def _as_utf_8(sample: bytes) -> tuple[int, int]:
    """How many of the lines are UTF-8, and how many are not."""
    good = bad = 0
    for line in sample.splitlines():
        try:
            line.decode()
            good += 1
        except UnicodeDecodeError:
            bad += 1
    return good, bad


def delimiter(sample: str) -> str:
    """The one that cuts the first lines most evenly into the most cells."""

    def evenness(candidate: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=candidate) if row)
        width, times = widths.most_common(1)[0] if widths else (1, 0)
        return (times / max(1, widths.total()) if width > 1 else 0.0, width)

    lines = sample.splitlines(keepends=True)[:100]
    return max(_DELIMITERS, key=evenness)
