"""Why an account is in its segment, and what it brings."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from holdfast.assess.scorecards.models import Kind
from holdfast.know.accounts.models import Account
from holdfast.ui.templatetags.figures import number
from holdfast.web.health import Line, blocks
from holdfast.web.measured import label
from holdfast.web.seen import Seen


def page(now: Seen) -> dict[str, Any]:
    """What the panel on the segment prints."""
    lines: list[Line] = [line for block in blocks(now, Kind.ABCD) for line in block.lines]
    return {
        "segment": now.row["abcd__band"],
        "segment_title": title(now.row["abcd__band"]),
        "segment_note": note(now),
        "segment_lines": lines,
        "most": max((line.could for line in lines), default=100.0),
    }


def title(segment: str) -> str:
    titles = {
        "A": _("Why they are an A"),
        "B": _("Why they are a B"),
        "C": _("Why they are a C"),
        "D": _("Why they are a D"),
    }
    return titles.get(segment, _("Why we cannot say what they are worth"))


def note(now: Seen) -> str:
    """What set the segment: an exception, the score, or too little on record."""
    row = now.row
    if row["abcd__exception"]:
        words = {"exception": label(row["abcd__exception"]), "segment": row["abcd__band"]}
        return _("%(exception)s: that makes it %(segment)s, whatever the points.") % words
    starts = {band.name: band.start for band in now.abcd.bands}
    if row["abcd__band"] not in starts:
        return _("Too few of the measures are known for a segment.")
    words = {"segment": row["abcd__band"], "start": number(starts[row["abcd__band"]])}
    if row["abcd__band"] == now.abcd.bands[0].name and len(now.abcd.bands) > 1:
        words["end"] = number(now.abcd.bands[1].start)
        return _("%(segment)s below %(end)s points.") % words
    return _("%(segment)s from %(start)s points.") % words


def client_since(account: Account, now: Seen) -> date:
    """The given day, or that of the earliest record, whichever is earlier, as the tenure counts."""
    first = now.as_of - timedelta(days=int(now.row["tenure_days"]))
    return min(account.became_client_on or first, first)
