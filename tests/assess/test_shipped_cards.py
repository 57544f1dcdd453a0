"""The two cards that ship: what they say of odd accounts, and of a real wholesaler."""

import json
from datetime import date, timedelta
from pathlib import Path

import duckdb
import ibis
import pytest

from holdfast.assess.scorecards.shipped import ABCD, CARDS, HEALTH, LABELS
from holdfast.measures.auc import auc, beats
from holdfast.measures.cards import Card
from holdfast.measures.schemas import ACCOUNTS, ORDER_LINES, ORDERS, Tables, empty
from holdfast.measures.scorecards import score, signals_needed
from holdfast.measures.signals import SIGNALS, wide

RETAIL = Path(__file__).parents[3] / "shared" / "data" / "online_retail_2009_2010.parquet"
DAY = date(2010, 9, 1)
HORIZON = timedelta(days=90)
SINGLE = ("purchases", "active_months", "revenue", "days_since_purchase", "products_bought")
LINES = """
    with numbered as (
        select *, dense_rank() over (order by "Invoice") as order_id,
            "Quantity"::decimal(12, 0) * "Price"::decimal(18, 4) as amount
        from retail
    )
    select row_number() over () as id, order_id, "StockCode" as product,
        "Quantity"::double as quantity, "Price" as unit_price,
        (sign(amount) * floor(abs(amount) * 100 + 0.5))::bigint as amount_minor,
        'GBP' as currency, "Customer ID"::bigint as account_id,
        "InvoiceDate"::timestamp::date as day
    from numbered
"""


def assessed(card, **signals):
    """One account among two ordinary ones, who bring 100 and 300."""
    ordinary = {
        "revenue": 100.0,
        "active_months": 3.0,
        "months_since_first": 6.0,
        "average_check": 50.0,
        "days_since_purchase": 30.0,
        "products_bought": 5.0,
        "attention_minutes": 10.0,
    }
    rows = [ordinary, {**ordinary, "revenue": 300.0}, {**ordinary, **signals}]
    numbered = [{"account_id": position, **row} for position, row in enumerate(rows)]
    schema = {"account_id": "int64"} | dict.fromkeys(ordinary, "float64")
    return (
        score(card, ibis.memtable(numbered, schema=schema))
        .order_by("account_id")
        .to_pyarrow()[-1:]
        .to_pylist()[0]
    )


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_card_asks_only_for_signals_that_exist_and_fits_in_json(card):
    assert set(signals_needed(card)) <= set(SIGNALS)
    assert Card.from_json(json.loads(json.dumps(card.to_json()))) == card


def test_people_can_read_every_name():
    names = {n for card in CARDS.values() for group, m in card for n in (group.name, m.name)}
    names |= {ruling.name for card in CARDS.values() for ruling in card.exceptions}

    assert names == set(LABELS)


@pytest.mark.parametrize("revenue", [0.0, -20.0])
def test_who_brings_no_revenue_is_a_d_however_often_they_buy(revenue):
    row = assessed(ABCD, revenue=revenue, active_months=12.0, months_since_first=12.0)

    assert (row["band"], row["exception"]) == ("D", "brings_no_revenue")
    assert row["buys_a_lot__points"] == 0  # below all who pay: known, not missing


def test_who_only_returned_is_a_d_though_too_little_is_known_for_a_score():
    nothing = dict.fromkeys(("months_since_first", "average_check", "attention_minutes"))

    row = assessed(ABCD, revenue=-20.0, active_months=0.0, **nothing)

    assert (row["band"], row["score"]) == ("D", None)
    assert row["coverage"] == pytest.approx(0.4)


def test_a_company_without_orders_has_no_segments():
    row = assessed(ABCD, **dict.fromkeys(set(signals_needed(ABCD)) - {"attention_minutes"}))

    assert (row["band"], row["exception"], row["coverage"]) == ("unknown", None, 0)


def test_asking_little_attention_is_worth_points():
    much, little = (assessed(ABCD, attention_minutes=minutes) for minutes in (100.0, 1.0))

    assert much["asks_little_attention__points"] < little["asks_little_attention__points"]
    assert much["score"] < little["score"]


def test_without_touches_and_tickets_the_other_three_carry_it():
    row = assessed(ABCD, attention_minutes=None)

    assert row["coverage"] == pytest.approx(0.8)
    assert row["buys_a_lot__weight"] == pytest.approx(0.5)
    assert row["buys_often__weight"] == pytest.approx(0.375)
    assert row["average_check__weight"] == pytest.approx(0.125)


def test_one_purchase_is_enough_for_a_health():
    row = assessed(HEALTH, active_months=1.0, months_since_first=0.0, days_since_purchase=3.0)

    assert row["coverage"] == pytest.approx(1)
    assert row["bought_lately__points"] == 100


def test_who_never_bought_is_unknown_not_unhealthy():
    never = {"months_since_first": None, "days_since_purchase": None, "active_months": 0.0}

    row = assessed(HEALTH, revenue=0.0, products_bought=0.0, **never)

    assert (row["band"], row["score"]) == ("unknown", None)


