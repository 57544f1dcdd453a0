"""A kind of rows that can be brought in: its fields and the verb that receives them.

Plain data, so that a feature below the importer can declare what it takes without knowing who
reads the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

import pyarrow as pa

NUMBER = pa.decimal128(24, 10)  # exact: 14 digits before the point, 10 after
MOMENT = pa.timestamp("us", "UTC")


class Reads(StrEnum):
    """What a cell of a field is read as."""

    TEXT = "text"  # an id or words: trimmed, 13085.0 in a column of floats is 13085
    CODE = "code"  # a currency: trimmed and in capitals
    NUMBER = "number"
    MOMENT = "moment"


_TYPES = {
    Reads.TEXT: pa.string(),
    Reads.CODE: pa.string(),
    Reads.NUMBER: NUMBER,
    Reads.MOMENT: MOMENT,
}


@dataclass(frozen=True)
class Field:
    """One thing a row says. `label` may be lazy; `synonyms` are headers that mean it."""

    name: str
    label: Any
    reads: Reads = Reads.TEXT
    required: bool = False  # it must be mapped, and no cell of it may be empty
    filled: bool = False  # it need not be mapped, but once it is, no cell of it may be empty
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Received:
    """What became of the rows of one call. Table names as people know them, in every dict."""

    rows: int = 0
    rejected: int = 0
    without_account: int = 0
    amount_without_account_minor: int = 0
    created: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    repeated: int = 0  # rows of which every word was known


class Sink(Protocol):
    """Takes the number and the reason of every rejected row, in the order of the file."""

    def __call__(self, rejected: Iterator[tuple[int, str]], /) -> None: ...


class Receive(Protocol):
    """The verb: all rows of one call or none."""

    def __call__(
        self,
        *,
        rows: Iterable[pa.RecordBatch],
        by: Any,
        at: datetime,
        create_accounts: bool,
        currency: str | None,
        rejected: Sink | None,
    ) -> Received: ...


@dataclass(frozen=True)
class Kind:
    """What is imported under this name."""

    name: str
    label: Any
    fields: tuple[Field, ...]
    receive: Receive

    @property
    def schema(self) -> pa.Schema:
        return schema(self.fields)


def schema(fields: Iterable[Field]) -> pa.Schema:
    """The columns of a batch: the row's number, the fields, what is wrong with the row already."""
    columns = [(one.name, _TYPES[one.reads]) for one in fields]
    return pa.schema([("row", pa.int64()), *columns, ("problem", pa.string())])
