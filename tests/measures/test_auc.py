"""AUC and DeLong, against the slow definition and published numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.measures.auc import CannotCompare, auc, beats


def slowly(scores, stayed):
    """Every pair compared: the areas and their covariance, straight from the paper."""
    stayed = np.asarray(stayed, dtype=bool)
    beaten, above = [], []
    for score in np.asarray(scores, dtype=float):
        pairs = score[stayed][:, None] - score[~stayed][None, :]
        wins = (pairs > 0) + 0.5 * (pairs == 0)
        beaten.append(wins.mean(axis=1))
        above.append(wins.mean(axis=0))
    covariance = np.cov(beaten) / stayed.sum() + np.cov(above) / (~stayed).sum()
    return np.mean(beaten, axis=1), covariance


def test_a_perfect_and_a_reversed_ranking():
    stayed = [False, False, True, True]

    assert auc([1, 2, 3, 4], stayed).value == 1
    assert auc([4, 3, 2, 1], stayed).value == 0
    assert auc([5, 5, 5, 5], stayed).value == 0.5


def test_ties_count_half():
    assert auc([1, 2, 2, 3], [False, False, True, True]).value == 0.875  # 3½ pairs of 4


def test_the_interval_by_hand():
    """Shares beaten ½, 1, 1 and above ⅔, 1: variance (1/12)/3 + (1/18)/2 = 1/18."""
    estimate = auc([2, 4, 5, 3, 1], [True, True, True, False, False])

    assert estimate.value == pytest.approx(5 / 6)
    assert estimate.low == pytest.approx(5 / 6 - 1.959964 * (1 / 18) ** 0.5)
    assert estimate.high == 1  # cut: a chance does not pass 1


def test_a_wider_level_is_a_wider_interval():
    scores, stayed = [2, 4, 5, 3, 1, 6, 0, 3], [1, 1, 0, 0, 0, 1, 0, 1]

    narrow, wide = auc(scores, stayed, level=0.5), auc(scores, stayed, level=0.99)

    assert wide.low < narrow.low < narrow.value < narrow.high < wide.high


SAMPLES = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.booleans()), min_size=4, max_size=40
).filter(lambda rows: 2 <= sum(row[2] for row in rows) <= len(rows) - 2)


@given(SAMPLES)
def test_fast_is_what_slow_says(rows):
    card, signal, stayed = map(list, zip(*rows, strict=True))
    areas, covariance = slowly([card, signal], stayed)
    spread = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]

    verdict = beats(card, signal, stayed)

    assert verdict.card.value == pytest.approx(areas[0], abs=1e-12)
    assert verdict.signal.value == pytest.approx(areas[1], abs=1e-12)
    half = 1.959963984540054 * max(spread, 0) ** 0.5
    assert verdict.difference.low == pytest.approx(max(areas[0] - areas[1] - half, -1), abs=1e-6)
    assert verdict.difference.high == pytest.approx(min(areas[0] - areas[1] + half, 1), abs=1e-6)
    assert auc(card, stayed).value == pytest.approx(areas[0], abs=1e-12)


def test_the_same_score_twice_differs_by_nothing():
    verdict = beats([1, 3, 2, 5, 4], [1, 3, 2, 5, 4], [0, 1, 0, 1, 1])

    assert (verdict.difference.low, verdict.difference.high) == pytest.approx((0, 0), abs=1e-7)
    assert not verdict.beats


def test_better_by_chance_is_not_better():
    draw = np.random.default_rng(4)
    stayed = draw.random(400) < 0.5
    signal = stayed + draw.normal(0, 2, 400)

    assert not beats(signal + draw.normal(0, 0.1, 400), signal, stayed).beats
    assert beats(stayed + draw.normal(0, 0.5, 400), signal, stayed).beats
    assert not beats(signal, stayed + draw.normal(0, 0.5, 400), stayed).beats


def test_the_interval_holds_the_truth_as_often_as_it_says():
    draw = np.random.default_rng(11)
    truth, held = 0.7602499389065233, 0  # Φ(1/√2): two normals, one standard deviation apart
    for _ in range(400):
        stayed = np.arange(200) < 100
        estimate = auc(draw.normal(0, 1, 200) + stayed, stayed)
        held += estimate.low <= truth <= estimate.high

    assert 0.92 <= held / 400 <= 0.98


@pytest.mark.parametrize(
    ("scores", "stayed", "message"),
    [
        ([1, 2, 3], [True, False], "one outcome for each score"),
        ([1, 2, float("nan"), 4], [True, False, True, False], "Some scores are missing"),
        ([1, 2, 3], [True, True, False], "take more days"),
        ([1, 2, 3], [False, False, True], "take more days"),
        ([], [], "take more days"),
    ],
)
def test_no_ranking_no_answer(scores, stayed, message):
    with pytest.raises(CannotCompare, match=message):
        auc(scores, stayed)
