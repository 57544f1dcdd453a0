"""What a card may ask for beyond a plain signal: values derived from signals, and populations.

A card is data, so it names these; adding one is adding an entry here, with its reason.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
from ibis.expr.types import Table

from holdfast.measures.share import share

LARGEST = sys.float_info.max


@dataclass(frozen=True)
class Input:
    """An expression over signals of the same account; `signals` are the columns that it reads."""

    signals: tuple[str, ...]
    expression: Callable[[Table], ir.Value]


def _buying_rhythm(signals: Table) -> ir.Value:
    """In how many of a hundred months they bought since the first one: at least 3, at most 12.

    Three at least, so that one lucky first month is not a perfect rhythm.
    """
    months = signals.months_since_first.cast("float64").clip(3.0, 12.0)
    return share(signals.active_months * 100.0, months)


def _attention_per_revenue(signals: Table) -> ir.Value:
    """Minutes of attention per unit of revenue; missing where there is no revenue to divide by."""
    earned = (signals.revenue > 0).ifelse(signals.revenue, ibis.null("float64"))
    return share(signals.attention_minutes, earned)


DERIVED = {
    "buying_rhythm": Input(("active_months", "months_since_first"), _buying_rhythm),
    "attention_per_revenue": Input(("attention_minutes", "revenue"), _attention_per_revenue),
}
POPULATIONS = {
    "everyone": Input((), lambda signals: ibis.literal(value=True)),
    "paying": Input(("revenue",), lambda signals: signals.revenue > 0),
}


def signals_of(value: str) -> tuple[str, ...]:
    """The signals that a value reads: its own name, unless it is a derived one."""
    return DERIVED[value].signals if value in DERIVED else (value,)


def read(value: str, signals: Table) -> ir.FloatingValue:
    """The value as a float column."""
    return DERIVED[value].expression(signals) if value in DERIVED else signals[value]


def cleaned(signal: ir.NumericValue) -> ir.FloatingValue:
    """The signal as a float. What is no number, or infinite, is missing: engines differ on both.

    By comparison alone: NaN is above every number on both engines, and Ibis on Spark answers
    False to `isinf`.
    """
    number = signal.cast("float64")
    return (number.abs() <= LARGEST).ifelse(number, ibis.null("float64"))
