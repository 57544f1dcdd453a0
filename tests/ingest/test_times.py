"""Days and times as people write them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.ingest import times

LONDON = ZoneInfo("Europe/London")
moments = st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31))  # noqa: DTZ001
zones = st.sampled_from(
    [
        "UTC",
        "Europe/London",
        "Europe/Chisinau",
        "America/New_York",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
    ]
)


def read(text: str, dates: str = "ymd", zone: ZoneInfo = LONDON) -> datetime | None:
    return times.read(pa.array([text]), dates, zone)[0].as_py()


@given(moments, zones)
def test_a_time_is_on_the_clock_of_the_zone(moment: datetime, name: str) -> None:
    zone = ZoneInfo(name)

    assert read(moment.isoformat(), "ymd", zone) == moment.replace(tzinfo=zone).astimezone(UTC)


@given(moments)
def test_the_order_of_day_and_month_is_the_one_given(moment: datetime) -> None:
    expected = moment.replace(second=0, microsecond=0, tzinfo=UTC)
    utc = ZoneInfo("UTC")

    assert read(f"{moment:%d/%m/%Y %H:%M}", "dmy", utc) == expected
    assert read(f"{moment:%m/%d/%Y %I:%M %p}", "mdy", utc) == expected
    assert read(f"{moment:%d.%m.%y %H:%M}", "dmy", utc) == expected
    assert read(f"{moment:%d %b %Y, %H:%M}", "ymd", utc) == expected


@given(moments, st.integers(-14 * 60, 14 * 60))
def test_an_offset_wins_over_the_zone(moment: datetime, minutes: int) -> None:
    sign, size = ("-" if minutes < 0 else "+"), abs(minutes)
    text = f"{moment:%Y-%m-%d %H:%M:%S}{sign}{size // 60:02}:{size % 60:02}"

    expected = moment.replace(microsecond=0, tzinfo=UTC) - timedelta(minutes=minutes)
    assert read(text) == expected


@given(st.text(max_size=30), st.sampled_from(["ymd", "dmy", "mdy", "excel", "unix"]))
def test_no_text_breaks_the_reading(text: str, dates: str) -> None:
    read(text, dates)


@pytest.mark.parametrize(
    ("text", "dates", "expected"),
    [
        ("2009-12-01 07:45:00", "ymd", "2009-12-01T07:45"),
        ("2010-06-01", "ymd", "2010-05-31T23:00"),
        ("2010-06-01T00:00:00Z", "ymd", "2010-06-01T00:00"),
        ("2010/6/1 9:05", "dmy", "2010-06-01T08:05"),
        ("20100601", "ymd", "2010-05-31T23:00"),
        ("01.06.2010", "dmy", "2010-05-31T23:00"),
        ("1 June 2010", "dmy", "2010-05-31T23:00"),
        ("Jun 1st, 2010 9:00 am", "dmy", "2010-06-01T08:00"),
        ("1 июня 2010", "dmy", "2010-05-31T23:00"),
        ("1 iunie 2010", "dmy", "2010-05-31T23:00"),
        ("2010-01-05 12:30:00.250", "ymd", "2010-01-05T12:30:00.250"),
        ("1/5/2010 12:00 AM", "mdy", "2010-01-05T00:00"),
        ("40148.5", "excel", "2009-12-01T12:00"),
        ("1259653500", "unix", "2009-12-01T07:45"),
        ("1259653500000", "unix", "2009-12-01T07:45"),
    ],
)
def test_what_people_write(text: str, dates: str, expected: str) -> None:
    assert read(text, dates) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("31/02/2020", "dmy"),
        ("29/02/2019", "dmy"),
        ("13/13/2020", "dmy"),
        ("02/13/2020", "dmy"),
        ("13/02/2020", "mdy"),
        ("2020-02-30", "ymd"),
        ("2020-01-01 24:00", "ymd"),
        ("0001-01-01", "ymd"),
        ("2020-01-01 13:00 pm", "ymd"),
        ("soon", "dmy"),
        ("", "dmy"),
        ("1 Foo 2020", "dmy"),
        ("-5", "excel"),
        ("2020-01-01 10:00 +0x", "ymd"),
        ("9" * 13, "unix"),
        ("1e300", "excel"),
    ],
)
def test_what_is_no_day_is_never_guessed(text: str, dates: str) -> None:
    assert read(text, dates) is None


def test_a_time_that_the_clock_skips_goes_on_with_the_offset_before_it() -> None:
    assert read("2010-03-28 01:30") == datetime(2010, 3, 28, 1, 30, tzinfo=UTC)


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert read("2010-10-31 01:30") == datetime(2010, 10, 31, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2020", "25/04/2020"], ("dmy", True)),
        (["03/04/2020", "04/25/2020"], ("mdy", True)),
        (["03/04/2020", "05/06/2020"], (None, False)),
        (["03.04.2020"], ("dmy", True)),
        (["2020-04-03"], ("ymd", True)),
        (["20200403"], ("ymd", True)),
        (["3 Apr 2020"], ("ymd", True)),
        (["43924", "43925.5"], ("excel", True)),
        (["1585872000"], ("unix", True)),
        ([], (None, False)),
    ],
)
def test_the_order_is_what_the_days_show(texts: list[str], order: tuple[str | None, bool]) -> None:
    assert times.order(pa.array(texts, pa.string())) == order
