"""The customers behind a number of the page: those who bring most first."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdfast.access.models import Person
from holdfast.know.accounts.models import Account
from holdfast.know.company.models import Company
from holdfast.lib.numbers import counted
from holdfast.prove.retention import findings, report

SIZE = 50


@dataclass(frozen=True)
class Customers:
    """What was asked, cleaned by `SetForm`; which page of the list."""

    asked: dict[str, Any]
    person: Person
    number: str

    @cached_property
    def records(self) -> report.Records:
        return report.read(self.asked["active"])

    @cached_property
    def ids(self) -> list[int]:
        asked = self.asked
        if asked["cohort"]:
            later = asked["how"] == "later"
            return self.records.cohort_members(
                asked["end"], asked["cohort"], asked["period"], or_later=later
            )
        segment = asked["segment"] or None
        return self.records.members(asked["start"], asked["end"], asked["set"], segment)

    @cached_property
    def page(self) -> Page[Account]:
        found = Account.objects.visible_to(self.person).filter(pk__in=self.ids)
        most = F("standing__revenue_365_minor").desc(nulls_last=True)
        listed = found.select_related("standing").order_by(most, "sort_key", "pk")
        return Paginator(listed, SIZE).get_page(self.number)

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def currency(self) -> str:
        return Company.get().currency

    @property
    def headline(self) -> str:
        if self.asked["cohort"]:
            return self._of_cohort()
        words = _said(self.asked["set"], self.count)
        if self.asked["segment"]:
            words = _("%(customers)s, of segment %(segment)s at the start") % {
                "customers": words,
                "segment": findings.segment(self.asked["segment"]),
            }
        return words

    def _of_cohort(self) -> str:
        month, period = date_format(self.asked["cohort"], "F Y"), self.asked["period"]
        if period == 0:
            words = ngettext(
                "%(count)s customer first bought in %(month)s",
                "%(count)s customers first bought in %(month)s",
                self.count,
            )
        elif self.asked["how"] == "later":
            words = ngettext(
                "%(count)s who first bought in %(month)s bought in month %(period)s or later",
                "%(count)s who first bought in %(month)s bought in month %(period)s or later",
                self.count,
            )
        else:
            words = ngettext(
                "%(count)s who first bought in %(month)s bought in month %(period)s after",
                "%(count)s who first bought in %(month)s bought in month %(period)s after",
                self.count,
            )
        return words % {"count": counted(self.count), "month": month, "period": period}

    @property
    def standfirst(self) -> str:
        if self.asked["cohort"]:
            return _("As of %(day)s. Months are calendar months.") % {
                "day": findings.day(self.asked["end"])
            }
        return _("From %(start)s to %(end)s. %(active)s") % {
            "start": findings.day(self.asked["start"]),
            "end": findings.day(self.asked["end"]),
            "active": findings.meant(self.records.active),
        }

    @property
    def shown(self) -> str:
        if not self.count:
            return ""
        return _("%(first)s to %(last)s of %(count)s") % {
            "first": counted(self.page.start_index()),
            "last": counted(self.page.end_index()),
            "count": counted(self.count),
        }

    @property
    def previous(self) -> str:
        return self._at(self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def next(self) -> str:
        return self._at(self.page.next_page_number()) if self.page.has_next() else ""

    def _at(self, number: int) -> str:
        told = {name: value for name, value in self.asked.items() if value not in (None, "")}
        return f"?{urlencode(told | {'page': number})}"


def _said(name: str, count: int) -> str:
    words = {
        "at_start": ngettext(
            "%(count)s customer was active at the start",
            "%(count)s customers were active at the start",
            count,
        ),
        "at_end": ngettext(
            "%(count)s customer was active at the end",
            "%(count)s customers were active at the end",
            count,
        ),
        "kept": ngettext("%(count)s customer was kept", "%(count)s customers were kept", count),
        "lost": ngettext("%(count)s customer was lost", "%(count)s customers were lost", count),
        "won": ngettext("%(count)s customer was won", "%(count)s customers were won", count),
        "won_and_kept": ngettext(
            "%(count)s customer was won and kept",
            "%(count)s customers were won and kept",
            count,
        ),
        "won_and_lost": ngettext(
            "%(count)s customer was won and lost again",
            "%(count)s customers were won and lost again",
            count,
        ),
        "returned": ngettext("%(count)s customer returned", "%(count)s customers returned", count),
    }
    return words[name] % {"count": counted(count)}
