"""Looking at every account: what is thought of it, written down with what it was made of."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from ibis.expr.types import Table

from holdfast import facts
from holdfast.access.actors import Actor
from holdfast.assess.scorecards import look, shipped
from holdfast.assess.scorecards.models import Assessment, CardVersion, Kind
from holdfast.know.company.models import Company
from holdfast.know.standing import merge
from holdfast.lake import engine, files, mirror
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
    with wide(company_tables(company), as_of).cache() as values:  # both cards read the signals
        file = files.save("history", look.look(values, cards, as_of), at=at, on=as_of)
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
        merge.replace(engine.batches(look.standing(history, as_of)))
    facts.record("accounts.assessed", by=by, at=at, accounts=assessment.summary["accounts"])
    return assessment


def company_tables(company: Company, **narrowed: Any) -> Tables:
    """The lake's tables as this company reads them: its zone, its currency, its settings."""
    return tables(
        zone=company.zone,
        currency=company.currency,
        ticket_minutes=company.ticket_minutes,
        **narrowed,
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
