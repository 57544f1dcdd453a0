"""Numbers as people write them, as exact decimals."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

import pyarrow as pa
import pyarrow.compute as pc

from holdfast.lib.kinds import NUMBER

# Written so that Arrow reads it alone; the point is the only decimal sign.
_PLAIN = r"^[+-]?(\d{1,14}(\.\d{0,10})?|\.\d{1,10})$"
_COMMA = r"^[+-]?\d{1,14}(,\d{0,10})?$"
_STEP = Decimal("1e-10")
_BOUND = Decimal(10**14)
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’]")
_SIGNS = re.compile(r"^(?:[A-Z]{3}|[€£$¥₽])|(?:[A-Z]{3}|[€£$¥₽]|lei)$")
_GROUPED = {
    sign: re.compile(
        rf"\d{{1,3}}(?:\{other}\d{{3}})+(?:\{sign}\d*)?|\d*(?:\{sign}\d*)?(?:[eE][+-]?\d{{1,3}})?"
    )
    for sign, other in ((".", ","), (",", "."))
}


def read(texts: pa.Array, decimal: str) -> pa.Array:
    """Decimals of ten places, rounded half away from zero; null what is no such number.

    `decimal` is the decimal sign. The other sign counts as thousands only where it stands as
    thousands do, so 1.234,56 read with a decimal point is no number rather than a wrong one.
    """
    if pa.types.is_null(texts.type):
        return pa.nulls(len(texts), NUMBER)
    distinct = texts.dictionary_encode()
    return _read(distinct.dictionary, decimal).take(distinct.indices)


def _read(texts: pa.Array, decimal: str) -> pa.Array:
    if decimal == ",":
        simple = pc.match_substring_regex(texts, _COMMA)
        pointed = pc.if_else(simple, pc.replace_substring(texts, ",", "."), None)
    else:
        simple = pc.match_substring_regex(texts, _PLAIN)
        pointed = pc.if_else(simple, texts, None)
    plain = pointed.cast(NUMBER)
    if pc.all(simple, min_count=0).as_py():
        return plain
    others = [_one(text, decimal) for text in texts.filter(pc.invert(simple)).to_pylist()]
    return pc.replace_with_mask(plain, pc.invert(simple), pa.array(others, NUMBER))


def _one(text: str, decimal: str) -> Decimal | None:
    bare = _SIGNS.sub("", _SPACES.sub("", text)).replace("\N{MINUS SIGN}", "-")
    if bare.startswith("(") and bare.endswith(")"):  # how accountants write what is owed
        bare = "-" + bare[1:-1]
    elif bare.endswith("-"):
        bare = "-" + bare[:-1]
    sign, digits = ("-", bare[1:]) if bare.startswith("-") else ("", bare.removeprefix("+"))
    if not _GROUPED[decimal].fullmatch(_SIGNS.sub("", digits)):
        return None
    digits = (
        _SIGNS.sub("", digits).replace("," if decimal == "." else ".", "").replace(decimal, ".")
    )
    return _kept(sign + digits)


def _kept(text: str) -> Decimal | None:
    """The number in the places that are kept, or None: too large, or no number after all."""
    try:
        number = Decimal(text)
        if not number.is_finite() or abs(number) >= _BOUND:
            return None
        kept = number.quantize(_STEP, ROUND_HALF_UP)
    except InvalidOperation:
        return None
    return kept if abs(kept) < _BOUND else None


def decimal_sign(texts: Iterable[str]) -> str | None:
    """The decimal sign these numbers show, None when they would read either way (1,234 or none)."""
    votes = {".": 0, ",": 0}
    for text in texts:
        if sign := _shown(text):
            votes[sign] += 1
    if votes["."] == votes[","]:
        return None
    return max(votes, key=lambda sign: votes[sign])


def _shown(text: str) -> str | None:
    """1.5 shows a point, 1,234,567 too (a decimal sign comes once), 1.234 shows nothing."""
    signs = [letter for letter in text if letter in ".,"]
    if not signs:
        return None
    last, other = signs[-1], "," if signs[-1] == "." else "."
    if other in signs:
        return last
    if len(signs) > 1:
        return other
    before, after = text.rsplit(last, 1)
    grouped = re.fullmatch(r"\D*[1-9]\d{0,2}", before) and re.fullmatch(r"\d{3}\D*", after)
    return None if grouped else last
