"""Days and times as people write them, as moments."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from holdfast.lib.kinds import MOMENT

_CLOCK = (
    r"(?:(?:T|,?\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d{1,9}))?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?\s*$"
)
_YEAR_FIRST = r"^\s*(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _CLOCK
_COMPACT = r"^\s*(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})" + _CLOCK
_SHORT = r"^\s*(?P<first>\d{1,2})[-/. ](?P<second_>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})" + _CLOCK
_DAY_FIRST = {"dmy": ("first", "second_"), "mdy": ("second_", "first")}
_ST = r"(?:st|nd|rd|th)?"
_NAMED = (
    rf"^\s*(?P<day>\d{{1,2}}){_ST}[-/. ]+(?P<name>\pL{{3,}})\.?,?[-/. ]+(?P<year>\d{{4}}|\d{{2}})"
    + _CLOCK,
    rf"^\s*(?P<name>\pL{{3,}})\.?\s+(?P<day>\d{{1,2}}){_ST},?\s+(?P<year>\d{{4}})" + _CLOCK,
)
_MONTHS = {  # by their first three letters; where these do not tell them apart, by more
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "мая": 5, "май": 5, "июн": 6, "июл": 7, "авг": 8,
    "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
    "ian": 1, "mai": 5, "iun": 6, "iul": 7, "noi": 11,
}  # fmt: skip
_MICROSECONDS = 1_000_000
_QUARTER = 900  # zones change their offset at quarters of an hour
_EARLIEST, _LATEST = 1900, 2200
_EXCEL_DAY_0 = np.datetime64("1899-12-30", "us")
Numbers = NDArray[np.float64]  # NaN where a part is not written
Moments = NDArray[np.datetime64]  # microseconds, NaT where nothing could be read


def read(texts: pa.Array, dates: str, zone: ZoneInfo) -> pa.Array:
    """Moments in UTC; null what is no day, or no day in that order.

    `dates` says whether 03/04 is the 3rd of April ("dmy") or the 4th of March ("mdy"), or that
    numbers count days since 1899-12-30 ("excel") or seconds since 1970 ("unix"). Years come first
    or months have names in any of them. A time without an offset is on the clock of `zone`; one
    that the clock skips in spring counts on with the offset before it, one that comes twice in
    autumn is the first.
    """
    if pa.types.is_null(texts.type):
        return pa.nulls(len(texts), MOMENT)
    distinct = texts.dictionary_encode()
    return _read(distinct.dictionary, dates, zone).take(distinct.indices)


def _read(texts: pa.Array, dates: str, zone: ZoneInfo) -> pa.Array:
    if dates in ("excel", "unix"):
        return _counted(texts, dates, zone)
    naive = np.full(len(texts), np.datetime64("NaT"), "datetime64[us]")
    offset = np.full(len(texts), np.nan)
    short = _DAY_FIRST.get(dates, _DAY_FIRST["dmy"])
    for pattern in (_YEAR_FIRST, _SHORT, _COMPACT, *_NAMED):
        left = np.flatnonzero(np.isnat(naive))
        if not len(left):
            break
        naive[left], offset[left] = _match(texts.take(pa.array(left)), pattern, short)
    return to_utc(naive, zone, offset)


def _match(texts: pa.Array, pattern: str, short: tuple[str, str]) -> tuple[Moments, Numbers]:
    found = pc.extract_regex(texts, pattern)
    part = {found.type.field(i).name: found.field(i) for i in range(found.type.num_fields)}
    present = np.asarray(found.is_valid())
    if "first" in part:
        part["day"], part["month"] = part[short[0]], part[short[1]]
    month = _named_months(part["name"]) if "name" in part else _number(part["month"])
    days = _days(_full_years(part["year"]), month, _number(part["day"]))
    clock = _clock(part)
    naive = days + clock
    naive[~present] = np.datetime64("NaT")
    return naive, _offsets(part["zone"])


def _number(digits: pa.Array) -> Numbers:
    written = pc.if_else(pc.equal(digits, ""), None, digits)
    return written.cast(pa.float64()).to_numpy(zero_copy_only=False).astype(np.float64)


def _true(answers: pa.Array) -> NDArray[np.bool_]:
    return np.asarray(pc.coalesce(answers, pa.scalar(value=False)))


def _full_years(digits: pa.Array) -> Numbers:
    year = _number(digits)
    short = _true(pc.equal(pc.utf8_length(digits), 2))
    return np.where(short, np.where(year >= 69, 1900 + year, 2000 + year), year)


def _named_months(names: pa.Array) -> Numbers:
    numbers = [_MONTHS.get((name or "").lower()[:3], np.nan) for name in names.to_pylist()]
    return np.array(numbers, np.float64)


def _days(year: Numbers, month: Numbers, day: Numbers) -> Moments:
    """Midnights; NaT for a day that no calendar has."""
    real = (
        (year >= _EARLIEST)
        & (year < _LATEST)
        & (month >= 1)
        & (month <= 12)
        & (day >= 1)
        & (day <= 31)
    )
    y, m, d = (np.where(real, part, 1).astype(np.int64) for part in (year, month, day))
    months = ((y - 1970) * 12 + m - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (d - 1)
    real &= days.astype("datetime64[M]") == months  # 31 February would be in March
    return np.where(real, days.astype("datetime64[us]"), np.datetime64("NaT"))


def _clock(part: dict[str, pa.Array]) -> NDArray[np.timedelta64]:
    hour, minute, second = (
        np.nan_to_num(_number(part[name])) for name in ("hour", "minute", "second")
    )
    half = pc.utf8_lower(pc.utf8_slice_codeunits(part["half"], 0, 1))
    am, pm = (_true(pc.equal(half, letter)) for letter in "ap")
    real = (hour < 24) & (minute < 60) & (second < 60) & ~((am | pm) & ((hour < 1) | (hour > 12)))
    hour = np.where(am | pm, hour % 12 + 12 * pm, hour)
    micro = np.nan_to_num(
        _number(pc.utf8_slice_codeunits(pc.utf8_rpad(part["part"], 6, "0"), 0, 6))
    )
    micro = np.where(_true(pc.not_equal(part["part"], "")), micro, 0)
    passed = ((hour * 60 + minute) * 60 + second) * _MICROSECONDS + micro
    return np.where(real, passed.astype("timedelta64[us]"), np.timedelta64("NaT"))


def _offsets(written: pa.Array) -> Numbers:
    """Minutes east of Greenwich, NaN where the text says none."""
    known = {text: _offset(text) for text in written.unique().to_pylist()}
    return np.array([known[text] for text in written.to_pylist()], np.float64)


def _offset(text: str | None) -> float:
    if not text:
        return np.nan
    if text[0] not in "+-":
        return 0.0
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    return float(-minutes if text[0] == "-" else minutes)


def _counted(texts: pa.Array, dates: str, zone: ZoneInfo) -> pa.Array:
    """Times that a program counted: days on the zone's clock (excel), seconds in UTC (unix)."""
    is_number = pc.match_substring_regex(texts, r"^\s*\d{1,13}(\.\d*)?\s*$")
    count = _number(pc.utf8_trim_whitespace(pc.if_else(is_number, texts, "")))
    if dates == "excel":
        return from_days(count, zone)
    seconds = np.where(count > 1e11, count / 1000, count)  # thirteen digits: milliseconds
    known = seconds < 7e9
    micro = np.where(known, np.round(np.where(known, seconds, 0) * 1e6), 0).astype(np.int64)
    moments = np.where(known, micro.astype("datetime64[us]"), np.datetime64("NaT"))
    return _moments(moments)


