"""The lake as measures read it: named tables, each row in the last version known by then."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import ibis
from ibis import _
from ibis.backends import BaseBackend
from ibis.expr.types import Table, TimestampValue

from holdfast.lake import engine, files
from holdfast.lake.mirror import SOURCES, Source
from holdfast.lake.models import LakeFile
from holdfast.measures.schemas import SCHEMAS, Tables


def tables(
    *,
    zone: ZoneInfo,
    currency: str,
    ticket_minutes: int,
    known_at: datetime | None = None,
    accounts: Collection[int] | None = None,
) -> Tables:
    """What was known at `known_at` (now, when not given), of the accounts one may see (all).

    Days are days in `zone`. `accounts` narrows every table that names an account, and lines by
    their order, so a person limited to a book sees each figure computed over that book only.
    """
    connection = engine.connect()
    found = {name: _table(connection, name, zone=zone, known_at=known_at) for name in SCHEMAS}
    if accounts is not None:
        found = _narrow(found, list(accounts))
    return Tables(**found, currency=currency, ticket_minutes=ticket_minutes)


def _table(
    connection: BaseBackend, name: str, *, zone: ZoneInfo, known_at: datetime | None
) -> Table:
    source = SOURCES.get(name)
    if source is None:
        return engine.read(connection, [], SCHEMAS[name])
    listed = LakeFile.objects.of(name)
    known = list(listed.filter(known_at__lte=known_at) if known_at else listed)
    schema = ibis.Schema.from_pyarrow(source.schema)
    versions = engine.read(connection, files.paths(known), schema)
    current = _last_known(versions) if _has_versions(known) else versions.drop("gone", "known_at")
    return _on_days(current, source, zone, known).select(*SCHEMAS[name])


def _has_versions(known: list[LakeFile]) -> bool:
    """Whether a row may lie in two files; ids grow, so a fresh import never overlaps an old one."""
    ordered = sorted((f for f in known if f.first_id is not None), key=lambda f: f.first_id or 0)
    return any(f.has_gone for f in known) or any(
        first.overlaps(second) for first, second in pairwise(ordered)
    )


def _last_known(versions: Table) -> Table:
    latest = ibis.row_number().over(ibis.window(group_by="id", order_by=ibis.desc("known_at")))
    ranked = versions.mutate(version=latest)
    return ranked.filter((_.version == 0) & ~_.gone).drop("version", "gone", "known_at")


def _on_days(current: Table, source: Source, zone: ZoneInfo, known: list[LakeFile]) -> Table:
    """Times become days in the company's zone: `ordered_at` is `ordered_on`."""
    if source.day is None:
        return current
    days = [day for file in known for day in (file.first_on, file.last_on) if day]
    spans = _offsets(zone, min(days), max(days)) if days else ((None, 0),)
    name = source.day.removesuffix("_at") + "_on"
    return current.mutate(**{name: _local(current[source.day], spans).date()})


def _local(at: TimestampValue, spans: tuple) -> TimestampValue:
    shifted = [(start, at + ibis.interval(seconds=seconds)) for start, seconds in spans]
    first, *later = shifted
    if not later:
        return first[1]
    branches = [(at >= ibis.timestamp(start), moved) for start, moved in reversed(later)]
    return ibis.cases(*branches, else_=first[1])


@lru_cache(maxsize=64)
def _offsets(zone: ZoneInfo, first: date, last: date) -> tuple:
    """When the zone's distance from UTC changed between the days, and the seconds from then on."""
    hour = timedelta(hours=1)
    at = datetime.combine(first - timedelta(days=1), time(), ZoneInfo("UTC"))
    end = datetime.combine(last + timedelta(days=2), time(), ZoneInfo("UTC"))
    spans: list[tuple] = [(None, _seconds(zone, at))]
    while at < end:
        step = timedelta(days=1) if _seconds(zone, at + 24 * hour) == spans[-1][1] else hour / 4
        at += step
        if _seconds(zone, at) != spans[-1][1]:
            spans.append((at.replace(tzinfo=None), _seconds(zone, at)))
    return tuple(spans)


def _seconds(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _narrow(found: dict[str, Table], accounts: list[int]) -> dict[str, Table]:
    mine = {
        name: table.filter(_["id" if name == "accounts" else "account_id"].isin(accounts))
        for name, table in found.items()
        if name != "order_lines"
    }
    return mine | {
        "order_lines": found["order_lines"].semi_join(mine["orders"], [("order_id", "id")])
    }
