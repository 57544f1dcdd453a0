"""Reading what looks at the accounts have found: one account, a day, a change between two days."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import ibis
from ibis import _
from ibis.expr.types import Table

from holdfast.assess.scorecards.models import Assessment, Kind
from holdfast.facts.models import Fact
from holdfast.know.accounts.models import Account
from holdfast.lake import engine
from holdfast.measures.scorecards import explain

CHANGES = ("orders.received", "accounts.received", "company.described")  # what makes a look old

COLUMNS = ibis.schema(
    {
        "account_id": "int64",
        "as_of": "date",
        "revenue": "float64",
        "health__score": "float64",
        "health__low": "float64",
        "health__high": "float64",
        "health__coverage": "float64",
        "health__band": "string",
        "abcd__score": "float64",
        "abcd__band": "string",
    }
)  # what every look has, whatever its cards


def latest(day: date) -> Assessment | None:
    """The last look taken as of the day."""
    return Assessment.objects.latest_for(day)


def newest(until: date) -> Assessment | None:
    """The last look of the latest day looked at, up to this one."""
    return Assessment.objects.filter(as_of__lte=until).order_by("-as_of", "-made_at", "-pk").first()


def is_stale(assessment: Assessment | None) -> bool:
    """Whether nobody looked, or records came, or the company changed, after the look was taken."""
    if assessment is None:
        return True
    return Fact.objects.filter(kind__in=CHANGES, at__gt=assessment.made_at).exists()


def history(assessment: Assessment) -> Table:
    """The look's rows, one an account."""
    return engine.read_file(assessment.file)


def row(assessment: Assessment, account_id: int) -> dict[str, Any] | None:
    """One account in the look, with every column."""
    found = engine.rows(history(assessment).filter(_.account_id == account_id))
    return found[0] if found else None


def looks(*, until: date) -> list[Assessment]:
    """The last look of each day up to this one, the earliest day first."""
    days = Assessment.objects.filter(as_of__lte=until).order_by("as_of", "-made_at", "-pk")
    return list(days.distinct("as_of").select_related("file"))


def line(account_id: int, *, until: date) -> list[dict[str, Any]]:
    """How the account was on the first of each month and in the last look: `COLUMNS`, by day."""
    every = looks(until=until)
    shown = [look for look in every if look.as_of.day == 1 or look is every[-1]]
    if not shown:
        return []
    read = engine.read_listed([look.file for look in shown], COLUMNS)
    return engine.rows(read.filter(_.account_id == account_id).order_by("as_of"))


def contributions(assessment: Assessment, row: dict[str, Any]) -> list[dict[str, Any]]:
    """What each measure of both cards adds: value, points, effective weight; null where unknown."""
    return [
        {
            "card": kind,
            "measure": c.measure,
            "value": c.value,
            "points": c.points,
            "weight": c.weight,
        }
        for kind in (Kind.HEALTH, Kind.ABCD)
        for c in explain(getattr(assessment, kind).card, card_row(kind, row))
    ]


def card_row(kind: str, row: dict[str, Any]) -> dict[str, Any]:
    """The columns of one card, under the names the card gave them."""
    own = f"{kind}__"
    return {name.removeprefix(own): value for name, value in row.items() if name.startswith(own)}


def accounts(
    assessment: Assessment, *, segment: str | None = None, band: str | None = None
) -> Iterator[dict[str, Any]]:
    """docs/contracts/accounts.json: one object an account, the most revenue first."""
    looked = history(assessment)
    if segment:
        looked = looked.filter(_.abcd__band == segment)
    if band:
        looked = looked.filter(_.health__band == band)
    ordered = looked.order_by(_.revenue.desc(nulls_first=False), _.account_id)
    for batch in engine.batches(ordered):
        found = batch.to_pylist()
        named = Account.objects.in_bulk([row["account_id"] for row in found])
        for row in found:
            if account := named.get(row["account_id"]):
                yield _told(assessment, account, row)


def _told(assessment: Assessment, account: Account, row: dict[str, Any]) -> dict[str, Any]:
    revenue = row["revenue"]
    return {
        "external_id": account.external_id,
        "name": account.name,
        "segment": row["abcd__band"],
        "segment_score": row["abcd__score"],
        "health": row["health__score"],
        "band": row["health__band"],
        "coverage": row["health__coverage"],
        "range": [row["health__low"], row["health__high"]],
        "revenue_365_minor": None if revenue is None else round(revenue),
        "currency": assessment.summary["currency"],
        "contributions": contributions(assessment, row),
    }
