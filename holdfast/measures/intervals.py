"""How sure a share is: the Wilson interval, in Python and inside an engine."""

from __future__ import annotations

import math

import ibis.expr.types as ir

from holdfast.measures.share import share

Z95 = 1.959963984540054  # the normal quantile that leaves 2.5 % above it


def wilson(kept: int, of: int) -> tuple[float, float] | None:
    """Between which shares the truth lies with 95 % confidence, when `kept` of `of` were kept.

    Unit:    shares, 0–1, low and high.
    Grain:   a share.
    Edges:   of nobody there is no share, so None; 0 of n begins at exactly 0, n of n ends at 1.
    Source:  formulas.md section 1; Wilson (1927), the score interval, no continuity correction.
    Example: 1122 kept of 2023 → .53288 to .57616.
    """
    if of <= 0:
        return None
    centre = (kept + Z95**2 / 2) / (of + Z95**2)
    half = Z95 / (of + Z95**2) * math.sqrt(kept * (of - kept) / of + Z95**2 / 4)
    low = 0.0 if kept == 0 else centre - half
    high = 1.0 if kept == of else centre + half
    return low, high


def wilson_columns(kept: ir.NumericValue, of: ir.NumericValue) -> tuple[ir.Value, ir.Value]:
    """The same two numbers as columns; both null where `of` is 0 or null."""
    k, n = kept.cast("float64"), of.cast("float64")
    centre = (k + Z95**2 / 2) / (n + Z95**2)
    half = share(k * (n - k), n) + Z95**2 / 4
    half = half.sqrt() * Z95 / (n + Z95**2)
    low = (k == 0).ifelse(half * 0.0, centre - half)
    high = (k == n).ifelse(half * 0.0 + 1.0, centre + half)
    return low, high