@pytest.fixture(scope="module")
def retail():
    """The real file as the lake would give it."""
    if not RETAIL.exists():
        pytest.skip(f"{RETAIL.name} is not in ../shared/data")
    with duckdb.connect() as connection:
        connection.read_parquet(str(RETAIL)).create_view("retail")
        lines = ibis.memtable(connection.sql(LINES).to_arrow_table())
    orders = lines.group_by(id=lines.order_id).agg(
        account_id=lines.account_id.max(), ordered_on=lines.day.min()
    )
    ids = lines.select(id="account_id").distinct().filter(ibis._.id.notnull())
    accounts = ids.mutate(
        external_id=ids.id.cast("string"),
        name=ids.id.cast("string"),
        became_client_on=ibis.null("date"),
        left_on=ibis.null("date"),
    )
    return Tables(
        accounts=accounts.cast(ACCOUNTS),
        orders=orders.cast(ORDERS),
        order_lines=lines.select(*ORDER_LINES.names).cast(ORDER_LINES),
        **{name: empty(name) for name in ("subscriptions", "touches", "tickets")},
    )


@pytest.fixture(scope="module")
def signals(retail):
    return ibis.memtable(wide(retail, DAY).to_pyarrow())


@pytest.fixture(scope="module")
def bought(retail, signals):
    """Everyone who ever bought: signals, health, and whether they came back within 90 days."""
    lines = retail.order_lines.filter(ibis._.quantity > 0, ibis._.unit_price > 0)
    orders = retail.orders.semi_join(lines, retail.orders.id == lines.order_id)
    back = orders.filter(
        ibis._.account_id.notnull(), ibis._.ordered_on >= DAY, ibis._.ordered_on < DAY + HORIZON
    )
    table = signals.inner_join(score(HEALTH, signals), "account_id")
    table = table.filter(table.days_since_purchase.notnull())
    columns = [*SINGLE, "score", "band"]
    found = table.select(*columns, stayed=table.account_id.isin(back.account_id)).to_pyarrow()
    return {name: found[name].to_numpy(zero_copy_only=False) for name in found.column_names}


def test_abcd_of_the_real_file(signals):
    scored = score(ABCD, signals).inner_join(signals.select("account_id", "revenue"), "account_id")
    totals = scored.group_by("band").agg(accounts=ibis._.count(), revenue=ibis._.revenue.sum())
    rows = {row["band"]: row for row in totals.to_pyarrow().to_pylist()}
    earned = sum(row["revenue"] for row in rows.values())

    assert {band: row["accounts"] for band, row in rows.items()} == {
        "A": 418,
        "B": 978,
        "C": 1901,
        "D": 96,
    }
    assert {band: round(row["revenue"] / earned, 4) for band, row in rows.items()} == {
        "A": 0.6207,
        "B": 0.2740,
        "C": 0.1222,
        "D": -0.0169,
    }


def test_the_population_is_the_one_that_others_were_measured_on(bought):
    assert len(bought["stayed"]) == 3321
    assert 1 - bought["stayed"].mean() == pytest.approx(0.419, abs=5e-4)
    assert auc(bought["purchases"], bought["stayed"]).value == pytest.approx(0.713, abs=5e-4)
    recency = auc(-bought["days_since_purchase"], bought["stayed"])
    assert recency.value == pytest.approx(0.664, abs=5e-4)


def test_everyone_who_bought_has_a_health(bought):
    assert set(bought["band"]) == {"unhealthy", "not_so_healthy", "healthy"}


def test_health_beats_every_single_signal_on_a_day_it_was_not_made_on(bought):
    """docs/decisions/0004-health-card-for-a-shop.md"""
    turned = {**bought, "days_since_purchase": -bought["days_since_purchase"]}

    verdicts = {
        signal: beats(bought["score"], turned[signal], bought["stayed"]) for signal in SINGLE
    }

    assert all(verdict.beats for verdict in verdicts.values())
    best = verdicts["purchases"]
    assert best.card.value == pytest.approx(0.7344, abs=5e-5)
    assert (best.difference.low, best.difference.high) == pytest.approx((0.0106, 0.0322), abs=5e-5)


def test_on_active_clients_it_is_no_better_than_counting_purchases(bought):
    active = bought["days_since_purchase"] <= HORIZON.days
    score_, purchases, stayed = (bought[name][active] for name in ("score", "purchases", "stayed"))

    verdict = beats(score_, purchases, stayed)

    assert active.sum() == 1936
    assert verdict.card.value == pytest.approx(0.7393, abs=5e-5)
    assert not verdict.beats


@pytest.mark.parametrize(
    ("band", "accounts", "lost"),
    [("unhealthy", 1415, 0.609), ("not_so_healthy", 1216, 0.369), ("healthy", 690, 0.117)],
)
def test_each_better_band_loses_fewer(bought, band, accounts, lost):
    stayed = bought["stayed"][bought["band"] == band]

    assert len(stayed) == accounts
    assert 1 - stayed.mean() == pytest.approx(lost, abs=5e-4)
