"""Writing what is thought of all accounts at once."""

from collections.abc import Iterable

import pyarrow as pa
from django.db import connection, transaction

from holdfast.lib import crash
from holdfast.lib.copying import copy_in

COLUMNS = (
    "account_id", "as_of", "segment", "segment_score", "segment_low", "segment_high",
    "segment_coverage", "health", "health_low", "health_high", "health_coverage", "band",
    "revenue_365_minor", "last_purchase_on", "signals",
)  # fmt: skip
NAMES = ", ".join(COLUMNS)
NEW = ", ".join(f"new.{name}" for name in COLUMNS[1:])
OLD = ", ".join(f"old.{name}" for name in COLUMNS[1:])
GONE = "not exists (select from standing_new new where new.account_id = old.account_id)"
LACKING = "not exists (select from standing_standing old where old.account_id = new.account_id)"
# an account deleted meanwhile has no standing
KNOWN = "exists (select from accounts_account where id = new.account_id)"


@transaction.atomic
def replace(batches: Iterable[pa.RecordBatch]) -> None:
    """Let the standing be these rows and no others; rows that stay as they were are not touched."""
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table standing_new (like standing_standing) on commit drop"
        )
        for batch in batches:
            rows = pa.Table.from_batches([batch.select(COLUMNS)])
            copy_in(cursor, f"copy standing_new ({NAMES}) from stdin (format csv)", rows)
        crash.here("standing.copied")
        cursor.execute("analyze standing_new")
        cursor.execute(f"delete from standing_standing old where {GONE}")
        cursor.execute(
            f"update standing_standing old set ({', '.join(COLUMNS[1:])}) = row({NEW})"
            " from standing_new new"
            f" where new.account_id = old.account_id and ({OLD}) is distinct from ({NEW})"
        )
        cursor.execute(
            f"insert into standing_standing ({NAMES}) select {NAMES} from standing_new new"
            f" where {LACKING} and {KNOWN}"
        )
        cursor.execute("drop table standing_new")
        cursor.execute("analyze standing_standing")
    total()


@transaction.atomic
def total() -> None:
    """Count the standing anew, by segment and band, so that no page has to."""
    with connection.cursor() as cursor:
        cursor.execute("delete from standing_total")
        cursor.execute(
            "insert into standing_total (segment, band, accounts, revenue_minor)"
            " select segment, band, count(*), sum(revenue_365_minor) from standing_standing"
            " group by segment, band"
        )
