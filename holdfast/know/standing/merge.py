"""Writing what is thought of all accounts at once."""

import io
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.csv as pv
from django.db import connection, transaction

from holdfast.lib import crash

COLUMNS = (
    "account_id", "as_of", "segment", "segment_score", "segment_low", "segment_high",
    "segment_coverage", "health", "health_low", "health_high", "health_coverage", "band",
    "revenue_365_minor", "last_purchase_on", "signals",
)  # fmt: skip


@transaction.atomic
def replace(batches: Iterable[pa.RecordBatch]) -> None:
    """Let the standing be these rows and no others; rows that stay as they were are not touched."""
    names = ", ".join(COLUMNS)
    changed = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
    old = ", ".join(f"standing_standing.{name}" for name in COLUMNS[1:])
    new = ", ".join(f"excluded.{name}" for name in COLUMNS[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            "create temporary table standing_new (like standing_standing) on commit drop"
        )
        with cursor.copy(f"copy standing_new ({names}) from stdin (format csv)") as copy:
            for batch in batches:
                copy.write(_csv(batch.select(COLUMNS)))
        crash.here("standing.copied")
        cursor.execute(
            f"insert into standing_standing ({names}) select {names} from standing_new"
            # an account deleted meanwhile has no standing
            " where exists (select from accounts_account where id = account_id)"
            f" on conflict (account_id) do update set {changed}"
            f" where ({old}) is distinct from ({new})"
        )
        cursor.execute(
            "delete from standing_standing s where not exists"
            " (select from standing_new n where n.account_id = s.account_id)"
        )
        cursor.execute("drop table standing_new")
        cursor.execute("analyze standing_standing")
    total()


@transaction.atomic
def total() -> None:
    """Count the standing anew, by segment and band."""
    with connection.cursor() as cursor:
        cursor.execute("delete from standing_total")
        cursor.execute(
            "insert into standing_total (segment, band, accounts, revenue_minor)"
            " select segment, band, count(*), sum(revenue_365_minor) from standing_standing"
            " group by segment, band"
        )


def _csv(batch: pa.RecordBatch) -> bytes:
    """The rows as COPY reads them; nulls are empty, text is quoted."""
    out = io.BytesIO()
    pv.write_csv(batch, out, pv.WriteOptions(include_header=False))
    return out.getvalue()
