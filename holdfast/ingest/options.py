"""What a person may say about a file, where recognising it is not enough."""

import codecs
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext as _

from holdfast.ingest.errors import CannotImport
from holdfast.lib import money

DECIMALS = (".", ",")
DATES = (
    "ymd",
    "dmy",
    "mdy",
    "excel",
    "unix",
)  # which comes first; days since 1899-12-30; seconds since 1970


@dataclass(frozen=True)
class Options:
    """None: recognise it (the zone and the currency: the company's)."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    dates: str | None = None
    zone: str | None = None
    currency: str | None = None
    headers: bool = True  # False: columns are called “column 1”, “column 2”, …

    def __post_init__(self) -> None:
        self._choose("decimal", self.decimal, DECIMALS)
        self._choose("dates", self.dates, DATES)
        if self.delimiter is not None and (len(self.delimiter) != 1 or self.delimiter in '"\r\n'):
            raise CannotImport(_("The delimiter is one character, like ; or a tab."))
        if self.currency is not None and self.currency not in money.KNOWN:
            raise CannotImport(
                _("“%(code)s” is not a currency. Give its three letters, like EUR.")
                % {"code": self.currency}
            )
        self._find_encoding()
        self._find_zone()

    def _choose(self, name: str, value: str | None, choices: tuple[str, ...]) -> None:
        if value is not None and value not in choices:
            raise CannotImport(
                _("The option %(name)s cannot be “%(value)s”.") % {"name": name, "value": value},
                _("Choose one of: %(choices)s") % {"choices": "  ".join(choices)},
            )

    def _find_encoding(self) -> None:
        try:
            codecs.lookup(self.encoding or "utf-8")
        except LookupError:
            raise CannotImport(
                _("There is no encoding “%(name)s”.") % {"name": self.encoding},
                _("Frequent ones are utf-8, windows-1252, windows-1251, windows-1250."),
            ) from None

    def _find_zone(self) -> None:
        try:
            ZoneInfo(self.zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise CannotImport(
                _("There is no time zone “%(name)s”.") % {"name": self.zone},
                _("Write it as Europe/London."),
            ) from None
