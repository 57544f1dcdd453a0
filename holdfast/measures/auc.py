"""How well a score ranks who stays above who leaves, how sure that is, and which score is better.

AUC: the chance that one who stayed stood above one who left; ties count half. 0.5 = a coin.
Intervals by DeLong, DeLong and Clarke-Pearson (1988), in O(n log n) after Sun and Xu (2014).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import norm, rankdata


class CannotCompare(ValueError):
    """There is no ranking to judge; the message says what is missing."""


@dataclass(frozen=True)
class Estimate:
    """A number with its interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Comparison:
    """Two scores of the same accounts; `beats` when the whole interval lies above 0."""

    card: Estimate
    signal: Estimate
    difference: Estimate

    @property
    def beats(self) -> bool:
        return self.difference.low > 0


def auc(scores: ArrayLike, stayed: ArrayLike, *, level: float = 0.95) -> Estimate:
    """The AUC of one score with its DeLong interval.

    Unit:   chance, 0–1; the interval is cut there.
    Grain:  one value an account, higher = expected to stay; `stayed` true or false beside it.
    Edges:  ties count half; fewer than two who stayed or two who left → CannotCompare; a missing
            score → CannotCompare, for leaving it out would change the question.
    Source: DeLong et al., Biometrics 44 (1988); docs/metrics.md#auc.
    Example: stayed 2, 4, 5 against left 3, 1: 5 of 6 pairs → .833.
    """
    areas, covariance = _delong([scores], stayed)
    return _estimate(areas[0], covariance[0, 0], level, floor=0.0)


def beats(
    card: ArrayLike, signal: ArrayLike, stayed: ArrayLike, *, level: float = 0.95
) -> Comparison:
    """Does the card rank better than the signal, on the same accounts and beyond chance?

    Unit:   difference of two AUCs, −1 to 1, card − signal.
    Grain:  one value an account in each; turn the signal so that higher = expected to stay.
    Edges:  as `auc`; the two are correlated, which the interval knows; equal scores → 0, 0, 0.
    Source: DeLong et al., Biometrics 44 (1988); docs/metrics.md#auc.
    Example: .734 against .713 on the same 3,321 → +.021 [.011, .032], so it beats.
    """
    areas, covariance = _delong([card, signal], stayed)
    spread = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    return Comparison(
        card=_estimate(areas[0], covariance[0, 0], level, floor=0.0),
        signal=_estimate(areas[1], covariance[1, 1], level, floor=0.0),
        difference=_estimate(areas[0] - areas[1], spread, level, floor=-1.0),
    )


def _delong(
    scores: list[ArrayLike], stayed: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The areas, and the covariance matrix of their errors."""
    good, bad = _split(np.asarray(scores, dtype=float), np.asarray(stayed, dtype=bool))
    beaten, above = [], []  # per who stayed: share of leavers below; per who left: of stayers above
    for up, down in zip(good, bad, strict=True):
        ranks = rankdata(np.concatenate([up, down]))
        beaten.append((ranks[: len(up)] - rankdata(up)) / len(down))
        above.append(1 - (ranks[len(up) :] - rankdata(down)) / len(up))
    covariance = np.cov(beaten) / good.shape[1] + np.cov(above) / bad.shape[1]
    return np.mean(beaten, axis=1), np.atleast_2d(covariance)


def _split(
    scores: NDArray[np.float64], stayed: NDArray[np.bool_]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if scores.shape[1] != len(stayed):
        raise CannotCompare("Give one outcome for each score.")
    if np.isnan(scores).any():
        raise CannotCompare("Some scores are missing: say where those accounts rank, then compare.")
    if min(stayed.sum(), (~stayed).sum()) < 2:
        raise CannotCompare("At least two who stayed and two who left are needed: take more days.")
    return scores[:, stayed], scores[:, ~stayed]


def _estimate(value: float, variance: float, level: float, *, floor: float) -> Estimate:
    half = float(norm.ppf((1 + level) / 2)) * float(np.sqrt(max(variance, 0.0)))
    return Estimate(float(value), max(float(value) - half, floor), min(float(value) + half, 1.0))
