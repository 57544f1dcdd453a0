"""What a file leaves unsaid is recognised, or assumed and said."""

from datetime import UTC, datetime

import pytest

from holdfast.ingest import mapping
from holdfast.ingest.errors import CannotImport
from holdfast.ingest.inspection import inspect
from holdfast.ingest.options import Options
from holdfast.know.accounts.models import Account
from holdfast.know.company.models import Company
from holdfast.know.orders.imports import ORDER_LINES
from holdfast.know.orders.models import Order, OrderLine
from tests.ingest.reports import Bring, Write


@pytest.mark.parametrize(
    "headers",
    [
        ["Invoice", "StockCode", "InvoiceDate", "Quantity", "Price", "Customer ID"],
        ["order_id", "sku", "order_date", "qty", "unit_price", "customer_id"],
        ["Номер заказа", "Артикул", "Дата", "Кол-во", "Цена", "Клиент"],
        ["Nr. comandă", "Cod produs", "Data", "Cantitate", "Preț unitar", "Client"],
        ["InvoiceNo", "Stock Code", "INVOICE DATE", "Quantity", "UnitPrice", "CustomerID"],
    ],
)
def test_headers_suggest_the_mapping(headers: list[str]) -> None:
    fields = ["order", "product", "at", "quantity", "unit_price", "account"]

    suggested = mapping.suggest([*headers, "Comment", "Country"], ORDER_LINES)

    assert suggested == dict(zip(fields, headers, strict=True))


@pytest.mark.parametrize(
    ("delimiter", "decimal", "days"),
    [
        (",", ".", ("2020-01-05", "2020-01-25")),
        (";", ",", ("05.01.2020", "25.01.2020")),
        ("\t", ",", ("5/1/2020", "25/1/2020")),
        ("|", ".", ("1/5/2020", "1/25/2020")),
    ],
)
def test_delimiter_decimals_and_days_are_recognised(
    bring: Bring, write: Write, delimiter: str, decimal: str, days: tuple[str, str]
) -> None:
    rows = [["order", "date", "quantity", "price", "product"]]
    rows += [
        [str(number), day, "2", f"1234{decimal}56", "A, B; C"] for number, day in enumerate(days)
    ]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)

    report = bring(write(raw=text.encode()))

    assert (report.rows_accepted, report.notes) == (2, ())
    assert set(OrderLine.objects.values_list("amount_minor", flat=True)) == {246_912}
    assert sorted(Order.objects.values_list("ordered_at", flat=True)) == [
        datetime(2020, 1, 5, tzinfo=UTC),
        datetime(2020, 1, 25, tzinfo=UTC),
    ]


def test_one_late_row_tells_which_comes_first(bring: Bring, write: Write) -> None:
    rows = [f"{number},A,1,03/04/2020,1.5,7" for number in range(30_000)]

    report = bring(write(*rows, "x,A,1,04/25/2020,1.5,7"))

    assert (report.rows_rejected, report.notes) == (0, ())
    assert Order.objects.get(external_id="5").ordered_at == datetime(2020, 3, 4, tzinfo=UTC)


def test_days_that_read_either_way_are_assumed_and_said(bring: Bring, write: Write) -> None:
    path = write("1,A,1,03/04/2020,1.5,7")

    assert bring(path, dry_run=True).notes == (
        "Days like 03/04/2020 are read day first; nothing in the file tells.",
    )
    assert bring(path, options=Options(dates="mdy")).notes == ()
    assert Order.objects.get().ordered_at == datetime(2020, 3, 4, tzinfo=UTC)


def test_decimals_that_read_either_way_are_assumed_and_said(bring: Bring, write: Write) -> None:
    path = write('1,A,1,2020-01-05,"1,234",7')

    (note,) = bring(path, dry_run=True).notes
    assert (
        note == "Numbers like 1,234 are read with “.” as decimal sign; nothing in the file tells."
    )
    bring(path, options=Options(decimal=","))
    assert OrderLine.objects.get().amount_minor == 123


def test_ids_that_a_program_wrote_as_floats_lose_their_point(bring: Bring, write: Write) -> None:
    bring(
        write("1,A,1,2020-01-05,1.5,13085.0", "2,A,1,2020-01-05,1.5,", "3,A,1,2020-01-05,1.5,nan")
    )

    assert Account.objects.get().external_id == "13085"


def test_ids_with_points_stay_as_they_are(bring: Bring, write: Write) -> None:
    bring(write("1,A,1,2020-01-05,1.5,13085.0", "2,A,1,2020-01-05,1.5,C-1"))

    assert set(Account.objects.values_list("external_id", flat=True)) == {"13085.0", "C-1"}


