"""What the import pages say: sentences from numbers, and nothing more than the numbers hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.ingest.models import Import
from holdfast.lib.kinds import Field
from holdfast.lib.numbers import counted

_PATIENCE = timedelta(seconds=20)  # an idle worker takes a job within five


@dataclass(frozen=True)
class Found:
    """A headline, and what stands under it."""

    title: str
    standfirst: str = ""


def board(*, orders: int, newest_on: date | None) -> Found:
    """What is here already."""
    if not orders or newest_on is None:
        return Found(
            _("Bring your orders in"),
            _(
                "A file of order lines from your shop, till or accounts, as it is. Within minutes "
                "you see who your key clients are, how each is, and how many you keep."
            ),
        )
    words = ngettext(
        "%(orders)s order is here, of %(day)s",
        "%(orders)s orders are here, the newest of %(day)s",
        orders,
    )
    return Found(
        words % {"orders": counted(orders), "day": _day(newest_on)},
        _("Bring the next file in. Orders known already are not doubled, even when files overlap."),
    )


def step(*, missing: list[Field], nobody: bool, rows: int, wrong: int) -> Found:
    """How the file reads as things stand: what is missing, else what is wrong, else all is well.

    `nobody`: no column is chosen for the account, which is allowed, but seldom meant.
    """
    nothing_stored = _("Nothing is stored before you press Import.")
    if missing:
        named = ", ".join(str(field.label) for field in missing)
        words = ngettext(
            "One answer is missing: which column holds %(fields)s?",
            "%(count)s answers are missing: which columns hold %(fields)s?",
            len(missing),
        )
        return Found(words % {"fields": named, "count": len(missing)}, nothing_stored)
    if not rows:
        return Found(_("The file has headers but no rows"), nothing_stored)
    if wrong:
        return _partly(rows=rows, wrong=wrong)
    if nobody:
        return Found(
            _("No column says who bought"),
            _(
                "The rows can come in, but they would belong to nobody: choose the column of the "
                "account, or no client will be seen in them."
            ),
        )
    words = ngettext("The first row reads well", "The first %(rows)s rows read well", rows)
    return Found(
        words % {"rows": rows},
        _("Check that they say what you mean. Nothing is stored before you press Import."),
    )


def _partly(*, rows: int, wrong: int) -> Found:
    words = ngettext(
        "%(wrong)s of the first %(rows)s rows would be rejected",
        "%(wrong)s of the first %(rows)s rows would be rejected",
        wrong,
    )
    return Found(
        words % {"wrong": wrong, "rows": rows},
        _(
            "The reasons stand in the rows below. Another column, or another way to read days "
            "and numbers, may mend it; else only the good rows are stored."
        ),
    )


def progress(one: Import, *, at: datetime) -> Found:
    """How far it is, from the row that the worker writes."""
    done, of = one.rows_done, one.rows_expected
    if not done:
        waits = one.started_at is not None and at - one.started_at > _PATIENCE
        return Found(
            _("Waiting for its turn"),
            _(
                "It has waited longer than it should. `holdfast up` runs the worker that does it: "
                "is it running?"
            )
            if waits
            else _("Imports run one after another."),
        )
    if of and done >= of:
        return Found(
            _("All rows are read; now they find their places"),
            _("%(done)s rows read.") % {"done": counted(done)},
        )
    if of:
        words = _("%(done)s of about %(of)s rows read.") % {
            "done": counted(done),
            "of": counted(of),
        }
        return Found(_("Reading the file"), words)
    return Found(_("Reading the file"), _("%(done)s rows read.") % {"done": counted(done)})


def report(said: Mapping[str, Any], *, dry_run: bool, fresh: bool = False) -> Found:
    """What became of the file, in a line: nothing new, all, or all but the rejected.

    `fresh`: it has just come in, so what follows from it is still being worked out.
    """
    counts = {key: counted(said[f"rows_{key}"]) for key in ("read", "accepted", "rejected")}
    accepted, rejected = said["rows_accepted"], said["rows_rejected"]
    if dry_run:
        taken_back = _("This was a try: everything was done and taken back. Import keeps it.")
        return Found(_would(accepted, rejected, counts), taken_back)
    if not accepted:
        return Found(
            _("No row came in"), _("Every row was rejected; the reasons are in the file below.")
        )
    if said["repeated"] == accepted and not rejected:
        return Found(
            _("Nothing new: every row was known already"),
            _("The same file twice changes nothing."),
        )
    title = ngettext("%(accepted)s row is in", "%(accepted)s rows are in", accepted)
    if rejected:
        title = ngettext(
            "%(accepted)s of %(read)s rows is in, the others were rejected",
            "%(accepted)s of %(read)s rows are in, the others were rejected",
            accepted,
        )
    looking = _("Every account is being looked at again in the background; give it a minute.")
    return Found(title % counts, looking if fresh else "")


def _would(accepted: int, rejected: int, counts: Mapping[str, str]) -> str:
    if not accepted:
        return _("No row would come in")
    if rejected:
        words = _("%(accepted)s of %(read)s rows would come in, the others would be rejected")
        return words % counts
    words = ngettext("%(accepted)s row would come in", "%(accepted)s rows would come in", accepted)
    return words % counts


def rows_as_sum(said: Mapping[str, Any]) -> list[dict[str, str]]:
    """read = accepted + rejected, for <c-sum>."""
    return [
        {"value": counted(said["rows_read"]), "label": _("rows read")},
        {"sign": "=", "value": counted(said["rows_accepted"]), "label": _("accepted")},
        {"sign": "+", "value": counted(said["rows_rejected"]), "label": _("rejected")},
    ]


def tables(said: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """(what, created, changed), as people name it; what we have no word for keeps its own."""
    names = {"accounts": _("accounts"), "orders": _("orders"), "order_lines": _("order lines")}
    created, updated = said["created"], said["updated"]
    return [
        (names.get(name, name.replace("_", " ")), created.get(name, 0), updated.get(name, 0))
        for name in sorted({*created, *updated}, key=lambda name: [*names, name].index(name))
    ]


def earlier(one: Import) -> str:
    """What became of an import, for its line on the board."""
    if one.failed_at:
        return _("Nothing was stored: %(problem)s") % {"problem": one.problem}
    if one.finished_at and one.report:
        said = _("%(accepted)s rows accepted, %(rejected)s rejected") % {
            "accepted": counted(one.report["rows_accepted"]),
            "rejected": counted(one.report["rows_rejected"]),
        }
        return _("Tried only: %(said)s") % {"said": said} if one.dry_run else said
    return _("Under way") if one.started_at else _("Uploaded; say what its columns mean")


def _day(day: date) -> str:
    return date_format(day, "j E Y")
