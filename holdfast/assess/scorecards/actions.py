"""Looking at every account: what is thought of it, written down with what it was made of."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from ibis.expr.types import Table

from holdfast import facts
from holdfast.access.actors import Actor
from holdfast.assess.scorecards import look, reading, shipped
from holdfast.assess.scorecards.models import Assessment, CardVersion, Kind
from holdfast.know.company.models import Company
from holdfast.know.standing import merge
from holdfast.lake import engine, mirror
from holdfast.lake.tables import tables
from holdfast.lib import crash
from holdfast.measures.schemas import Tables
from holdfast.measures.signals import wide


@transaction.atomic
def assess(*, as_of: date, by: Actor, at: datetime) -> Assessment:
    """Compute signals and cards as of the day and keep them; write the standing if it is the
    company's day. Running it twice says the same."""
    mirror.refresh(at=at)
    company = Company.get()
    versions = {kind: _current(kind, at=at) for kind in Kind.values}
    cards = {kind: version.card for kind, version in versions.items()}
    with wide(_tables(company), as_of).cache() as values:  # both cards read the signals
        file = engine.save("history", look.look(values, cards, as_of), at=at, on=as_of)
    crash.here("assess.written")
    history = engine.read_file(file)
    assessment = Assessment.objects.create(
        as_of=as_of,
        made_at=at,
        health=versions[Kind.HEALTH],
        abcd=versions[Kind.ABCD],
        file=file,
        summary=_summary(history, as_of, company.currency),
    )
    if as_of == company.as_of(at=at):
        merge.replace(engine.batches(look.standing(history)))
    facts.record("accounts.assessed", by=by, at=at, accounts=assessment.summary["accounts"])
    return assessment


def look_back(*, as_of: date, by: Actor, at: datetime) -> list[date]:
    """Look at past days that pages compare with, where nobody has looked since records came in.

    Yesterday, and the first of each of the last twelve months. Running it twice does nothing twice.
    """
    days = [as_of - timedelta(days=1), *_first_days(as_of, 12)]
    stale = [day for day in days if reading.is_stale(reading.latest(day))]
    for day in stale:
        assess(as_of=day, by=by, at=at)
    return stale


def _first_days(before: date, months: int) -> list[date]:
    """The first days of the months up to the day, the latest first."""
    day = (before - timedelta(days=1)).replace(day=1)
    days = []
    for _month in range(months):
        days.append(day)
        day = (day - timedelta(days=1)).replace(day=1)
    return days


def _tables(company: Company) -> Tables:
    return tables(
        zone=company.zone, currency=company.currency, ticket_minutes=company.ticket_minutes
    )


def _current(kind: str, *, at: datetime) -> CardVersion:
    """The published card; the shipped one becomes version 1 when there is none."""
    latest = CardVersion.objects.filter(kind=kind).order_by("-number").first()
    return latest or CardVersion.objects.create(
        kind=kind, number=1, definition=shipped.CARDS[kind].to_json(), published_at=at
    )


def _summary(history: Table, as_of: date, currency: str) -> dict[str, Any]:
    """docs/contracts/assess.json."""
    counted = {row["band"]: row["accounts"] for row in engine.rows(look.bands(history))}
    return {
        "as_of": as_of.isoformat(),
        "accounts": sum(counted.values()),
        "bands": {band: counted.get(band, 0) for band in look.BANDS},
        "segments": _segments(engine.rows(look.totals(history))),
        "coverage_mean": engine.rows(look.coverage(history))[0],
        "currency": currency,
    }


def _segments(totals: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    keys = ("accounts", "revenue_minor", "revenue_share", "attention_share")
    nobody = {"accounts": 0, "revenue_minor": 0, "revenue_share": None, "attention_share": None}
    found = {row["segment"]: {key: row[key] for key in keys} for row in totals}
    return {segment: found.get(segment, nobody) for segment in look.SEGMENTS}
