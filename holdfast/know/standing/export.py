"""The list as a file, row by row: a million accounts take no more memory than a page."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from holdfast.know.standing.findings import stands_out
from holdfast.know.standing.listing import Listing, Row, rows
from holdfast.know.standing.paging import every
from holdfast.lib.money import exponent
from holdfast.lib.spreadsheets import lines


def csv_of(listing: Listing, currency: str) -> Iterator[str]:
    """Every account asked for, in the order asked for. Scores 0–100, shares 0–1, money in units."""
    return lines(_table(listing, currency))


def _table(listing: Listing, currency: str) -> Iterator[list[Any]]:
    yield [
        _("Id"), _("Account"), _("Segment"), _("Segment score"), _("Health"), _("Score"),
        _("Could be from"), _("Could be to"), _("Known"), _("Revenue, 12 months"), _("Currency"),
        _("Last purchase"), _("What stands out"), _("As of"),
    ]  # fmt: skip
    for ids in every(listing.phases):
        yield from (_cells(row, currency) for row in rows(ids))


def _cells(row: Row, currency: str) -> list[Any]:
    named = [row.account.external_id, row.account.name]
    it = row.standing
    if it is None:
        return [*named, *[None] * 10, stands_out(None, currency), None]
    revenue = it.revenue_365_minor
    return [
        *named, it.segment, _short(it.segment_score), it.band, _short(it.health),
        _short(it.health_low), _short(it.health_high), _short(it.health_coverage, 3),
        None if revenue is None else Decimal(revenue).scaleb(-exponent(currency)), currency,
        it.last_purchase_on, stands_out(it, currency), it.as_of,
    ]  # fmt: skip


def _short(number: float | None, digits: int = 1) -> float | None:
    return None if number is None else round(number, digits)
