"""Import of order lines against a plain COPY of the same lines, already parsed, in the same run.

    bin/bench import_lines [ROWS]

Both fill the same tables with their keys, indexes and triggers, in one transaction each, in a
database made for the run and dropped after it. Peak memory is that of the importing process.
"""

import csv
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from bench.databases import made_for_the_run

ROOT = Path(__file__).parents[1]
TABLES = ("accounts_account", "orders_order", "orders_orderline")
HEADERS = (
    "Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID",
)  # fmt: skip
ROUNDS = 3
LIMIT_RATIO, LIMIT_MB = 4.0, 300


def generate(path: Path, rows: int, seed: int = 1) -> None:
    """A shop's CSV: about 18 lines an order, 5 orders an account, an order in five without one."""
    chance = random.Random(seed)  # noqa: S311
    orders = max(1, rows // 18)
    first = datetime(2024, 1, 1, 8)  # noqa: DTZ001 (the file names no zone)
    with path.open("w", newline="") as out:
        file = csv.writer(out)
        file.writerow(HEADERS)
        customer, at = "", first
        for row in range(rows):
            order = row * orders // rows
            if row % 18 == 0:
                customer = (
                    str(10_000 + chance.randrange(max(1, orders // 5)))
                    if chance.random() > 0.2
                    else ""
                )
                at = first + timedelta(seconds=order * 600)
            if row == 0 or order != (row - 1) * orders // rows:
                buyer, when = customer, at.isoformat(" ")
            product = chance.randrange(4000)
            price = f"{chance.randrange(1, 20_000) / 100:.2f}"
            file.writerow(
                [
                    500_000 + order,
                    f"P{product}",
                    f"Thing no. {product}",
                    chance.randrange(1, 48),
                    when,
                    price,
                    buyer,
                ]
            )


def import_once(path: Path) -> dict[str, Any]:
    """In a child: import the file, and say how long it took and what it held at most."""
    import django

    django.setup()
    from django.core.management import call_command

    from holdfast.access import actors
    from holdfast.ingest import actions

    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    report = actions.import_file(
        path=path,
        kind="order-lines",
        by=actors.job("bench"),
        at=datetime.now(UTC),
        create_accounts=True,
    )
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "peak_mb": peak, "report": report.as_json()}


def in_child(path: Path, url: str, home: str) -> dict[str, Any]:
    given = {
        "DATABASE_URL": url,
        "HOLDFAST_HOME": home,
        "DJANGO_SETTINGS_MODULE": "holdfast.config.settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "bench.import_lines", "--import", str(path)]
    done = subprocess.run(
        command, env=os.environ | given, check=True, stdout=subprocess.PIPE, text=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def copy_out(url: str, folder: Path) -> None:
    """What the import stored, as files for the baseline."""
    with psycopg.connect(url) as connection:
        for table in TABLES:
            query = sql.SQL("COPY (SELECT * FROM {} ORDER BY id) TO STDOUT").format(
                sql.Identifier(table)
            )
            with (folder / table).open("wb") as out, connection.cursor().copy(query) as copy:
                for data in copy:
                    out.write(data)


def empty(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("TRUNCATE accounts_account, orders_order, orders_orderline CASCADE")
        connection.execute("CHECKPOINT")


def copy_in(url: str, folder: Path) -> float:
    """The baseline: three COPYs and a commit."""
    start = time.perf_counter()
    with psycopg.connect(url) as connection:
        for table in TABLES:
            query = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
            with (folder / table).open("rb") as file, connection.cursor().copy(query) as copy:
                while chunk := file.read(1 << 20):
                    copy.write(chunk)
    return time.perf_counter() - start


def measure(rows: int, url: str) -> dict[str, Any]:
    imports, copies = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "lines.csv"
        generate(path, rows)
        for turn in range(ROUNDS):
            if turn:
                empty(url)
            imports.append(in_child(path, url, name))
            if not turn:
                copy_out(url, folder)
                again = in_child(path, url, name)
            empty(url)
            copies.append(copy_in(url, folder))
    seconds = statistics.median(one["seconds"] for one in imports)
    baseline = statistics.median(copies)
    return {
        "rows": rows,
        "import_seconds": round(seconds, 2),
        "copy_seconds": round(baseline, 2),
        "ratio": round(seconds / baseline, 2),
        "again_seconds": round(again["seconds"], 2),
        "peak_mb": round(max(one["peak_mb"] for one in imports)),
        "created": imports[0]["report"]["created"],
    }


def main() -> int:
    if sys.argv[1:2] == ["--import"]:
        print(json.dumps(import_once(Path(sys.argv[2]))))
        return 0
    with made_for_the_run("import") as url:
        figures = measure(int(sys.argv[1]) if sys.argv[1:] else 1_000_000, url)
    print(
        f"{'rows':>12} {'import s':>10} {'COPY s':>10} {'ratio':>8} {'again s':>10} {'peak MB':>9}"
    )
    print(
        f"{figures['rows']:>12,} {figures['import_seconds']:>10} {figures['copy_seconds']:>10}"
        f" {figures['ratio']:>8} {figures['again_seconds']:>10} {figures['peak_mb']:>9}"
    )
    print(json.dumps(figures))
    return 0 if figures["ratio"] <= LIMIT_RATIO and figures["peak_mb"] < LIMIT_MB else 1


if __name__ == "__main__":
    sys.exit(main())
