"""Between upload and import: what the columns mean, and the first rows as they will be read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from holdfast.ingest import kinds
from holdfast.ingest.errors import CannotImport, said_plainly
from holdfast.ingest.forms import ReadingForm
from holdfast.ingest.inspection import Cell, Inspection, inspect
from holdfast.ingest.models import Import
from holdfast.ingest.options import Options
from holdfast.know.accounts.models import Account
from holdfast.lib.kinds import Field, Reads

COLUMN = "column:"  # names the select of a field, so that no field hides an option


@dataclass(frozen=True)
class Column:
    """A field, and the header that is chosen for it."""

    field: Field
    header: str  # "" when none is
    missing: bool

    @property
    def name(self) -> str:
        return COLUMN + self.field.name


@dataclass(frozen=True)
class Shown:
    """A cell of the preview."""

    read: str
    written: str
    problem: str
    number: bool

    @property
    def differs(self) -> bool:
        return self.read != self.written


@dataclass(frozen=True)
class Row:
    line: int
    cells: list[Shown]
    problem: str

    @property
    def reasons(self) -> list[str]:
        """What is wrong with each cell; else with the row as a whole."""
        cells = [cell.problem for cell in self.cells if cell.problem]
        return cells if cells or not self.problem else [self.problem]


@dataclass(frozen=True)
class Step:
    """Everything the page shows. Without `found`, `problem` says why the file cannot be read."""

    form: ReadingForm
    options: Options
    found: Inspection | None
    columns: list[Column]
    rows: list[Row]
    problem: str = ""
    help: str = ""

    @property
    def rows_expected(self) -> int | None:
        """About how many rows there are. What counts lines has counted the headers too."""
        lines = self.found.rows_expected if self.found else None
        counts_headers = self.found and self.found.encoding and self.options.headers
        return max(lines - 1, 0) if lines and counts_headers else lines

    @property
    def mapping(self) -> dict[str, str]:
        return {column.field.name: column.header for column in self.columns if column.header}

    @property
    def missing(self) -> list[Field]:
        return [column.field for column in self.columns if column.missing]

    @property
    def shown(self) -> list[Column]:
        return [column for column in self.columns if column.header]

    @property
    def may_start(self) -> bool:
        return self.found is not None and not self.missing and not self.form.errors


def look(one: Import, said: Mapping[str, Any] | None = None) -> Step:
    """The step as a person left it (`said`, the sent form), as it was last run, or as suggested."""
    form = ReadingForm(said) if said else ReadingForm(initial=_initial(one))
    options = (form.is_valid() and form.options) or one.said
    mapping = _mapping(one, said)
    try:
        with said_plainly():
            found = inspect(path=one.file, kind=one.kind, mapping=mapping, options=options)
            if mapping and not set(mapping.values()) & set(found.headers):  # other headers by now
                found = inspect(path=one.file, kind=one.kind, options=options)
    except CannotImport as error:
        why, what = (words.replace(one.file.name, one.name) for words in (error.error, error.help))
        return Step(form, options, None, [], [], why, what)
    form.recognise(found)
    return _step(one, form, options, found)


def _step(one: Import, form: ReadingForm, options: Options, found: Inspection) -> Step:
    columns = []
    for field in kinds.get(one.kind).fields:
        header = found.mapping.get(field.name, "")
        known = header if header in found.headers else ""
        columns.append(Column(field, known, field.name in found.missing))
    fields = [column.field for column in columns if column.header]
    rows = [
        Row(row.line, [_shown(row.cells[field.name], field) for field in fields], row.problem)
        for row in found.preview
    ]
    return Step(form, options, found, columns, rows)


def _shown(cell: Cell, field: Field) -> Shown:
    return Shown(cell.read, cell.written, cell.problem, field.reads == Reads.NUMBER)


def _initial(one: Import) -> dict[str, Any]:
    if one.started_at:
        return {**one.options, "create_accounts": one.create_accounts}
    return {"create_accounts": not Account.objects.exists()}  # the first file brings its own


def _mapping(one: Import, said: Mapping[str, Any] | None) -> dict[str, str] | None:
    if said is None:
        return one.mapping or None
    names = [field.name for field in kinds.get(one.kind).fields]
    return {name: said[COLUMN + name] for name in names if said.get(COLUMN + name)}