def test_times_are_on_the_clock_that_is_given(bring: Bring, write: Write) -> None:
    bring(write("1,A,1,2020-07-05 12:00,1.5,7"), options=Options(zone="America/New_York"))

    assert Order.objects.get().ordered_at == datetime(2020, 7, 5, 16, tzinfo=UTC)


def test_the_encoding_can_be_said(bring: Bring, write: Write) -> None:
    raw = "order;date;quantity;price;product\n1;2020-01-05;1;2;Ţeavă\n".encode("iso-8859-2")

    bring(write(raw=raw), options=Options(encoding="iso-8859-2"))

    assert OrderLine.objects.get().product == "Ţeavă"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"encoding": "klingon"}, "no encoding"),
        ({"zone": "Mars/Base"}, "no time zone"),
        ({"decimal": ";"}, "cannot be"),
        ({"dates": "dym"}, "cannot be"),
        ({"delimiter": "::"}, "one character"),
        ({"currency": "XXZ"}, "not a currency"),
    ],
)
def test_what_is_said_wrongly_is_refused(said: dict[str, str], words: str) -> None:
    with pytest.raises(CannotImport, match=words):
        Options(**said)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"colour": "Price"}, "no field “colour”"),
        ({"at": "When"}, "no column “When”"),
        ({"at": "InvoiceDate"}, "quantity, unit_price"),
    ],
)
def test_a_mapping_that_fits_nothing_is_refused(
    bring: Bring, write: Write, given: dict[str, str], words: str
) -> None:
    with pytest.raises(CannotImport, match=words):
        bring(write("1,A,1,2020-01-05,1.5,7"), mapping=given)


def test_another_kind_is_refused_with_those_there_are(bring: Bring, write: Write) -> None:
    with pytest.raises(CannotImport, match="Choose one of: order-lines"):
        bring(write("1,A,1,2020-01-05,1.5,7"), kind="unicorns")


def test_a_look_shows_the_first_rows_as_they_will_be_read(company: Company, write: Write) -> None:
    path = write("1,A,2,2010-06-01 09:30,6.950,13085.0", "2,B,two,31/02/2020,1.00,")

    look = inspect(path=path, kind="order-lines")

    assert look.mapping == {
        "order": "Invoice",
        "product": "StockCode",
        "quantity": "Quantity",
        "at": "InvoiceDate",
        "unit_price": "Price",
        "account": "Customer ID",
    }
    assert (look.missing, look.decimal, look.dates, look.zone, look.currency) == (
        [],
        ".",
        "dmy",
        "Europe/London",
        "GBP",
    )
    assert (look.encoding, look.delimiter, look.rows_expected) == ("utf-8", ",", 3)
    first, second = look.preview
    assert {field: cell.read for field, cell in first.cells.items()} == {
        "account": "13085",
        "order": "1",
        "at": "2010-06-01 09:30:00",
        "quantity": "2",
        "unit_price": "6.95",
        "product": "A",
    }
    assert first.problem == ""
    assert second.line == 3
    assert (second.cells["quantity"].written, second.cells["quantity"].read) == ("two", "")
    assert {field for field, cell in second.cells.items() if cell.problem} == {"at", "quantity"}
    assert second.problem


def test_a_look_says_which_fields_nobody_maps(company: Company, write: Write) -> None:
    look = inspect(path=write("1,x", headers="order,colour"), kind="order-lines")

    assert (look.mapping, look.missing) == ({"order": "order"}, ["at", "quantity", "unit_price"])
    assert [row.cells["order"].read for row in look.preview] == ["1"]


def test_decimals_between_semicolons_are_taken_for_commas(bring: Bring, write: Write) -> None:
    (note,) = bring(
        write("1;2020-01-05;1;1,234", headers="order;date;quantity;price"), dry_run=True
    ).notes

    assert note.startswith("Numbers like 1,234 are read with “,” as decimal sign")


def test_days_with_am_or_pm_are_taken_for_american(bring: Bring, write: Write) -> None:
    report = bring(write("1,A,1,03/04/2020 9:30 PM,1.5,7"))

    assert report.notes == (
        "Days like 03/04/2020 9:30 PM are read month first; nothing in the file tells.",
    )
    assert Order.objects.get().ordered_at == datetime(2020, 3, 4, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize(("cell", "words"), [("43835.5", "spreadsheets"), ("1578225600", "1970")])
def test_times_that_were_counted_are_recognised_and_said(
    bring: Bring, write: Write, cell: str, words: str
) -> None:
    (note,) = bring(write(f"1,A,1,{cell},1.5,7")).notes

    assert words in note
    assert Order.objects.get().ordered_at == datetime(2020, 1, 5, 12, tzinfo=UTC)
