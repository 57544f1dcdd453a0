"""`holdfast retention`: how many customers are kept, in a period, by month and by cohort."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.table import Table

from holdfast.config.commands.shell import Json, day, fail, now, opened, out, print_json

if TYPE_CHECKING:
    from holdfast.measures.active import Active
    from holdfast.measures.retention import Rates
    from holdfast.prove.retention.report import Cohorts, Period, Records

KEPT = {"on": "kept", "on-or-after": "kept_or_later"}
BY = ("segment",)
MINUS = "\N{MINUS SIGN}"

Start = Annotated[
    Any, typer.Option(parser=day, metavar="DAY", help=_("From this day: 2010-06-01."))
]
End = Annotated[
    Any,
    typer.Option(
        parser=day,
        metavar="DAY",
        help=_("Until this day's first moment; the company's day when not given."),
    ),
]
Meaning = Annotated[
    str | None,
    typer.Option(
        "--active",
        metavar="MEANING",
        help=_("Who is active: subscription, or purchase:N, a purchase in the N days before."),
    ),
]
By = Annotated[
    str | None, typer.Option("--by", metavar="segment", help=_("Split by segment at the start."))
]
Monthly = Annotated[
    int | None,
    typer.Option(min=1, max=120, metavar="N", help=_("The last N months, each compared.")),
]
Window = Annotated[
    int,
    typer.Option(min=1, max=120, help=_("With --monthly: follow customers for so many months.")),
]
ByMonth = Annotated[
    str | None,
    typer.Option(
        "--cohorts",
        metavar="HOW",
        help=_(
            "By month of first purchase: on (bought in a month) or on-or-after (in it or later)."
        ),
    ),
]


def retention(
    start: Start = None,
    end: End = None,
    active: Meaning = None,
    by: By = None,
    monthly: Monthly = None,
    window: Window = 1,
    cohorts: ByMonth = None,
    as_json: Json = False,
) -> None:
    """Count customers kept, lost, won and returned between two days."""
    meaning = _meaning(active)
    _check(start, by, monthly, cohorts)
    with opened(as_json=as_json):
        from holdfast.know.company.models import Company
        from holdfast.lake import mirror
        from holdfast.measures.retention import CannotShowRates
        from holdfast.prove.retention import report

        at = now()
        until = end or Company.get().as_of(at=at)
        _must_follow(start, until)
        mirror.refresh(at=at)
        try:
            records = report.read(meaning)
            if cohorts:
                _say_cohorts(records.cohorts(until), cohorts, as_json=as_json)
            elif monthly:
                _say_series(records, until, monthly, window, as_json=as_json)
            else:
                found = records.between(start, until, by_segment=by is not None)
                print_json(told(found)) if as_json else _print_period(found)
        except CannotShowRates as error:
            fail(str(error), as_json=as_json)


def _meaning(text: str | None) -> "Active | None":
    from holdfast.measures.active import LONGEST, CannotReadActive, parse

    try:
        return None if text is None else parse(text)
    except CannotReadActive as error:
        raise typer.BadParameter(
            _(
                "--active “%(text)s” does not say who is active. Write subscription, or purchase:N "
                "with N the days, 1 to %(most)s, like purchase:90."
            )
            % {"text": error.text, "most": LONGEST}
        ) from None


def _check(start: date | None, by: str | None, monthly: int | None, cohorts: str | None) -> None:
    """What was asked is one question, and every word of it is known."""
    if by is not None and by not in BY:
        raise typer.BadParameter(_("--by “%(by)s” is not known. Give segment.") % {"by": by})
    if cohorts is not None and cohorts not in KEPT:
        raise typer.BadParameter(
            _("--cohorts “%(how)s” is not known. Give on or on-or-after.") % {"how": cohorts}
        )
    if sum(asked is not None for asked in (start, monthly, cohorts)) > 1 or (by and not start):
        raise typer.BadParameter(
            _(
                "Ask one thing at a time: --start DAY (with --by segment), --monthly N "
                "or --cohorts HOW."
            )
        )
    if start is None and monthly is None and cohorts is None:
        raise typer.BadParameter(_("Say from which day: --start 2010-06-01."))


def _must_follow(start: date | None, end: date) -> None:
    if start is not None and start >= end:
        raise typer.BadParameter(
            _("The end, %(end)s, must come after the start, %(start)s.")
            % {"start": start, "end": end}
        )


def told(found: "Period") -> dict[str, Any]:
    """docs/contracts/retention.json."""
    days = {"start": found.start, "end": found.end, "active": str(found.active)}
    parts = {name: {**days, **_numbers(rates)} for name, rates in found.segments.items()}
    return {**days, **_numbers(found.rates), **({"segments": parts} if parts else {})}


def _numbers(rates: "Rates") -> dict[str, Any]:
    return {
        **vars(rates),
        "retention_rate": rates.retention_rate,
        "retention_interval": rates.retention_interval,
        "churn_rate": rates.churn_rate,
        "simple_rate": rates.simple_rate,
    }


def _say_series(
    records: "Records", until: date, months: int, window: int, *, as_json: bool
) -> None:
    periods = records.series(until, months, window)
    if not as_json:
        _print_series(periods, window)
    else:
        print_json(
            {
                "end": until,
                "active": str(records.active),
                "window_months": window,
                "known_from": records.known_from,
                "months": [
                    {"start": p.start, "end": p.end, "complete": p.complete, **_numbers(p.rates)}
                    for p in periods
                ],
            }
        )


def _say_cohorts(found: "Cohorts", how: str, *, as_json: bool) -> None:
    if not as_json:
        _print_cohorts(found, how)
    else:
        print_json(
            {
                "until": found.until,
                "period": how,
                "cells": [_cell(cell, how) | _named(cell) for cell in found.cells],
                "pooled": [_cell(cell, how) for cell in found.pooled],
            }
        )


def _cell(cell: dict[str, Any], how: str) -> dict[str, Any]:
    from holdfast.measures.intervals import wilson

    kept = cell[KEPT[how]]
    return {
        "months_later": cell["period"],
        "size": cell["size"],
        "kept": kept,
        "share": cell[f"{KEPT[how]}_share"],
        "interval": wilson(kept, cell["size"]),
    }


def _named(cell: dict[str, Any]) -> dict[str, Any]:
    return {"cohort": f"{cell['cohort']:%Y-%m}", "mature": cell["mature"]}


def _print_period(found: "Period") -> None:
    rates = found.rates
    out.print(_sentence(found))
    out.print()
    _show(_sum(rates))
    out.print(_beside(found))
    if not found.complete:
        out.print(
            _("Records begin too late to know everyone who was active on %(day)s.")
            % {"day": found.start}
        )
    if found.segments:
        out.print()
        out.print(_("By the segment on %(day)s:") % {"day": found.start})
        _show(_segments(found.segments))


def _sentence(found: "Period") -> str:
    rates, between = found.rates, found.rates.retention_interval
    if between is None:
        return _("Nobody was active on %(day)s, so there is no rate.") % {"day": found.start}
    words = ngettext(
        "[bold]%(rate)s kept[/bold]: %(kept)s of the %(count)s customer active on %(start)s still "
        "was on %(end)s (between %(low)s and %(high)s, 95 %% sure).",
        "[bold]%(rate)s kept[/bold]: %(kept)s of the %(count)s customers active on %(start)s still "
        "were on %(end)s (between %(low)s and %(high)s, 95 %% sure).",
        rates.at_start,
    )
    return words % {
        "rate": _percent(rates.retention_rate),
        "kept": f"{rates.kept:,}",
        "count": f"{rates.at_start:,}",
        "start": found.start,
        "end": found.end,
        "low": _percent(between[0]),
        "high": _percent(between[1]),
    }


def _sum(rates: "Rates") -> Table:
    """The identity, written as the sum that it is."""
    stayed = rates.won - rates.won_and_lost
    rows = (
        ("", rates.at_start, _("active at the start")),
        (MINUS, rates.lost, _("lost")),
        (
            "+",
            stayed,
            _("won and kept (%(lost)s more were won and lost)")
            % {"lost": f"{rates.won_and_lost:,}"},
        ),
        ("+", rates.returned, _("returned")),
        ("=", rates.at_end, _("active at the end")),
    )
    table = _table()
    for justify in ("left", "right", "left"):
        table.add_column(justify=justify)
    for sign, count, label in rows:
        if sign == "=":
            table.add_section()
        table.add_row(sign, f"{count:,}", label)
    table.show_header = False
    return table


def _beside(found: "Period") -> str:
    meaning = _("Active means %(active)s.") % {"active": found.active}
    if found.rates.simple_rate is None:
        return meaning
    simple = _(
        "(end %(minus)s won) ÷ start would say %(simple)s: it takes those who returned for kept, "
        "and takes off those won and lost."
    ) % {"minus": MINUS, "simple": _percent(found.rates.simple_rate)}
    return f"{meaning}\n{simple}"


def _segments(parts: "dict[str, Rates]") -> Table:
    table = _table()
    table.add_column(_("Segment"))
    for title in (_("Start"), _("Kept"), _("Lost"), _("Returned"), _("Won"), _("End"), _("Rate")):
        table.add_column(title, justify="right")
    table.add_column(_("Between"))
    for name, rates in parts.items():
        counts = (rates.at_start, rates.kept, rates.lost, rates.returned, rates.won, rates.at_end)
        label = _("no record yet") if name == "none" else name
        table.add_row(label, *(f"{count:,}" for count in counts), *_rate(rates))
    return table


def _print_series(periods: "list[Period]", window: int) -> None:
    table = _table()
    table.add_column(_("From"))
    table.add_column(_("Until"))
    for title in (_("Start"), _("Kept"), _("Lost"), _("Won"), _("Returned"), _("End"), _("Rate")):
        table.add_column(title, justify="right")
    table.add_column(_("Between"))
    for found in periods:
        r = found.rates
        counts = (r.at_start, r.kept, r.lost, r.won, r.returned, r.at_end)
        rate = _rate(r) if found.complete else ("–", "")
        table.add_row(f"{found.start}", f"{found.end}", *(f"{n:,}" for n in counts), *rate)
    out.print(
        ngettext(
            "Customers followed for %(months)s month; active means %(active)s.",
            "Customers followed for %(months)s months; active means %(active)s.",
            window,
        )
        % {"months": window, "active": periods[-1].active}
    )
    _show(table)
    if not all(found.complete for found in periods):
        out.print(_("– where records begin too late to know everyone who was active at the start."))


def _print_cohorts(found: "Cohorts", how: str) -> None:
    if not found.cells:
        out.print(_("No purchases before %(day)s, so there are no cohorts.") % {"day": found.until})
        return
    periods = sorted({cell["period"] for cell in found.cells})
    table = _table()
    table.add_column(_("First bought"))
    table.add_column(_("Customers"), justify="right")
    for period in periods[1:]:
        table.add_column(f"+{period}", justify="right")
    rows: dict[str, dict[int, dict[str, Any]]] = {}
    for cell in found.cells:
        rows.setdefault(f"{cell['cohort']:%Y-%m}", {})[cell["period"]] = cell
    share = f"{KEPT[how]}_share"
    for cohort, cells in rows.items():
        table.add_row(
            cohort, f"{cells[0]['size']:,}", *(_share(cells.get(p), share) for p in periods[1:])
        )
    table.add_section()
    means = {cell["period"]: cell for cell in found.pooled}
    size = f"{means[0]['size']:,}" if means else "–"
    table.add_row(_("All, full months"), size, *(_share(means.get(p), share) for p in periods[1:]))
    out.print(_how(how))
    _show(table)
    out.print(_("* the month is not over, so the share can still grow; left out of the last row."))


def _how(how: str) -> str:
    if how == "on":
        return _("Of those who first bought in a month, how many bought so many months later.")
    return _(
        "Of those who first bought in a month, how many bought so many months later, or after that."
    )


def _share(cell: dict[str, Any] | None, share: str) -> str:
    if cell is None or cell[share] is None:
        return ""
    return f"{cell[share]:.0%}" + ("" if cell.get("mature", True) else "*")


def _rate(rates: "Rates") -> tuple[str, str]:
    between = rates.retention_interval
    if between is None:
        return "–", ""
    return _percent(rates.retention_rate), f"{between[0] * 100:.1f}–{_percent(between[1])}"


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"


def _show(table: Table) -> None:
    """Whole, also where wider than the terminal: a figure cut off is worse than a long line."""
    needed = out.measure(table, options=out.options.update(width=1000)).maximum
    Console(highlight=False, width=max(out.width, needed)).print(table)


def _table() -> Table:
    return Table(box=None, pad_edge=False)


def add_to(app: typer.Typer) -> None:
    """Add the verb with its example."""
    line = "holdfast retention --start 2010-06-01 --end 2010-09-01 --by segment"
    app.command(epilog=_("Example: %(line)s") % {"line": line})(retention)
