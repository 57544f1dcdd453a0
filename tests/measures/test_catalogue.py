"""Every metric says what it is, and docs/metrics.md says the same."""

import inspect
import re
from dataclasses import fields
from pathlib import Path

import pytest

from holdfast.measures import cohorts, pareto, retention, revenue_retention, signals
from holdfast.measures.catalogue import GROUPS, METRICS, markdown
from holdfast.measures.described import CannotDescribe, describe

PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"
NO_METRICS = {"members", "months_before", "cohort_members"}  # they open a number, or count days


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == markdown(), (
        "Run: python -m holdfast.measures.catalogue > docs/metrics.md"
    )


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_is_complete_and_on_the_page(name):
    metric = METRICS[name]

    assert all(getattr(metric, field.name) for field in fields(metric))
    assert f"### {name}\n" in markdown()
    assert re.search(r"\d", metric.example), "a worked example has numbers"


def test_all_twelve_signals_are_there_in_their_order():
    assert list(METRICS)[:12] == list(signals.SIGNALS) == [
        "revenue", "purchases", "active_months", "months_since_first", "average_check",
        "days_since_purchase", "days_since_purchase_over_gap", "purchase_trend", "returns_share",
        "products_bought", "tenure_days", "attention_minutes",
    ]  # fmt: skip


@pytest.mark.parametrize("module", [cohorts, pareto, retention, revenue_retention])
def test_no_public_measure_is_left_out(module):
    listed = {measure for group in GROUPS.values() for measure in group.values()}
    public = [
        function
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and name not in NO_METRICS
    ]

    assert public
    assert set(public) <= listed


def test_a_measure_that_does_not_say_its_unit_is_refused():
    def loud() -> None:
        """How loud it was.

        Grain: a shout.
        """

    with pytest.raises(CannotDescribe, match=r"unit, edges, source, example .*loud"):
        describe(loud)


def test_a_measure_without_words_is_refused():
    with pytest.raises(CannotDescribe, match="definition"):
        describe(lambda: None)
