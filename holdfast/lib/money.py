"""Money is an integer of minor units with a currency beside it; this is how people read it."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext

# ISO 4217, the currencies in use in 2026: how many digits stand after the point.
_NONE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE = "BHD IQD JOD KWD LYD OMR TND"
_FOUR = "CLF UYW"
_TWO = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE
CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD
HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK
MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD
RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
"""
KNOWN: dict[str, int] = {
    code: digits
    for digits, codes in ((0, _NONE), (2, _TWO), (3, _THREE), (4, _FOUR))
    for code in codes.split()
}
_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
_MINUS, _NO_BREAK = "\N{MINUS SIGN}", "\N{NO-BREAK SPACE}"
_MILLION, _BILLION = Decimal(10**6), Decimal(10**9)


class UnknownCurrency(ValueError):
    """The message names what was given and what is expected."""


def exponent(currency: str) -> int:
    """How many digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD."""
    try:
        return KNOWN[currency]
    except KeyError:
        raise UnknownCurrency(
            gettext("%(currency)s is not a currency. Give its three letters, like EUR.")
            % {"currency": currency or "“”"}
        ) from None


def format_minor(
    amount_minor: int,
    currency: str,
    language: str | None = None,
    *,
    whole: bool = False,
    compact: bool = False,
) -> str:
    """The amount as people of the language (else the active one) write it: £1,234.50.

    `whole` rounds to whole units; `compact` also to millions (£9.5 M), for headlines and axes.
    """
    amount = Decimal(amount_minor).scaleb(-exponent(currency))
    with translation.override(language or translation.get_language()):
        if compact and abs(amount) >= _MILLION:
            number = _short(abs(amount))
        else:
            number = _long(abs(amount), 0 if whole or compact else exponent(currency))
        written = _with_currency(number, currency)
    shows = any(digit in written for digit in "123456789")  # nobody owes −£0
    return (_MINUS if amount < 0 and shows else "") + written.replace(" ", _NO_BREAK)


def _long(amount: Decimal, digits: int) -> str:
    rounded = amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return number_format(rounded, digits, use_l10n=True, force_grouping=True)


def _short(amount: Decimal) -> str:
    if amount < Decimal("999.95") * _MILLION:
        return pgettext("millions", "%(number)s M") % {"number": _long(amount / _MILLION, 1)}
    return pgettext("billions", "%(number)s bn") % {"number": _long(amount / _BILLION, 1)}


def _with_currency(number: str, currency: str) -> str:
    """The symbol where it means one currency, else the code, on the side the language puts it."""
    symbol = _SYMBOLS.get(currency)
    if symbol:
        # Translators: an amount with a currency symbol, like £1,234 or 1 234 £.
        return pgettext("symbol", "%(symbol)s%(number)s") % {"symbol": symbol, "number": number}
    return f"{number} {currency}"
