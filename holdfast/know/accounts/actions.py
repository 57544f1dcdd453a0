"""Receive accounts."""

from collections.abc import Iterable
from datetime import datetime

import pyarrow as pa
from django.db import transaction

from holdfast.facts import Actor, record
from holdfast.know.accounts import merge
from holdfast.lib.kinds import Received

ACCOUNTS = pa.schema([("external_id", pa.string()), ("name", pa.string())])


@transaction.atomic
def receive(*, rows: Iterable[pa.RecordBatch], by: Actor, at: datetime) -> Received:
    """Add the accounts that are new and rename those whose name changed.

    Rows are batches of `ACCOUNTS`. Without a name, a new account is called by its id and a known
    one keeps its own.
    """
    received = merge.merge(rows)
    record("accounts.received", by=by, at=at, **_numbers(received))
    return received


def _numbers(received: Received) -> dict[str, int]:
    return {
        "rows": received.rows,
        "created": received.created["accounts"],
        "updated": received.updated["accounts"],
    }
