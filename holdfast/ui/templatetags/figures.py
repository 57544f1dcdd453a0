"""Numbers as people of the active language write them. What is not known is a dash, never a zero.

`{% load figures %}`; in an SVG attribute use none of these but what `ui/charts.py` has printed.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import TypeGuard

from django.template import Library
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext, pgettext

from holdfast.lib.money import format_minor

register = Library()

DASH = "–"
MINUS = "\N{MINUS SIGN}"
Number = int | float | Decimal


def _written(value: Number, digits: int) -> str:
    """Rounded half up, grouped, with a true minus sign; never “−0”."""
    rounded = Decimal(repr(value) if isinstance(value, float) else value).quantize(
        Decimal(1).scaleb(-digits), ROUND_HALF_UP
    )
    text = number_format(abs(rounded), digits, use_l10n=True, force_grouping=True)
    return MINUS + text if rounded < 0 else text


def _signed(value: Number, digits: int) -> str:
    text = _written(value, digits)
    return f"+{text}" if value > 0 and text.strip("0.,") else text


def _known(value: Number | None) -> TypeGuard[Number]:
    return value is not None and value != "" and Decimal(str(value)).is_finite()


@register.filter
def number(value: Number | None, digits: int = 0) -> str:
    """1234567 → 1,234,567; None → –."""
    return _written(value, digits) if _known(value) else DASH


@register.filter
def change(value: Number | None, digits: int = 0) -> str:
    """2 → +2, -2 → −2, 0 → 0."""
    return _signed(value, digits) if _known(value) else DASH


@register.filter
def percent(share: Number | None, digits: int = 0) -> str:
    """A share as a percentage: 0.931 → 93%, with 1 digit 93.1%."""
    if not _known(share):
        return DASH
    return _percent(_written(Decimal(str(share)) * 100, digits))


@register.filter
def percent_change(share: Number | None, digits: int = 0) -> str:
    """0.06 → +6%."""
    if not _known(share):
        return DASH
    return _percent(_signed(Decimal(str(share)) * 100, digits))


def _percent(number: str) -> str:
    # Translators: a percentage, 93% in English, 93 % elsewhere (with a no-break space).
    return pgettext("percentage", "%(number)s%%") % {"number": number}


@register.filter
def points(value: Number | None, digits: int = 1) -> str:
    """A score or a part of one, 0 to 100: 58.94 → 58.9."""
    return number(value, digits)


@register.filter
def score(value: Number | None) -> str:
    """A score in a list: 58.94 → 59."""
    return number(value, 0)


@register.filter
def money(amount_minor: int | None, currency: str) -> str:
    """Minor units in full: 123450 with GBP → £1,234.50."""
    return DASH if amount_minor is None else format_minor(amount_minor, currency)


@register.filter
def money_whole(amount_minor: int | None, currency: str) -> str:
    """Without the minor units, for lists: £1,235."""
    return DASH if amount_minor is None else format_minor(amount_minor, currency, whole=True)


@register.filter
def money_compact(amount_minor: int | None, currency: str) -> str:
    """For headlines and axes: £9.5 M."""
    return DASH if amount_minor is None else format_minor(amount_minor, currency, compact=True)


@register.filter
def compact(value: Number | None) -> str:
    """1234567 → 1.2 M; below ten thousand in full."""
    if not _known(value):
        return DASH
    value = Decimal(str(value))
    if abs(value) >= 10**6:
        return pgettext("millions", "%(number)s M") % {"number": _written(value / 10**6, 1)}
    if abs(value) >= 10**4:
        # Translators: thousands, as in “12 k accounts”.
        return pgettext("thousands", "%(number)s k") % {"number": _written(value / 10**3, 0)}
    return _written(value, 0)


@register.filter
def days(count: Number | None) -> str:
    """34 → 34 days, as the language counts."""
    if not _known(count):
        return DASH
    whole = round(count)
    return ngettext("%(count)s day", "%(count)s days", whole) % {"count": _written(whole, 0)}


@register.filter
def interval(low: Number | None, high: Number | None) -> str:
    """Two shares as the interval they are: 90.1% to 95.2%."""
    if not (_known(low) and _known(high)):
        return DASH
    return gettext("%(low)s to %(high)s") % {"low": percent(low, 1), "high": percent(high, 1)}


@register.filter
def band_word(band: str) -> str:
    """The word that goes with the shape and the colour of a band."""
    words = {
        "healthy": pgettext("health", "healthy"),
        "not_so_healthy": pgettext("health", "not so healthy"),
        "unhealthy": pgettext("health", "unhealthy"),
    }
    return words.get(band, pgettext("health", "unknown"))
