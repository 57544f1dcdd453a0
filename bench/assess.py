"""A look at 200,000 accounts and 5 million order lines, against the same signals written by hand.

    bin/bench assess [ACCOUNTS] [LINES]

Baselines in the same run, over the same lake files: one hand-written DuckDB query, and pandas.
Each runs in a process of its own, so that its peak memory is its own. The database is made for the
run and dropped after it.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import psycopg
import pyarrow.parquet as pq

from bench.databases import made_for_the_run

DAY = date(2026, 9, 1)
AT = datetime(2026, 11, 23, tzinfo=UTC)
ROUNDS = 3
LIMITS = {"sql": 1.5, "pandas": 10.0, "memory_mb": 4_000}
FILL = """
select setseed(0.5);
insert into accounts_account (external_id, name, sort_key, search_words)
  select i, 'Account ' || i, 'account ' || i, ' account ' || i
  from generate_series(1, {accounts}) i;
insert into orders_order (external_id, account_id, ordered_at)
  select i, 1 + floor({accounts} * power(random(), 1.5)),
    timestamptz '2026-10-01 UTC' - interval '1 day' * (random() * 730)
  from generate_series(1, {orders}) i;
insert into orders_orderline (order_id, product, quantity, unit_price, amount_minor, currency)
  select 1 + (i - 1) / 5, 'P' || floor(random() * 4000), q, p, round(q * p * 100), 'GBP'
  from (select i, case when random() < 0.03 then -1 else 1 + floor(random() * 12) end as q,
    round((0.5 + random() * 40)::numeric, 2) as p from generate_series(1, {lines}) i) made;
analyze;
"""


def fill(url: str, accounts: int, lines: int) -> None:
    """A shop of two years: five lines an order, a few buyers with many orders, many with few."""
    with psycopg.connect(url) as connection:
        connection.execute(FILL.format(accounts=accounts, orders=lines // 5, lines=lines))


def timed(run: Callable[[], Any], rounds: int = ROUNDS) -> float:
    """The median of so many runs, in seconds."""
    taken = []
    for _round in range(rounds):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def ours() -> dict[str, float]:
    """Mirror, signals alone, and the whole look: signals, two cards, history, standing."""
    import django

    django.setup()
    from holdfast.access import actors
    from holdfast.assess.scorecards import actions
    from holdfast.know.company.actions import describe
    from holdfast.know.company.models import Company
    from holdfast.lake import mirror
    from holdfast.measures.signals import wide

    by = actors.job("bench")
    describe(name="", currency="GBP", time_zone="UTC", looked_at_on=DAY, by=by, at=AT)
    mirrored = timed(lambda: mirror.refresh(at=AT), 1)

    def signals() -> None:
        with wide(actions._tables(Company.get()), DAY).cache():  # noqa: SLF001
            pass

    looked = timed(lambda: actions.assess(as_of=DAY, by=by, at=AT))
    return {"mirror": mirrored, "signals": timed(signals), "look": looked}


def by_hand(way: str) -> dict[str, float]:
    """The same signals over the files that the lake lists, as one query or in pandas."""
    import django

    django.setup()
    from bench import signals_baseline
    from holdfast.lake import engine, files, mirror
    from holdfast.lake.models import LakeFile
    from holdfast.measures.schemas import SCHEMAS

    def _empty(name: str) -> str:
        """The company keeps no such records: a file with the columns and no row."""
        path = files.root() / f"{name}-empty.parquet"
        pq.write_table(SCHEMAS[name].to_pyarrow().empty_table(), path)
        return str(path)

    paths = {name: files.paths(LakeFile.objects.of(name)) for name in mirror.SOURCES}
    paths |= {name: [_empty(name)] for name in SCHEMAS if name not in paths}
    if way == "pandas":
        return {way: timed(lambda: signals_baseline.pandas(paths, DAY), 1)}
    con = engine._duckdb().cursor()  # noqa: SLF001 the same threads and memory as ours
    return {way: timed(lambda: signals_baseline.sql(con, paths, DAY).to_arrow_table())}


def child(what: str, env: dict[str, str]) -> dict[str, float]:
    """Run one side in a process of its own; add its peak memory."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.assess", what],
        env=os.environ | env,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def side(what: str) -> None:
    found = ours() if what == "ours" else by_hand(what)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps(found | {"memory_mb": round(peak)}) + "\n")


def main(accounts: int = 200_000, lines: int = 5_000_000) -> None:
    with tempfile.TemporaryDirectory() as home, made_for_the_run("assess") as url:
        env = {"DATABASE_URL": url, "HOLDFAST_HOME": home}
        env["DJANGO_SETTINGS_MODULE"] = "holdfast.config.settings"
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v0"], env=os.environ | env, check=True
        )
        fill(url, accounts, lines)
        mine, sql, pandas = (child(what, env) for what in ("ours", "sql", "pandas"))
    ratios = {
        "signals_to_sql": mine["signals"] / sql["sql"],
        "look_to_sql": mine["look"] / sql["sql"],
    }
    ratios["pandas_to_signals"] = pandas["pandas"] / mine["signals"]
    ratios["pandas_to_look"] = pandas["pandas"] / mine["look"]
    report = {"accounts": accounts, "lines": lines, "ours": mine, "sql": sql, "pandas": pandas}
    report |= {
        "ratios": {name: round(ratio, 2) for name, ratio in ratios.items()},
        "limits": LIMITS,
    }
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    given = sys.argv[1:]
    side(given[0]) if given and not given[0].isdigit() else main(*map(int, given))
