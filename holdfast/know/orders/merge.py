"""Orders by the million: copied aside, then merged a statement a step."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.db import connection
from django.utils.translation import gettext as _

from holdfast.facts import Actor
from holdfast.know.accounts import actions as accounts
from holdfast.lib import crash
from holdfast.lib.copying import copy_in
from holdfast.lib.kinds import Received, Sink

_CHUNK = 10_000  # rows that Python holds at once where it must see them

_ASIDE = """
SET LOCAL work_mem = '64MB';
DROP TABLE IF EXISTS arriving_line, arriving_order;
CREATE TEMPORARY TABLE arriving_line (
    row bigint, account text, "order" text, at timestamptz, quantity numeric(24, 10),
    unit_price numeric(24, 10), product text, currency text, unit integer, problem text
) ON COMMIT DROP
"""
_COPY = "COPY arriving_line FROM STDIN (FORMAT csv)"
# One receiving at a time: of two equal files at once, the second finds everything there already.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('orders.receive'))"

# A line without an order is one of its own, known again by what it says and which it is.
_NAME_ORDERS = """
UPDATE arriving_line line SET "order" = named.id
FROM (
    SELECT row, said || '-' || (row_number() OVER (PARTITION BY said ORDER BY row) - 1) AS id
    FROM (
        SELECT row, md5(jsonb_build_array(
            account, extract(epoch FROM at), quantity, unit_price, product, currency)::text) AS said
        FROM arriving_line WHERE "order" IS NULL AND problem IS NULL
    ) lines
) named
WHERE line.row = named.row
"""
_ONE_ACCOUNT_AN_ORDER = """
WITH torn AS (
    SELECT "order" FROM arriving_line WHERE problem IS NULL
    GROUP BY "order" HAVING min(account) <> max(account)
), owner AS (
    SELECT DISTINCT ON ("order") "order", account FROM arriving_line JOIN torn USING ("order")
    WHERE problem IS NULL AND account IS NOT NULL
    GROUP BY "order", account ORDER BY "order", count(*) DESC, min(row)
)
UPDATE arriving_line line SET problem = format(%s, line."order", owner.account)
FROM owner
WHERE line."order" = owner."order" AND line.account <> owner.account AND line.problem IS NULL
"""
_UNKNOWN = """
account IS NOT NULL AND problem IS NULL AND NOT EXISTS (
    SELECT FROM accounts_account WHERE external_id = account)
"""
_REJECT_UNKNOWN = f"UPDATE arriving_line SET problem = format(%s, account) WHERE {_UNKNOWN}"
_NEW_ACCOUNTS = (
    f"SELECT account FROM arriving_line WHERE {_UNKNOWN} GROUP BY account ORDER BY min(row)"
)

_ORDERS = """
CREATE TEMPORARY TABLE arriving_order ON COMMIT DROP AS
SELECT
    coalesce(known.id, nextval(pg_get_serial_sequence('orders_order', 'id'))) AS id,
    known.id IS NULL AS is_new,
    arriving.external_id,
    coalesce(account.id, known.account_id) AS account_id,
    arriving.ordered_at,
    coalesce(account.id, known.account_id) IS DISTINCT FROM known.account_id
        OR arriving.ordered_at <> known.ordered_at AS moved,
    false AS differs,
    line_count
FROM (
    SELECT "order" AS external_id, max(account) AS account, min(at) AS ordered_at,
        count(*) AS line_count, min(row) AS first_row
    FROM arriving_line WHERE problem IS NULL GROUP BY "order"
) arriving
LEFT JOIN orders_order known ON known.external_id = arriving.external_id
LEFT JOIN accounts_account account ON account.external_id = arriving.account
ORDER BY first_row
"""
_COMPARE = """
UPDATE arriving_order SET differs = true WHERE id IN (
    SELECT id FROM (
        SELECT o.id, coalesce(product, '') AS product, quantity, unit_price,
            coalesce(currency, %s) AS currency, count(*) AS times
        FROM arriving_line line JOIN arriving_order o ON o.external_id = line."order"
        WHERE line.problem IS NULL AND NOT o.is_new
        GROUP BY 1, 2, 3, 4, 5
    ) arriving FULL JOIN (
        SELECT o.id, product, quantity, unit_price, currency, count(*) AS times
        FROM orders_orderline line JOIN arriving_order o ON o.id = line.order_id
        WHERE NOT o.is_new
        GROUP BY 1, 2, 3, 4, 5
    ) known USING (id, product, quantity, unit_price, currency, times)
    WHERE arriving.quantity IS NULL OR known.quantity IS NULL
)
"""
_ADD_ORDERS = """
INSERT INTO orders_order (id, external_id, account_id, ordered_at)
SELECT id, external_id, account_id, ordered_at FROM arriving_order WHERE is_new
"""
_MOVE_ORDERS = """
UPDATE orders_order known SET account_id = arriving.account_id, ordered_at = arriving.ordered_at
FROM arriving_order arriving
WHERE known.id = arriving.id AND NOT arriving.is_new AND arriving.moved
"""
_DROP_LINES = """
DELETE FROM orders_orderline line USING arriving_order o WHERE o.id = line.order_id AND o.differs
"""
_ADD_LINES = """
INSERT INTO orders_orderline (order_id, product, quantity, unit_price, amount_minor, currency)
SELECT o.id, coalesce(product, ''), quantity, unit_price, round(quantity * unit_price * unit),
    coalesce(currency, %s)
