"""The measure, one hand-written SQL query and pandas say the same, so the bench compares equals."""

import random
from datetime import date, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import duckdb as native
import pyarrow.parquet as pq
import pytest

from holdfast.measures.schemas import SCHEMAS
from holdfast.measures.signals import SIGNALS, wide

DAY = date(2024, 2, 10)
BENCH = Path(__file__).parents[2] / "bench" / "signals_baseline.py"


@pytest.fixture(scope="module")
def baseline():
    spec = spec_from_file_location("signals_baseline", BENCH)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def a_shop_by_chance(company, line, seed):
    pick = random.Random(seed)  # noqa: S311

    def day():
        return DAY - timedelta(days=pick.randint(-5, 700))

    def lines():
        return [
            line(pick.choice([-2, 1, 1, 3, 5]), pick.choice([0.0, -1.0, 2.5, 4.0]),
                 product=pick.choice("abcd"), currency=pick.choice(["GBP", "GBP", "EUR"]))
            for _ in range(pick.randint(0, 4))
        ]  # fmt: skip

    def plan():
        start = day()
        return {
            "account_id": pick.randint(1, 60), "starts_on": start,
            "ends_on": pick.choice([None, start + timedelta(days=pick.randint(-3, 400))]),
            "price_minor": pick.choice([0, 500, 9900]), "billing_months": pick.choice([1, 12]),
            "currency": pick.choice(["GBP", "USD"]), "is_trial": pick.choice([True, False, None]),
        }  # fmt: skip

    return company(
        accounts={account: pick.choice([None, None, day()]) for account in range(1, 61)},
        orders=[(pick.choice([None, *range(1, 41)]), day(), *lines()) for _ in range(300)],
        subscriptions=[plan() for _ in range(30)],
        touches=[(pick.randint(1, 60), day(), pick.choice([None, 5.0])) for _ in range(40)],
        tickets=[(pick.randint(1, 60), day()) for _ in range(10)],
    )


def by_account(rows):
    return {
        row["account_id"]: {name: None if row[name] != row[name] else row[name] for name in SIGNALS}
        for row in rows
    }


@pytest.mark.parametrize("seed", [1, 2, 3, None])
def test_all_three_agree(duckdb, company, line, baseline, tmp_path, same, seed):
    shop = a_shop_by_chance(company, line, seed) if seed else company({1: DAY - timedelta(days=9)})
    paths = {name: [str(tmp_path / f"{name}.parquet")] for name in SCHEMAS}
    for name, (path,) in paths.items():
        pq.write_table(duckdb.connection.to_pyarrow(getattr(shop, name)), path)

    ours = by_account(duckdb.run(wide(shop, DAY)))
    by_hand = by_account(baseline.sql(native.connect(), paths, DAY).to_arrow_table().to_pylist())
    in_pandas = by_account(baseline.pandas(paths, DAY).to_dict("records"))

    assert same(ours, by_hand)
    assert same(ours, in_pandas)
    assert len(ours) >= 1
