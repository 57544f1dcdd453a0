"""Files that are broken, and files that only look so."""

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from holdfast.ingest.errors import CannotImport
from holdfast.ingest.options import Options
from holdfast.know.accounts.models import Account
from holdfast.know.orders.models import Order, OrderLine
from tests.ingest.reports import HEADERS, Bring, Write, rejected

GOOD = "1,A,2,2020-01-05,1.50,7"


def test_a_bad_row_never_stops_the_rest(bring: Bring, write: Write) -> None:
    path = write(
        GOOD,
        "2,B,1,31/02/2020,1.00,7",
        "3,C,NaN,2020-01-05,1.00,7",
        "4,D,1,2020-01-05,Infinity,7",
        "5,E,1,2020-01-05,,7",
        ",F,1,2020-01-05,1.00,7",
        "7,G,1,2020-01-05",
        "8,H,1,2020-01-05,0.001,7",
    )

    report = bring(path)

    assert (report.rows_read, report.rows_accepted, report.rows_rejected) == (8, 2, 6)
    assert rejected(report) == [
        ["line", "reason", *HEADERS.split(",")],
        [
            "3",
            "InvoiceDate: “31/02/2020” is no time, read as day/month/year.",
            "2",
            "B",
            "1",
            "31/02/2020",
            "1.00",
            "7",
        ],
        [
            "4",
            "Quantity: “NaN” is no number to count with.",
            "3",
            "C",
            "NaN",
            "2020-01-05",
            "1.00",
            "7",
        ],
        [
            "5",
            "Price: “Infinity” is no number to count with.",
            "4",
            "D",
            "1",
            "2020-01-05",
            "Infinity",
            "7",
        ],
        ["6", "Price is empty.", "5", "E", "1", "2020-01-05", "", "7"],
        ["7", "Invoice is empty.", "", "F", "1", "2020-01-05", "1.00", "7"],
        ["8", "The row has 4 cells, the headers are 6.", "7", "G", "1", "2020-01-05"],
    ]
    assert OrderLine.objects.get(product="H").unit_price == Decimal("0.001")
    assert Path(report.rejected_file).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n\n", "is empty"),
        (HEADERS.encode(), "no rows"),
        (b"PK\x03\x04rest", "XLSX comes in a later version"),
        (b"\xd0\xcf\x11\xe0rest", "XLSX comes in a later version"),
        (b"\x1f\x8b\x08rest", "neither CSV nor Parquet"),
        (b"%PDF-1.7", "neither CSV nor Parquet"),
        (b"a,b\0c,d\n", "neither CSV nor Parquet"),
        (b"PAR1 cut off", "cannot be read"),
        (b"name,town\nAna,Cahul\n", "No column is known for: at, quantity, unit_price"),
        (b"1,A,2,2020-01-05,1.50,7\n2,B,2,2020-01-05,1.50,7\n", "No column is known for"),
    ],
)
def test_what_is_no_file_of_order_lines_is_refused_in_words(
    bring: Bring, write: Write, raw: bytes, words: str
) -> None:
    with pytest.raises(CannotImport, match=words) as refused:
        bring(write(raw=raw))

    assert refused.value.help or words in ("is empty", "no rows")
    assert not OrderLine.objects.exists()


def test_a_missing_file_is_said(bring: Bring, tmp_path: Path) -> None:
    with pytest.raises(CannotImport, match=r"nothing\.csv cannot be read: No such file"):
        bring(tmp_path / "nothing.csv")


def test_without_headers_columns_are_called_by_their_place(bring: Bring, write: Write) -> None:
    path = write(raw=b"1,A,2,2020-01-05,1.50,7\n")
    mapping = {
        "order": "column 1",
        "quantity": "column 3",
        "at": "column 4",
        "unit_price": "column 5",
    }

    report = bring(path, mapping=mapping, options=Options(headers=False))

    assert (report.rows_accepted, report.rows_without_account) == (1, 1)


