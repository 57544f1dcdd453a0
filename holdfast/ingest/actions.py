"""Bring a file in: at once, or as an upload that is mapped, started and run in the background."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from holdfast.facts import Actor
from holdfast.ingest import formats, kinds, rejected
from holdfast.ingest import mapping as mappings
from holdfast.ingest.errors import CannotImport, said_plainly
from holdfast.ingest.files import File, open_file
from holdfast.ingest.models import Import
from holdfast.ingest.options import Options
from holdfast.ingest.progress import Told
from holdfast.ingest.reading import Reader
from holdfast.know.company.models import Company
from holdfast.lib import crash
from holdfast.lib.kinds import Kind, Received

_RUN = "holdfast.ingest.tasks.run"  # by name: tasks stand above actions
Progress = Callable[[int, int | None], None]


class AlreadyStarted(Exception):
    """The import runs or is done; upload the file again to import it again."""


@dataclass(frozen=True)
class Report:
    """What became of every row: rows_read = rows_accepted + rows_rejected."""

    kind: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_without_account: int  # part of accepted
    amount_without_account_minor: int  # net, in the company's currency where in several
    created: dict[str, int]
    updated: dict[str, int]
    repeated: int  # accepted rows of which every word was known
    rejected_file: str | None
    notes: tuple[str, ...] = ()  # what was assumed about the file, as sentences

    def as_json(self) -> dict[str, Any]:
        """The keys of docs/contracts; the notes are for people."""
        return {key: value for key, value in asdict(self).items() if key != "notes"}


def import_file(
    *,
    path: Path,
    kind: str,
    by: Actor,
    at: datetime,
    mapping: Mapping[str, str] | None = None,
    options: Options = Options(),  # noqa: B008 (frozen)
    create_accounts: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Store every good row of the file, or on CannotImport none.

    Without a mapping, the suggested one. A dry run does all of it and takes it back. `progress`
    hears (rows done, rows expected).
    """
    of_kind = kinds.get(kind)
    with said_plainly(), transaction.atomic():
        file = open_file(path, options)
        chosen = mappings.suggest(file.headers, of_kind) if mapping is None else mapping
        mappings.check(chosen, file.headers, of_kind)
        how = formats.settle(file, of_kind, chosen, options, Company.get().zone)
        batches = _batches(file, Reader(of_kind, chosen, how), progress)
        with rejected.beside(file, at=at) as aside:
            received = of_kind.receive(
                rows=batches,
                by=by,
                at=at,
                create_accounts=create_accounts,
                currency=options.currency,
                rejected=aside.write,
            )
            if not received.rows:
                raise CannotImport(_("%(name)s has headers but no rows.") % {"name": path.name})
            crash.here("ingest.received")
            transaction.set_rollback(dry_run)
    crash.here("ingest.committed")
    return _report(of_kind, received, aside.path, (*file.notes, *how.notes))


def upload(*, name: str, chunks: Iterable[bytes], kind: str, by: Actor, at: datetime) -> Import:
    """Keep the file of a person for the steps that follow."""
    kinds.get(kind)
    path = rejected.folder() / f"{at:%Y%m%dT%H%M%S}-{secrets.token_hex(8)}"
    with said_plainly():
        try:
            with path.open("xb") as out:
                path.chmod(0o600)
                for chunk in chunks:
                    out.write(chunk)
            return Import.objects.create(
                kind=kind, name=name[:255], path=str(path), actor=by.reference, uploaded_at=at
            )
        except BaseException:
            path.unlink(missing_ok=True)
            raise


@transaction.atomic
def start(
    *,
    import_id: int,
    mapping: Mapping[str, str],
    by: Actor,
    at: datetime,
    options: Options = Options(),  # noqa: B008 (frozen)
    create_accounts: bool = False,
    dry_run: bool = False,
) -> Import:
    """Say how the uploaded file is to be read, and queue its run.

    After a dry or a failed run it may be started again.
    """
    one = Import.objects.select_for_update().get(pk=import_id)
    if one.started_at and not one.failed_at and not (one.finished_at and one.dry_run):
        raise AlreadyStarted(
            _("“%(name)s” was started already. Upload the file again to import it again.")
            % {"name": one.name}
        )
    mappings.check(mapping, open_file(one.file, options).headers, kinds.get(one.kind))
    one.mapping, one.options, one.actor = dict(mapping), asdict(options), by.reference
    one.create_accounts, one.dry_run, one.finished_at, one.report = (
        create_accounts,
        dry_run,
        None,
        None,
    )
    one.save()
    one.begin(at=at)
    app.configure_task(_RUN, lock="import").defer(import_id=one.pk)
    return one


@transaction.atomic
def discard(*, import_id: int, by: Actor, at: datetime) -> None:
    """Forget an upload of which nothing was stored, and its file."""
    one = Import.objects.select_for_update().get(pk=import_id)
    if one.is_running or one.is_done:
        raise AlreadyStarted(
            _("“%(name)s” was started already, so it stays in the list.") % {"name": one.name}
        )
    one.delete()
    transaction.on_commit(lambda: one.file.unlink(missing_ok=True))


def run(*, import_id: int, by: Actor, at: datetime) -> Import:
    """Import the uploaded file and keep its report with it. One that is finished is passed over."""
    one = Import.objects.get(pk=import_id)
    if one.finished_at:
        return one
    try:
        with said_plainly(), transaction.atomic():
            with Told(one.pk) as progress:
                report = import_file(
                    path=one.file,
                    kind=one.kind,
                    by=by,
                    at=at,
                    mapping=one.mapping,
                    options=one.said,
                    create_accounts=one.create_accounts,
                    dry_run=one.dry_run,
                    progress=progress,
                )
            one.finish(report.as_json() | {"notes": report.notes}, at=at)
            if not one.dry_run:  # what it said is stored; of people's data we keep one copy
                transaction.on_commit(lambda: one.file.unlink(missing_ok=True))
    except CannotImport as error:
        one.fail(str(error), at=at)
    return one


def _batches(file: File, reader: Reader, progress: Progress | None) -> Iterator[pa.RecordBatch]:
    done = 0
    for block in file.blocks(list(dict.fromkeys(reader.mapping.values()))):
        batch, _errors = reader.batch(block)
        yield batch
        done += len(block)
        crash.here("ingest.block")
        if progress:
            progress(done, file.rows_expected)


def _report(kind: Kind, received: Received, aside: Path, notes: tuple[str, ...]) -> Report:
    return Report(
        kind=kind.name,
        rows_read=received.rows,
        rows_accepted=received.rows - received.rejected,
        rows_rejected=received.rejected,
        rows_without_account=received.without_account,
        amount_without_account_minor=received.amount_without_account_minor,
        created=received.created,
        updated=received.updated,
        repeated=received.repeated,
        rejected_file=str(aside) if received.rejected else None,
        notes=notes,
    )
