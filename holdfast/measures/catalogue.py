"""Every metric and what it says of itself: docs/metrics.md is written from here.

python -m holdfast.measures.catalogue > docs/metrics.md
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from holdfast.measures import cohorts, pareto, retention, revenue_retention
from holdfast.measures.described import Description, describe
from holdfast.measures.intervals import wilson
from holdfast.measures.signals import SIGNALS

HEAD = """# Metrics

Every number that Holdfast computes from records, as its own code defines it; written by
`python -m holdfast.measures.catalogue`, so change the docstring and not this page. A day means its
first moment in the company's time zone. What cannot be known is missing, never 0.
"""
GROUPS: dict[str, dict[str, Callable]] = {
    "Keeping customers": {
        "retention": retention.retention,
        "monthly_series": retention.monthly_series,
        "logo_churn": revenue_retention.logo_churn,
        "revenue_movements": revenue_retention.revenue_movements,
        "revenue_retention": revenue_retention.RevenueRates,
        "cohorts": cohorts.cohorts,
        "pooled_cohorts": cohorts.pooled,
        "interval_of_a_share": wilson,
    },
    "Concentration": {
        "pareto_curve": pareto.curve,
        "held_by_top": pareto.held_by_top,
        "accounts_holding": pareto.accounts_holding,
    },
}
METRICS: dict[str, Description] = {name: signal.description for name, signal in SIGNALS.items()} | {
    name: describe(measure) for group in GROUPS.values() for name, measure in group.items()
}


def markdown() -> str:
    """The whole of docs/metrics.md."""
    groups = {"Signals": list(SIGNALS)} | {title: list(group) for title, group in GROUPS.items()}
    parts = [f"## {title}\n\n{_entries(names)}" for title, names in groups.items()]
    return "\n".join([HEAD, *parts])


def _entries(names: list[str]) -> str:
    return "\n".join(_entry(name, METRICS[name]) for name in names)


def _entry(name: str, metric: Description) -> str:
    return f"""### {name}

{metric.definition}

- **Unit:** {metric.unit}
- **Grain:** {metric.grain}
- **Edge cases:** {metric.edges}
- **Source:** {metric.source}
- **Worked example:** {metric.example}
"""


if __name__ == "__main__":  # pragma: no cover
    sys.stdout.write(markdown())