FROM arriving_line line JOIN arriving_order o ON o.external_id = line."order"
WHERE line.problem IS NULL AND (o.is_new OR o.differs)
"""
_COUNT = """
SELECT
    count(*) FILTER (WHERE is_new),
    count(*) FILTER (WHERE NOT is_new AND (moved OR differs)),
    coalesce(sum(line_count) FILTER (WHERE is_new), 0)::bigint,
    coalesce(sum(line_count) FILTER (WHERE differs), 0)::bigint,
    coalesce(sum(line_count) FILTER (WHERE NOT is_new AND NOT differs), 0)::bigint
FROM arriving_order
"""
_WITHOUT_ACCOUNT = """
SELECT code, count(*), sum(amount) FROM (
    SELECT coalesce(currency, %(currency)s) AS code, round(quantity * unit_price * unit) AS amount
    FROM arriving_line line JOIN arriving_order o ON o.external_id = line."order"
    WHERE line.problem IS NULL AND line.account IS NULL AND o.account_id IS NULL
) lines
GROUP BY code ORDER BY code = %(currency)s DESC, count(*) DESC
"""
_REJECTED = "SELECT row, problem FROM arriving_line WHERE problem IS NOT NULL ORDER BY row"


def merge(
    batches: Iterable[pa.Table],
    *,
    currency: str,
    create_accounts: bool,
    by: Actor,
    at: datetime,
    rejected: Sink | None,
) -> Received:
    """Merge in the caller's transaction."""
    with connection.cursor() as cursor:
        rows = _copy(cursor, batches)
        crash.here("orders.copied")
        cursor.execute(_ONE_AT_A_TIME)
        _settle_orders(cursor)
        accounts_created = _settle_accounts(cursor, create=create_accounts, by=by, at=at)
        crash.here("orders.accounts")
        cursor.execute(_ORDERS)
        _store(cursor, currency)
        crash.here("orders.stored")
        received = _count(cursor, rows, accounts_created, currency)
        if rejected and received.rejected:
            rejected(_stream(_REJECTED))
        cursor.execute("DROP TABLE arriving_line, arriving_order")
    return received


def _copy(cursor: Any, batches: Iterable[pa.Table]) -> int:
    cursor.execute(_ASIDE)
    rows = sum(copy_in(cursor, _COPY, batch) for batch in batches)
    cursor.execute("ANALYZE arriving_line")
    return rows


def _settle_orders(cursor: Any) -> None:
    cursor.execute(_NAME_ORDERS)
    words = _(
        "Order %(order)s is of account %(account)s, by most of its lines or the first of them."
    )
    cursor.execute(_ONE_ACCOUNT_AN_ORDER, [words % {"order": "%1$s", "account": "%2$s"}])


def _settle_accounts(cursor: Any, *, create: bool, by: Actor, at: datetime) -> int:
    """Create the accounts that nobody knows yet, or reject their lines; how many were created."""
    if not create:
        words = _("No account has the id %(account)s. Import with --create-accounts to create it.")
        cursor.execute(_REJECT_UNKNOWN, [words % {"account": "%1$s"}])
        return 0
    cursor.execute(f"SELECT EXISTS (SELECT FROM arriving_line WHERE {_UNKNOWN})")
    if not cursor.fetchone()[0]:
        return 0
    received = accounts.receive(rows=_new_accounts(), by=by, at=at)
    return received.created["accounts"]


def _new_accounts() -> Iterator[pa.RecordBatch]:
    ids: list[str] = []
    for (external_id,) in _stream(_NEW_ACCOUNTS):
        ids.append(external_id)
        if len(ids) == _CHUNK:
            yield _unnamed(ids)
            ids = []
    if ids:
        yield _unnamed(ids)


def _unnamed(ids: list[str]) -> pa.RecordBatch:
    columns = [pa.array(ids, pa.string()), pa.nulls(len(ids), pa.string())]
    return pa.record_batch(columns, schema=accounts.ACCOUNTS)


def _store(cursor: Any, currency: str) -> None:
    cursor.execute("SELECT EXISTS (SELECT FROM arriving_order WHERE NOT is_new)")
    if cursor.fetchone()[0]:
        cursor.execute(_COMPARE, [currency])
        cursor.execute(_MOVE_ORDERS)
        cursor.execute(_DROP_LINES)
    cursor.execute(_ADD_ORDERS)
    cursor.execute(_ADD_LINES, [currency])


def _count(cursor: Any, rows: int, accounts_created: int, currency: str) -> Received:
    cursor.execute("SELECT count(*) FROM arriving_line WHERE problem IS NOT NULL")
    (rejected,) = cursor.fetchone()
    cursor.execute(_COUNT)
    orders_new, orders_changed, lines_new, lines_changed, repeated = cursor.fetchone()
    cursor.execute(_WITHOUT_ACCOUNT, {"currency": currency})
    unowned = cursor.fetchall()
    return Received(
        rows=rows,
        rejected=rejected,
        without_account=sum(count for _code, count, _amount in unowned),
        amount_without_account_minor=int(unowned[0][2]) if unowned else 0,
        created={"accounts": accounts_created, "orders": orders_new, "order_lines": lines_new},
        updated={"accounts": 0, "orders": orders_changed, "order_lines": lines_changed},
        repeated=repeated,
    )


def _stream(query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of the query, a chunk at a time, while other statements run beside it."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows
