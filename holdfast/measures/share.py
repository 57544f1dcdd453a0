"""What cannot be known: the one division here, and the one test that reads null as no."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

NO = False


def share(a: ir.NumericValue | float, b: ir.NumericValue | float) -> ir.FloatingValue:
    """`a` ÷ `b` in floating point; null when `b` is 0 or null, or `a` is null.

    Unit:   whatever `a` is per `b`; 0–1 when `a` is a part of `b`.
    Edges:  0 ÷ 0 is null too: nothing to share is not the same as nobody kept.
    Source: the house rule that "cannot know" is never 0.
    """
    return _double(a) / _double(b).nullif(0.0)


def _double(value: ir.NumericValue | float) -> ir.NumericValue:
    number = ibis.literal(value) if isinstance(value, int | float) else value
    return number.cast("float64")


def sure(condition: ir.BooleanValue) -> ir.BooleanValue:
    """The condition, with "not known" taken for "no"."""
    return condition.fill_null(NO)
