"""`holdfast import KIND FILE`: bring a file in, whole or not at all."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from holdfast.config.commands.shell import (
    BAD_INPUT,
    FAILED,
    Json,
    err,
    fail,
    now,
    opened,
    out,
    print_json,
    progress,
)
from holdfast.lib.numbers import counted

Kind = Annotated[str, typer.Argument(help=_("What the rows are: order-lines."))]
FileName = Annotated[Path, typer.Argument(help=_("A CSV or Parquet file."), dir_okay=False)]
Maps = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar='FIELD="Column"',
        help=_("Where a field stands; without any, the headers tell."),
    ),
]
Create = Annotated[
    bool, typer.Option("--create-accounts", help=_("Add accounts that nobody knows yet."))
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help=_("Do everything, report, and take it back."))
]
Encoding = Annotated[str | None, typer.Option(help=_("Of a CSV: utf-8, windows-1251."))]
Delimiter = Annotated[str | None, typer.Option(help=_("Between the cells of a CSV."))]
Decimal = Annotated[str | None, typer.Option(help=_("The sign before decimals: . or ,"))]
Dates = Annotated[
    str | None, typer.Option(help=_("The order of dates: ymd, dmy, mdy, excel, unix."))
]
Zone = Annotated[str | None, typer.Option(help=_("The time zone of the times: Europe/London."))]
Currency = Annotated[str | None, typer.Option(help=_("Of rows that name none: GBP."))]


def import_(
    kind: Kind,
    file: FileName,
    maps: Maps = None,
    create_accounts: Create = False,
    dry_run: DryRun = False,
    encoding: Encoding = None,
    delimiter: Delimiter = None,
    decimal: Decimal = None,
    dates: Dates = None,
    zone: Zone = None,
    currency: Currency = None,
    as_json: Json = False,
) -> None:
    """Bring the rows of a file in: all that are good, or on an error none."""
    mapping = _mapping(maps)
    with opened(as_json=as_json), progress(_("Importing")) as bar, _said_plainly(as_json=as_json):
        from holdfast.access import actors
        from holdfast.ingest import actions
        from holdfast.ingest.options import Options

        said = Options(encoding, delimiter, decimal, dates, zone, currency)
        report = actions.import_file(
            path=file, kind=kind, mapping=mapping, options=said, progress=bar,
            create_accounts=create_accounts, dry_run=dry_run, by=actors.command(), at=now(),
        )  # fmt: skip
        print_json(report.as_json()) if as_json else _print(report, dry_run=dry_run)


@contextlib.contextmanager
def _said_plainly(*, as_json: bool) -> Iterator[None]:
    """A file that cannot be imported is bad input; a disk or database that fails is a failure."""
    from holdfast.ingest.errors import CannotImport, Interrupted

    try:
        yield
    except CannotImport as error:
        code = FAILED if isinstance(error, Interrupted) else BAD_INPUT
        fail(error.error, advice=error.help, code=code, as_json=as_json)


def _mapping(maps: list[str] | None) -> dict[str, str] | None:
    if not maps:
        return None
    pairs = [one.partition("=") for one in maps]
    for field, sign, column in pairs:
        if not (field and sign and column):
            raise typer.BadParameter(
                _('--map takes a field and a column: --map at="Invoice date".'), param_hint="--map"
            )
    return {field.strip(): column for field, _sign, column in pairs}


def _print(report: Any, *, dry_run: bool) -> None:
    out.print(
        _("%(read)s rows read, %(accepted)s accepted, %(rejected)s rejected.")
        % {
            "read": counted(report.rows_read),
            "accepted": counted(report.rows_accepted),
            "rejected": counted(report.rows_rejected),
        }
    )
    for name, count in report.created.items():
        out.print(
            _("%(count)s %(name)s created")
            % {"count": counted(count), "name": name.replace("_", " ")}
        )
    for name, count in report.updated.items():
        out.print(
            _("%(count)s %(name)s changed")
            % {"count": counted(count), "name": name.replace("_", " ")}
        )
    for words in _remarks(report):
        out.print(words)
    for note in report.notes:
        err.print(note, markup=False)
    if dry_run:
        out.print(_("This was a dry run: nothing was kept."))


def _remarks(report: Any) -> list[str]:
    remarks = []
    if report.repeated:
        remarks.append(
            _("%(count)s rows were known already.") % {"count": counted(report.repeated)}
        )
    if report.rows_without_account:
        remarks.append(
            _("%(count)s rows name no account; they are kept and belong to nobody.")
            % {"count": counted(report.rows_without_account)}
        )
    if report.rejected_file:
        remarks.append(
            _("The rejected rows, each with its reason: %(file)s") % {"file": report.rejected_file}
        )
    return remarks


def add_to(app: typer.Typer) -> None:
    """Add the verb with its example."""
    app.command(
        "import",
        epilog=_("Example: %(line)s")
        % {"line": 'holdfast import order-lines orders.csv --map at="Date" --create-accounts'},
    )(import_)
