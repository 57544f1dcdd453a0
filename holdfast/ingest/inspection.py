"""A look at a file before it is imported: what was recognised, and its first rows as read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from holdfast.ingest import formats, kinds
from holdfast.ingest import mapping as mappings
from holdfast.ingest.files import Block, File, open_file
from holdfast.ingest.formats import Formats
from holdfast.ingest.options import Options
from holdfast.ingest.reading import Errors, Reader
from holdfast.know.company.models import Company
from holdfast.lib.kinds import Kind

_PREVIEW = 10


@dataclass(frozen=True)
class Cell:
    written: str  # as in the file
    read: str  # as it will be stored, times on the zone's clock; "" when it is empty or cannot be
    problem: str


@dataclass(frozen=True)
class PreviewRow:
    line: int
    cells: dict[str, Cell]  # field → cell, the mapped fields
    problem: str  # why the row would be rejected; "" when it would not, as far as it shows


@dataclass(frozen=True)
class Inspection:
    headers: list[str]
    mapping: dict[str, str]  # field → header: the one given, else the suggestion
    missing: list[str]  # required fields that nothing is mapped to
    encoding: str  # "" for Parquet, as the delimiter
    delimiter: str
    decimal: str
    dates: str
    zone: str
    currency: str
    rows_expected: int | None
    notes: list[str]  # what was assumed, as sentences to show
    preview: list[PreviewRow]


def inspect(
    *,
    path: Path,
    kind: str,
    mapping: Mapping[str, str] | None = None,
    options: Options = Options(),  # noqa: B008 (frozen)
) -> Inspection:
    """Open, recognise, suggest, and read the first rows; nothing is stored."""
    of_kind = kinds.get(kind)
    file = open_file(path, options)
    chosen = mappings.suggest(file.headers, of_kind) if mapping is None else dict(mapping)
    known = {field: header for field, header in chosen.items() if header in file.headers}
    company = Company.get()
    how = formats.settle(file, of_kind, known, options, company.zone)
    return Inspection(
        headers=file.headers,
        mapping=chosen,
        missing=[field.name for field in mappings.missing(known, of_kind)],
        encoding=getattr(file, "encoding", ""),
        delimiter=getattr(file, "delimiter", ""),
        decimal=how.decimal,
        dates=how.dates,
        zone=how.zone.key,
        currency=options.currency or company.currency,
        rows_expected=file.rows_expected,
        notes=[*file.notes, *how.notes],
        preview=_preview(file, of_kind, known, how),
    )


def _preview(file: File, kind: Kind, mapping: Mapping[str, str], how: Formats) -> list[PreviewRow]:
    columns = list(dict.fromkeys(mapping.values()))
    block = next(file.blocks(columns, _PREVIEW), None) if columns else None
    if block is None:
        return []
    batch, errors = Reader(kind, mapping, how).batch(block)
    rows = batch.to_pylist()
    return [_row(index, row, block, mapping, errors, how) for index, row in enumerate(rows)]


def _row(
    index: int,
    row: dict[str, Any],
    block: Block,
    mapping: Mapping[str, str],
    errors: Errors,
    how: Formats,
) -> PreviewRow:
    cells = {
        field: Cell(
            written=_written(block, header, index),
            read=_read(row[field], how),
            problem=errors.get((index, field), ""),
        )
        for field, header in mapping.items()
    }
    return PreviewRow(row["row"], cells, row["problem"] or "")


def _written(block: Block, header: str, index: int) -> str:
    value = block.columns[header][index].as_py()
    return "" if value is None else str(value)[:200]


def _read(value: Any, how: Formats) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.astimezone(how.zone).strftime("%Y-%m-%d %H:%M:%S")
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)[:200]
