"""The two cards every company starts with. A company's own versions are stored as JSON.

Why these measures and weights: docs/decisions/0004-health-card-for-a-shop.md.
"""

from django.utils.translation import gettext_lazy as _

from holdfast.measures.cards import Band, Card, Group, Measure, Ruling
from holdfast.measures.points import Linear, Percentile

ABCD = Card(
    name="abcd",
    groups=(
        Group(
            "worth",
            80,
            (
                Measure("buys_a_lot", "revenue", 40, Percentile(among="paying")),
                Measure("buys_often", "buying_rhythm", 30, Linear(0, 100)),
                Measure("average_check", "average_check", 10, Percentile(among="paying")),
            ),
        ),
        Group(
            "effort",
            20,
            (
                Measure(
                    "asks_little_attention",
                    "attention_per_revenue",
                    20,
                    Percentile(among="paying", reverse=True),
                ),
            ),
        ),
    ),
    bands=(Band("C", 0), Band("B", 50), Band("A", 75)),
    exceptions=(Ruling("brings_no_revenue", "revenue", "D", at_most=0),),
)

HEALTH = Card(
    name="health",
    groups=(
        Group(
            "habit",
            60,
            (
                Measure("keeps_buying", "buying_rhythm", 40, Linear(0, 100)),
                Measure("bought_lately", "days_since_purchase", 20, Linear(365, 30)),
            ),
        ),
        Group(
            "depth",
            40,
            (
                Measure("spends", "revenue", 25, Percentile(among="paying")),
                Measure("buys_widely", "products_bought", 15, Percentile(among="paying")),
            ),
        ),
    ),
    bands=(Band("unhealthy", 0), Band("not_so_healthy", 45), Band("healthy", 70)),
)

CARDS = {"health": HEALTH, "abcd": ABCD}

# What people read for the names above; a company's own measure without an entry shows its name.
LABELS = {
    "worth": _("What they are worth"),
    "effort": _("What they ask of us"),
    "buys_a_lot": _("Buys a lot"),
    "buys_often": _("Buys often"),
    "average_check": _("Average check"),
    "asks_little_attention": _("Asks little attention"),
    "brings_no_revenue": _("Brings no revenue"),
    "habit": _("Habit"),
    "depth": _("Depth"),
    "keeps_buying": _("Buys in most months"),
    "bought_lately": _("Bought lately"),
    "spends": _("Spends, compared with others"),
    "buys_widely": _("Range of products, compared with others"),
}
