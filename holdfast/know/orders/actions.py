"""Receive orders."""

from collections.abc import Iterable, Iterator
from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.utils.translation import gettext as _

from holdfast.facts import Actor, record
from holdfast.know.company.models import Company
from holdfast.know.orders import merge
from holdfast.lib import money
from holdfast.lib.kinds import MOMENT, NUMBER, Received, Sink

LINES = pa.schema(
    [
        ("row", pa.int64()),  # names the line when it is rejected, and says which came first
        ("account", pa.string()),  # null: nobody knows who bought
        ("order", pa.string()),  # null: made from what the line says
        ("at", MOMENT),
        ("quantity", NUMBER),
        ("unit_price", NUMBER),
        ("product", pa.string()),
        ("currency", pa.string()),  # null: the company's
        (
            "problem",
            pa.string(),
        ),  # a line that cannot be taken, and why; it is handed back with the rest
    ]
)
_CODES = pa.array(list(money.KNOWN))
_UNITS = pa.array([10**digits for digits in money.KNOWN.values()], pa.int32())
_LARGEST_MINOR = 9.2e18  # what a bigint holds


@transaction.atomic
def receive(
    *,
    rows: Iterable[pa.RecordBatch],
    by: Actor,
    at: datetime,
    create_accounts: bool = False,
    currency: str | None = None,
    rejected: Sink | None = None,
) -> Received:
    """Take lines, batches of `LINES`, one or a million: all that are good, or on an error none.

    An order owns its lines: naming it replaces them all, unless they are the same already. Its time
    is its earliest line's. It belongs to one account, the one most of its lines name (if as many
    name another, the first); a line that names another is rejected. When no line names one, a known
    order keeps its account. Lines of accounts nobody knows are rejected unless `create_accounts`.
    """
    money.exponent(currency := currency or Company.get().currency)
    received = merge.merge(
        (_checked(batch, currency) for batch in rows),
        currency=currency,
        create_accounts=create_accounts,
        by=by,
        at=at,
        rejected=rejected,
    )
    record("orders.received", by=by, at=at, **_numbers(received))
    return received


def _checked(batch: pa.RecordBatch, currency: str) -> pa.Table:
    """The batch with the minor units of its currency; a line with a problem says nothing else."""
    codes = pc.fill_null(batch["currency"], currency)
    units = _UNITS.take(pc.index_in(codes, _CODES))
    problem = batch["problem"]
    for wrong, words in _problems(batch, codes, units):
        if pc.any(wrong).as_py():
            problem = pc.coalesce(problem, pc.if_else(wrong, words, None))
    columns = {name: batch[name] for name in LINES.names} | {"problem": problem}
    if problem.null_count < len(problem):
        good = pc.is_null(problem)
        bare = {name: pc.if_else(good, batch[name], None) for name in LINES.names[1:-1]}
        columns |= bare
    return pa.table(columns).add_column(len(columns) - 1, "unit", units)


def _problems(
    batch: pa.RecordBatch, codes: pa.Array, units: pa.Array
) -> Iterator[tuple[pa.Array, str | pa.Array]]:
    yield pc.is_null(batch["at"]), _("The line says no time.")
    yield pc.is_null(batch["quantity"]), _("The line says no quantity.")
    yield pc.is_null(batch["unit_price"]), _("The line says no unit price.")
    unknown = _("“%(code)s” is not a currency. Give its three letters, like EUR.")
    before, after = (unknown % {"code": "\0"}).split("\0")
    yield (
        pc.is_null(units),
        pc.binary_join_element_wise(before, pc.utf8_slice_codeunits(codes, 0, 40), after, ""),
    )
    for name, longest, words in (
        ("account", 200, _("The account's id is longer than 200 characters.")),
        ("order", 200, _("The order's id is longer than 200 characters.")),
        ("product", 500, _("The product is longer than 500 characters.")),
    ):
        yield pc.greater(pc.utf8_length(batch[name]), longest), words
        yield (
            pc.match_substring(batch[name], "\0"),
            _("A cell holds the zero character, which is no text."),
        )
    yield _too_large(batch, units), _("Quantity × price is more than can be kept.")


def _too_large(batch: pa.RecordBatch, units: pa.Array) -> pa.Array:
    quantity, price = (
        pc.abs(batch[name].cast(pa.float64())) for name in ("quantity", "unit_price")
    )
    return pc.greater(
        pc.multiply(pc.multiply(quantity, price), units.cast(pa.float64())), _LARGEST_MINOR
    )


def _numbers(received: Received) -> dict[str, int]:
    made = {f"{table}_created": count for table, count in received.created.items()}
    changed = {f"{table}_updated": count for table, count in received.updated.items()}
    counts = {"rows": received.rows, "rejected": received.rejected, "repeated": received.repeated}
    return counts | made | changed
