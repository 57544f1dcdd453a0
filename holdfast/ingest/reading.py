"""Blocks of cells into batches of a kind, each bad cell known by its row and field."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from holdfast.ingest import numbers, times
from holdfast.ingest.errors import CannotImport
from holdfast.ingest.files import LARGEST_CELL, Block
from holdfast.ingest.formats import Formats, as_text, is_text
from holdfast.lib.kinds import MOMENT, Field, Kind, Reads

Errors = dict[tuple[int, str], str]  # (index in the block, field) → what is wrong with the cell
_FLOAT_END = r"\.0+$"
_NO = pa.scalar(value=False)


@dataclass(frozen=True)
class Reader:
    """Everything one needs to know to read a file's blocks."""

    kind: Kind
    mapping: Mapping[str, str]
    formats: Formats

    def batch(self, block: Block) -> tuple[pa.RecordBatch, Errors]:
        """The block's rows as the kind wants them. A row's `problem` is its first bad cell's."""
        errors: Errors = {}
        columns = {"row": pa.array(block.lines)}
        for field in self.kind.fields:
            columns[field.name] = self._field(field, block, errors)
        problems: dict[int, str] = dict(block.broken)
        for (index, _field), words in errors.items():
            problems.setdefault(index, words)
        columns["problem"] = _sparse(problems, len(block))
        return pa.record_batch(
            [columns[name] for name in self.kind.schema.names], self.kind.schema
        ), errors

    def _field(self, field: Field, block: Block, errors: Errors) -> pa.Array:
        header = self.mapping.get(field.name)
        if header is None:
            return pa.nulls(len(block), self.kind.schema.field(field.name).type)
        cells = _bounded(block.columns[header], field, header, block, errors)
        match field.reads:
            case Reads.NUMBER:
                read = _numbers(cells, self.formats.decimal)
            case Reads.MOMENT:
                read = _moments(cells, header, self.formats.dates, self.formats.zone)
            case _:
                read = _texts(cells, header, were_floats=header in self.formats.floats)
                read = pc.utf8_upper(read) if field.reads is Reads.CODE else read
        self._note_errors(field, header, cells, read, block, errors)
        return read

    def _note_errors(
        self,
        field: Field,
        header: str,
        cells: pa.Array,
        read: pa.Array,
        block: Block,
        errors: Errors,
    ) -> None:
        if not read.null_count or not (field.required or field.filled):
            return
        for index in np.flatnonzero(np.asarray(read.is_null())).tolist():
            if index not in block.broken:
                value = cells[index].as_py()
                errors.setdefault((index, field.name), self._what_is_wrong(field, header, value))

    def _what_is_wrong(self, field: Field, header: str, value: object) -> str:
        shown = {
            "column": header,
            "value": str(value).strip()[:60],
            "decimal": self.formats.decimal,
        }
        if value is None or not shown["value"]:
            return _("%(column)s is empty.") % shown
        if field.reads is Reads.MOMENT:
            shown["order"] = _order(self.formats.dates)
            return _("%(column)s: “%(value)s” is no time, read as %(order)s.") % shown
        if shown["value"].lstrip("+-").lower() in ("nan", "inf", "infinity", "∞"):
            return _("%(column)s: “%(value)s” is no number to count with.") % shown
        return (
            _("%(column)s: “%(value)s” is no number below 10¹⁴ with “%(decimal)s” as decimal sign.")
            % shown
        )


def _order(dates: str) -> str:
    return {
        "ymd": _("year-month-day"),
        "dmy": _("day/month/year"),
        "mdy": _("month/day/year"),
        "excel": _("days since 30 December 1899"),
        "unix": _("seconds since 1970"),
    }[dates]


def _sparse(texts: Mapping[int, str], length: int) -> pa.Array:
    if not texts:
        return pa.nulls(length, pa.string())
    return pa.array([texts.get(index) for index in range(length)], pa.string())


def _bounded(cells: pa.Array, field: Field, header: str, block: Block, errors: Errors) -> pa.Array:
    """The cells without those that are longer than any word of people."""
    if pa.types.is_dictionary(cells.type):
        cells = cells.cast(cells.type.value_type)
    if not is_text(cells.type) or not len(cells):
        return cells
    long = pc.coalesce(pc.greater(pc.binary_length(cells), LARGEST_CELL), _NO)
    if not pc.any(long).as_py():
        return as_text(cells)
    for index in np.flatnonzero(np.asarray(long)).tolist():
        words = _("%(column)s is longer than %(count)s characters.")
        errors[index, field.name] = words % {"column": header, "count": LARGEST_CELL}
    return as_text(pc.if_else(long, None, cells))


def _numbers(cells: pa.Array, decimal: str) -> pa.Array:
    """Floats count as the shortest text that gives them back: 6.95 is 6.95."""
    kind = cells.type
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return numbers.read(cells.cast(pa.string()), ".")
    return numbers.read(pc.utf8_trim_whitespace(as_text(cells)), decimal)


def _moments(cells: pa.Array, header: str, dates: str, zone: ZoneInfo) -> pa.Array:
    kind = cells.type
    if is_text(kind) or pa.types.is_null(kind):
        return times.read(cells, dates, zone)
    if pa.types.is_timestamp(kind) and kind.tz:
        return cells.cast(MOMENT, safe=False)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        naive = cells.cast(pa.timestamp("us"), safe=False)
        return times.to_utc(naive.to_numpy(zero_copy_only=False), zone)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        texts = cells.cast(pa.string())
        order = dates if dates in ("excel", "unix") else times.order(texts)[0] or "excel"
        return times.read(texts, order, zone)
    raise _unreadable(header, kind)


def _texts(cells: pa.Array, header: str, *, were_floats: bool) -> pa.Array:
    """Trimmed; nothing and NaN are null; whole floats lose their .0."""
    kind = cells.type
    if pa.types.is_floating(kind):
        cells = _from_floats(cells)
    elif pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        raise _unreadable(header, kind)
    texts = pc.utf8_trim_whitespace(cells.cast(pa.string()))
    if were_floats:
        texts = pc.replace_substring_regex(texts, _FLOAT_END, "")
        texts = pc.if_else(pc.equal(pc.utf8_lower(texts), "nan"), None, texts)
    return pc.if_else(pc.equal(texts, ""), None, texts)


def _from_floats(cells: pa.Array) -> pa.Array:
    known = pc.if_else(pc.is_finite(cells), cells, None)
    whole = pc.and_(pc.equal(known, pc.floor(known)), pc.less(pc.abs(known), 2**53))
    digits = pc.if_else(whole, known, None).cast(pa.int64())
    return pc.coalesce(digits.cast(pa.string()), known.cast(pa.string()))


def _unreadable(header: str, kind: pa.DataType) -> CannotImport:
    return CannotImport(
        _("The column “%(column)s” holds %(type)s, which cannot be read here.")
        % {"column": header, "type": kind},
        _("Map another column, or write it as text."),
    )