def from_days(count: Numbers, zone: ZoneInfo) -> pa.Array:
    """Moments of days since 1899-12-30 and parts of them, to the second, as spreadsheets do."""
    known = (count >= 1) & (count < 110_000)
    seconds = np.round(np.where(known, count, 0) * 86_400).astype("timedelta64[s]")
    naive = np.where(known, _EXCEL_DAY_0 + seconds, np.datetime64("NaT"))
    return to_utc(naive, zone)


def to_utc(naive: Moments, zone: ZoneInfo, offset: Numbers | None = None) -> pa.Array:
    """Times on the clock of the zone, or at their own offset (minutes) where they have one."""
    seconds = _zone_offsets(naive, zone)
    if offset is not None:
        seconds = np.where(np.isnan(offset), seconds, offset * 60)
    return _moments(naive - seconds.astype("timedelta64[s]"))


def _zone_offsets(naive: Moments, zone: ZoneInfo) -> Numbers:
    """Seconds east of Greenwich, asked once for each quarter of an hour that occurs."""
    quarters = naive.astype("datetime64[s]").astype(np.int64) // _QUARTER
    distinct, place = np.unique(quarters, return_inverse=True)
    epoch = datetime(1970, 1, 1)  # noqa: DTZ001 (the zone is put on below)
    lowest, highest = -10_000_000 * 86_400 // _QUARTER, 200_000 * 86_400 // _QUARTER
    asked = [
        (epoch + timedelta(seconds=int(quarter) * _QUARTER)).replace(tzinfo=zone).utcoffset()
        if lowest < quarter < highest
        else timedelta(0)
        for quarter in distinct
    ]
    return np.array([(one or timedelta(0)).total_seconds() for one in asked], np.float64)[place]


def _moments(moments: Moments) -> pa.Array:
    return pa.array(moments.astype("datetime64[us]"), pa.timestamp("us")).cast(MOMENT)


def order(texts: pa.Array) -> tuple[str | None, bool]:
    """Which comes first in the days of these texts, and whether it is shown rather than assumed.

    (None, False): nothing but days that read either way, go on looking. Years first, named months
    and counted days show themselves.
    """
    texts = texts.drop_null().unique()
    if not len(texts):
        return None, False
    found = pc.extract_regex(texts, _SHORT)
    if found.null_count == len(texts):
        return _counted_order(texts), True
    first, second = _number(found.field("first")), _number(found.field("second_"))
    day_first = int(np.sum((first > 12) & (second <= 12)))
    month_first = int(np.sum((second > 12) & (first <= 12)))
    if day_first != month_first:
        return ("dmy" if day_first > month_first else "mdy"), True
    if pc.any(pc.match_substring_regex(texts, r"^\s*\d{1,2}\.\d{1,2}\.")).as_py():
        return "dmy", True  # days with dots are written day first everywhere
    return None, False


def _counted_order(texts: pa.Array) -> str:
    is_number = pc.match_substring_regex(texts, r"^\s*\d+(\.\d*)?\s*$")
    if not pc.all(is_number).as_py():
        return "ymd"
    numbers = _number(pc.utf8_trim_whitespace(texts))
    if np.all((numbers > 20_000) & (numbers < 80_000)):
        return "excel"
    return (
        "unix"
        if np.all(numbers > 1e8) and not np.all((numbers > 19e6) & (numbers < 22e6))
        else "ymd"
    )
