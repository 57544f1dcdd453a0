"""What a file leaves unsaid: its decimal sign, day or month first, whether ids were floats.

Looked at over the first block; a date or a number that reads either way is looked for further on,
to the end of the file if need be, and only then assumed, and said.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from holdfast.ingest import numbers, times
from holdfast.ingest.files import File
from holdfast.ingest.options import Options
from holdfast.lib.kinds import Kind, Reads

_FLOAT = r"^\s*(-?\d{1,15}\.0+|[Nn]a[Nn]|)\s*$"


@dataclass(frozen=True)
class Formats:
    """How the cells of one file are read."""

    decimal: str
    dates: str
    zone: ZoneInfo
    floats: frozenset[str] = frozenset()  # columns of ids that a program wrote as 13085.0
    notes: tuple[str, ...] = ()


def settle(
    file: File, kind: Kind, mapping: Mapping[str, str], options: Options, zone: ZoneInfo
) -> Formats:
    """What is given stands; the rest is recognised in the mapped columns."""
    of: dict[Reads, list[str]] = {reads: [] for reads in Reads}
    for field in kind.fields:
        if field.name in mapping:
            of[field.reads].append(mapping[field.name])
    decimal, decimal_note = _decimal(file, of[Reads.NUMBER], options)
    dates, dates_note = _dates(file, of[Reads.MOMENT], options)
    first = next(file.blocks(of[Reads.TEXT]), None)
    floats = (
        {name for name, cells in first.columns.items() if _are_floats(cells)} if first else set()
    )
    notes = tuple(note for note in (decimal_note, dates_note) if note)
    return Formats(
        decimal, dates, ZoneInfo(options.zone) if options.zone else zone, frozenset(floats), notes
    )


def _texts(file: File, columns: list[str]) -> Iterator[list[pa.Array]]:
    """Block by block, those of the columns that are text."""
    for block in file.blocks(columns) if columns else ():
        texts = [cells for cells in block.columns.values() if is_text(cells.type)]
        if not texts:
            return
        yield [as_text(cells) for cells in texts]


def is_text(kind: pa.DataType) -> bool:
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    return (
        pa.types.is_string(plain)
        or pa.types.is_large_string(plain)
        or pa.types.is_string_view(plain)
    )


def as_text(cells: pa.Array) -> pa.Array:
    return cells if pa.types.is_string(cells.type) else cells.cast(pa.string())


def _decimal(file: File, columns: list[str], options: Options) -> tuple[str, str]:
    if options.decimal:
        return options.decimal, ""
    unclear = ""
    for texts in _texts(file, columns):
        shown = [text for cells in texts for text in cells.drop_null().unique().to_pylist()]
        if sign := numbers.decimal_sign(shown):
            return sign, ""
        unclear = unclear or next((text for text in shown if "," in text or "." in text), "")
    if not unclear:
        return ".", ""
    # Where semicolons part the cells, commas part the decimals: that is why there are semicolons.
    sign = "," if getattr(file, "delimiter", ",") == ";" else "."
    return sign, _(
        "Numbers like %(text)s are read with “%(sign)s” as decimal sign; nothing in the file tells."
    ) % {
        "text": unclear.strip()[:40],
        "sign": sign,
    }


def _dates(file: File, columns: list[str], options: Options) -> tuple[str, str]:
    if options.dates:
        return options.dates, ""
    unclear = ""
    american = False
    for (cells,) in _texts(file, columns):
        order, _shown = times.order(cells)
        if order:
            return order, _counted_note(order)
        unclear = unclear or str(next(iter(cells.drop_null().unique()), "")).strip()[:40]
        american = american or bool(pc.any(pc.match_substring_regex(cells, "(?i)[ap]m$")).as_py())
    if not unclear:
        return "ymd", ""
    if american:
        return "mdy", _("Days like %(text)s are read month first; nothing in the file tells.") % {
            "text": unclear
        }
    return "dmy", _("Days like %(text)s are read day first; nothing in the file tells.") % {
        "text": unclear
    }


def _counted_note(order: str) -> str:
    if order == "excel":
        return _("Times are numbers: read as days since 30 December 1899, as spreadsheets count.")
    if order == "unix":
        return _("Times are numbers: read as seconds or milliseconds since 1970, in UTC.")
    return ""


def _are_floats(cells: pa.Array) -> bool:
    """Text that a program wrote from floats, empty cells included, and nothing else."""
    if not is_text(cells.type):
        return False
    written = as_text(cells)
    return bool(
        pc.all(pc.match_substring_regex(written, _FLOAT), min_count=0).as_py()
        and pc.any(pc.match_substring(written, ".0"), min_count=0).as_py()
    )
