"""Accounts by the thousand: copied aside, then merged in one statement."""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection

from holdfast.lib.copying import copy_in
from holdfast.lib.kinds import Received
from holdfast.lib.words import search_words, sort_key

_ASIDE = """
DROP TABLE IF EXISTS arriving_account;
CREATE TEMPORARY TABLE arriving_account
    (external_id text, name text, sort_key text, search_words text) ON COMMIT DROP
"""
_COPY = "COPY arriving_account FROM STDIN (FORMAT csv)"
_MERGE = """
WITH arriving AS (
    SELECT DISTINCT ON (external_id) * FROM arriving_account ORDER BY external_id, name NULLS LAST
), renamed AS (
    UPDATE accounts_account known SET
        name = arriving.name, sort_key = arriving.sort_key, search_words = arriving.search_words
    FROM arriving
    WHERE known.external_id = arriving.external_id AND arriving.name <> known.name
    RETURNING known.id
), added AS (
    INSERT INTO accounts_account (external_id, name, sort_key, search_words)
    SELECT external_id, coalesce(name, external_id), sort_key, search_words FROM arriving
    ON CONFLICT (external_id) DO NOTHING
    RETURNING id
)
SELECT (SELECT count(*) FROM arriving), (SELECT count(*) FROM added), (SELECT count(*) FROM renamed)
"""


def merge(rows: Iterable[pa.RecordBatch]) -> Received:
    """Add and rename in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_ASIDE)
        count = sum(copy_in(cursor, _COPY, _folded(batch)) for batch in rows)
        cursor.execute(_MERGE)
        distinct, added, renamed = cursor.fetchone()
        cursor.execute("DROP TABLE arriving_account")
    return Received(
        rows=count,
        created={"accounts": added},
        updated={"accounts": renamed},
        repeated=distinct - added - renamed,
    )


def _folded(batch: pa.RecordBatch) -> pa.Table:
    ids = batch["external_id"].to_pylist()
    names = pc.coalesce(batch["name"], batch["external_id"]).to_pylist()
    return pa.table(
        {
            "external_id": batch["external_id"],
            "name": batch["name"],
            "sort_key": [sort_key(name) for name in names],
            "search_words": [search_words(*pair) for pair in zip(names, ids, strict=True)],
        }
    )