def test_a_cell_of_100_mb_is_one_bad_row(bring: Bring, write: Write) -> None:
    path = write()
    with path.open("a") as file:
        file.write(GOOD + "\n2,")
        for _ in range(100):
            file.write("x" * (1 << 20))
        file.write(",1,2020-01-05,1.00,7\n3,C,1,2020-01-05,1.00,7\n")

    report = bring(path)

    assert (report.rows_read, report.rows_rejected) == (3, 1)
    assert rejected(report)[1][:2] == ["3", "A cell is longer than 1048576 characters."]
    assert set(Order.objects.values_list("external_id", flat=True)) == {"1", "3"}


def test_a_large_cell_of_parquet_is_one_bad_row(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "large.parquet"
    columns = {
        "order": ["1", "2"],
        "date": ["2020-01-05"] * 2,
        "quantity": [1, 1],
        "price": [1.0, 1.0],
    }
    pq.write_table(pa.table(columns | {"product": ["x" * (2 << 20), "B"]}), path)

    report = bring(path)

    assert (report.rows_accepted, rejected(report)[1][1]) == (
        1,
        "product is longer than 1048576 characters.",
    )


def test_a_quotation_mark_that_is_never_closed_takes_no_memory(bring: Bring, write: Write) -> None:
    rows = [f"{number},A,1,2020-01-05,1.00,7" for number in range(2, 40_000)]

    report = bring(write(GOOD, '1b,"A,1,2020-01-05,1.00,7', *rows))

    assert report.rows_rejected >= 1
    assert report.rows_read == report.rows_accepted + report.rows_rejected
    assert Order.objects.filter(external_id="1").exists()


def test_cells_with_line_ends_and_quotes_keep_their_lines(bring: Bring, write: Write) -> None:
    report = bring(
        write(
            '1,"two\nlines, ""quoted""",2,2020-01-05,1.50,7',
            "",
            ",,,,,",
            '2,7" nail,x,2020-01-05,1,7',
        )
    )

    assert rejected(report)[1][0] == "6"
    assert OrderLine.objects.get().product == 'two\nlines, "quoted"'
    assert report.rows_read == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
def test_encodings_are_recognised(bring: Bring, write: Write, encoding: str) -> None:
    rows = "\r\n".join(
        [
            "Номер заказа;Товар;Количество;Дата;Цена;Клиент",
            *(
                f"{number};Чайник заварочный;2;05.01.2020;1,50;Берёзка и сыновья"
                for number in range(9)
            ),
        ]
    )

    report = bring(write(raw=rows.encode(encoding)))

    assert report.rows_accepted == 9
    assert OrderLine.objects.filter(product="Чайник заварочный", amount_minor=300).count() == 9
    assert Account.objects.get().name == "Берёзка и сыновья"


def test_bytes_of_another_encoding_reject_their_row_where_they_matter(
    bring: Bring, write: Write
) -> None:
    raw = "\n".join(
        ["Invoice,Product,Quantity,Date,Price,Customer,Note"]
        + [f"{number},Café,1,2020-01-05,1,7,naïve" for number in range(5)]
    ).encode()
    raw += "\n8,Café,1,2020-01-05,1,7,\n".encode("cp1252")
    raw += "9,Tea,1,2020-01-05,1,7,naïve\n".encode("cp1252")  # the note is not read

    report = bring(write(raw=raw))

    assert (report.rows_accepted, report.rows_rejected) == (6, 1)
    assert "bytes that are no letters" in rejected(report)[1][1]
    assert any("not UTF-8" in note for note in report.notes)


def test_a_zero_character_and_too_long_an_id_reject_their_row(bring: Bring, write: Write) -> None:
    pad = "x" * 5000  # the first bytes must look like text
    report = bring(
        write(
            GOOD,
            f"2,{pad},1,2020-01-05,1,7",
            "3,A\0B,1,2020-01-05,1,7",
            f"{'4' * 201},A,1,2020-01-05,1,7",
        )
    )

    assert [row[1] for row in rejected(report)[1:]] == [
        "The product is longer than 500 characters.",
        "A cell holds the zero character, which is no text.",
        "The order's id is longer than 200 characters.",
    ]


def test_an_amount_beyond_what_is_kept_rejects_its_row(bring: Bring, write: Write) -> None:
    report = bring(
        write(
            "1,A,99999999999999,2020-01-05,99999999999999,7", "2,A,100000000000000,2020-01-05,1,7"
        )
    )

    assert [row[1] for row in rejected(report)[1:]] == [
        "Quantity × price is more than can be kept.",
        "Quantity: “100000000000000” is no number below 10¹⁴ with “.” as decimal sign.",
    ]


def test_two_columns_of_one_name_stay_two(bring: Bring, write: Write) -> None:
    path = write("1,2020-01-05,2,3,9", headers="order,date,quantity,price,price")

    bring(
        path,
        mapping={"order": "order", "at": "date", "quantity": "quantity", "unit_price": "price (2)"},
    )

    assert OrderLine.objects.get().amount_minor == 1800


def test_types_of_parquet_are_read_as_they_are(bring: Bring, tmp_path: Path) -> None:
    from datetime import UTC, date, datetime

    days = pa.array([datetime(2020, 6, 1, 12, tzinfo=UTC)] * 2, pa.timestamp("ns", "UTC"))
    columns = {
        "order": pa.array([1, 2], pa.int32()),
        "date": days,
        "quantity": pa.array([Decimal("1.5"), Decimal("2.5")]),
        "price": pa.array([0.1, float("nan")]),
        "customer": pa.array([13085.0, None]),
        "product": pa.array(["A", "B"]).dictionary_encode(),
    }
    path = tmp_path / "typed.parquet"
    pq.write_table(pa.table(columns), path)

    report = bring(path)

    order = Order.objects.get()
    assert (order.external_id, order.account.external_id) == ("1", "13085")
    assert order.ordered_at == datetime(2020, 6, 1, 12, tzinfo=UTC)
    assert rejected(report)[1][1] == "price: “nan” is no number to count with."
    pq.write_table(pa.table(columns | {"date": pa.array([date(2020, 6, 1)] * 2)}), path)
    bring(path)
    order.refresh_from_db()
    assert order.ordered_at == datetime(2020, 5, 31, 23, tzinfo=UTC)


def test_a_column_of_lists_is_refused(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "nested.parquet"
    pq.write_table(
        pa.table(
            {
                "order": ["1"],
                "date": ["2020-01-05"],
                "quantity": [1],
                "price": [1],
                "product": [["a"]],
            }
        ),
        path,
    )

    with pytest.raises(CannotImport, match="The column “product” holds list"):
        bring(path)


def test_counted_days_of_parquet_are_read(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "counted.parquet"
    columns = {"order": ["1"], "date": [43835.5], "quantity": [1], "price": [1]}
    pq.write_table(pa.table(columns), path)

    bring(path)

    assert Order.objects.get().ordered_at.isoformat() == "2020-01-05T12:00:00+00:00"


def test_a_column_of_nothing_is_nothing(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "nothing.parquet"
    columns = {"order": ["1"], "date": ["2020-01-05"], "quantity": [1], "price": pa.nulls(1)}
    pq.write_table(pa.table(columns | {"customer": pa.nulls(1)}), path)

    assert rejected(bring(path))[1][1] == "price is empty."


def test_parquet_without_rows_is_refused(bring: Bring, tmp_path: Path) -> None:
    path = tmp_path / "none.parquet"
    pq.write_table(pa.table({"order": pa.array([], pa.string())}), path)

    with pytest.raises(CannotImport, match="has no rows"):
        bring(path)


def test_a_first_line_without_end_is_refused(bring: Bring, write: Write) -> None:
    with pytest.raises(CannotImport, match="too long to name columns"):
        bring(write(raw=b"x" * (3 << 20)))


def test_bytes_that_the_said_encoding_cannot_be_are_refused(bring: Bring, write: Write) -> None:
    with pytest.raises(CannotImport, match="not text in"):
        bring(write("1,A,1,2020-01-05,1.5,7"), options=Options(encoding="utf-32"))
