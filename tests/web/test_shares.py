"""Revenue against attention: the best segment leads, and what nobody recorded is no zero."""

from types import SimpleNamespace

from holdfast.ui.charts import Box
from holdfast.web import shares


def look(**segments: tuple[int, float | None, float | None]) -> SimpleNamespace:
    """Accounts, revenue share and attention share by segment; nobody in the others."""
    everyone = dict.fromkeys(("A", "B", "C", "D", "unknown"), (0, None, None)) | segments
    named = {
        name: {
            "accounts": accounts,
            "revenue_minor": 0 if revenue is None else round(revenue * 1000),
            "revenue_share": revenue,
            "attention_share": attention,
        }
        for name, (accounts, revenue, attention) in everyone.items()
    }
    return SimpleNamespace(summary={"segments": named})


def boxes(figure: shares.Shares, kind: str) -> list[Box]:
    return [m for m in figure.chart.plots[0].marks if isinstance(m, Box) and m.kind == kind]


def test_both_halves_are_told_when_both_are_known():
    figure = shares.of(look(A=(12, 0.70, 0.23), B=(25, 0.30, 0.77)))

    assert figure.title == "A clients bring 70% of your revenue and get 23% of your time"
    assert boxes(figure, "hatch") == []


def test_unrecorded_attention_is_hatched_and_said():
    figure = shares.of(look(A=(12, 0.70, None), B=(25, 0.30, None)))

    assert figure.title.endswith("nobody recorded what time they get")
    assert len(boxes(figure, "hatch")) == 1


def test_without_an_a_the_next_segment_leads():
    figure = shares.of(look(B=(3, 0.87, None), C=(1, 0.13, None)))

    assert figure.title.startswith("B clients bring 87% of your revenue")


def test_without_revenue_there_is_no_drawing():
    figure = shares.of(look(D=(2, None, None)))

    assert figure.title == "There is no revenue of known segments to share out"
    assert figure.chart is None


def test_shares_beside_a_negative_one_do_not_leave_the_page():
    figure = shares.of(look(A=(1, 0.8, None), B=(1, 0.4, None), D=(1, -0.2, None)))

    widths = [float(boxes(figure, f"seg-{name}")[0].width.rstrip("%")) for name in "ab"]

    assert sum(widths) <= 100.01
    assert [row.revenue_share for row in figure.rows][3] == -0.2
