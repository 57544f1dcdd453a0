"""`holdfast assess`, `accounts` and `segments`: how clients are and how much they matter."""

from datetime import date
from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _
from rich.table import Table

from holdfast.config.commands.shell import Json, day, now, opened, out, print_json, tell

AsOf = Annotated[
    Any,
    typer.Option(
        "--as-of",
        parser=day,
        metavar="DAY",
        help=_("The day to look at, its first moment: 2010-09-01."),
    ),
]


def assess(as_of: AsOf = None, as_json: Json = False) -> None:
    """Score every account."""
    with opened(as_json=as_json):
        from holdfast.access import actors
        from holdfast.assess.scorecards import actions
        from holdfast.know.company import newest
        from holdfast.know.company.models import Company

        at = now()
        company = Company.get()
        made = actions.assess(as_of=as_of or company.as_of(at=at), by=actors.command(), at=at)
        print_json(made.summary) if as_json else _print_summary(made.summary)
        if not (as_of or company.looked_at_on) and (day := newest.fixed_day(company, at=at)):
            _offer(day)


def _offer(day: date) -> None:
    tell(
        _("The records are old: seen from today, every account looks as if it had left."),
        advice=_("`holdfast company --look-at %(day)s` looks at them as of their own time.")
        % {"day": day.isoformat()},
    )


def segments(as_of: AsOf = None, as_json: Json = False) -> None:
    """Count accounts, revenue and attention by segment."""
    with opened(as_json=as_json):
        summary = _looked(as_of).summary
        print_json(summary["segments"]) if as_json else _print_segments(summary)


def accounts(
    as_of: AsOf = None,
    segment: Annotated[
        str | None, typer.Option(help=_("Only this segment: A, B, C, D or unknown."))
    ] = None,
    band: Annotated[
        str | None,
        typer.Option(help=_("Only this band: unhealthy, not_so_healthy, healthy or unknown.")),
    ] = None,
    as_json: Json = False,
) -> None:
    """List accounts with segment, health and what each point is made of."""
    with opened(as_json=as_json):
        from holdfast.assess.scorecards import look, reading

        _must_be_one_of(segment, look.SEGMENTS, "--segment")
        _must_be_one_of(band, look.BANDS, "--band")
        rows = reading.accounts(_looked(as_of), segment=segment, band=band)
        if as_json:
            for row in rows:
                print_json(row)
        else:
            _print_accounts(rows)


def _must_be_one_of(value: str | None, known: tuple[str, ...], option: str) -> None:
    if value is not None and value not in known:
        raise typer.BadParameter(
            _("%(option)s “%(value)s” is not known. Give one of: %(known)s.")
            % {"option": option, "value": value, "known": ", ".join(known)}
        )


def _looked(as_of: Any) -> Any:
    """The last look as of the day; taken now when nobody has looked yet."""
    from holdfast.access import actors
    from holdfast.assess.scorecards import actions, reading
    from holdfast.know.company.models import Company

    at = now()
    asked = as_of or Company.get().as_of(at=at)
    found = reading.latest(asked)
    if found and reading.is_stale(found):
        tell(
            _("Records have come in since these figures. `holdfast assess` brings them up to date.")
        )
    return found or actions.assess(as_of=asked, by=actors.command(), at=at)


def _print_summary(summary: dict[str, Any]) -> None:
    out.print(
        _("%(count)s accounts as of %(day)s.")
        % {"count": f"{summary['accounts']:,}", "day": summary["as_of"]}
    )
    table = Table(box=None, pad_edge=False)
    table.add_column(_("Health"))
    table.add_column(_("Accounts"), justify="right")
    for band, count in summary["bands"].items():
        table.add_row(band.replace("_", " "), f"{count:,}")
    out.print(table)
    _print_segments(summary)


def _print_segments(summary: dict[str, Any]) -> None:
    from holdfast.lib.money import format_minor

    table = Table(box=None, pad_edge=False)
    table.add_column(_("Segment"))
    for title in (_("Accounts"), _("Revenue, 365 days"), _("Share"), _("Attention")):
        table.add_column(title, justify="right")
    for name, row in summary["segments"].items():
        revenue = format_minor(row["revenue_minor"] or 0, summary["currency"], whole=True)
        shares = (row["revenue_share"], row["attention_share"])
        table.add_row(
            name,
            f"{row['accounts']:,}",
            revenue,
            *("–" if s is None else f"{s:.1%}" for s in shares),
        )
    out.print(table)


def _print_accounts(rows: Any) -> None:
    from holdfast.lib.money import format_minor

    table = Table(box=None, pad_edge=False)
    table.add_column(_("Account"))
    table.add_column(_("Seg."))
    table.add_column(_("Health"))
    for title in (_("Score"), _("Could be"), _("Known"), _("Revenue, 365 days")):
        table.add_column(title, justify="right")
    for row in rows:
        low, high = row["range"]
        table.add_row(
            row["name"],
            row["segment"],
            row["band"].replace("_", " "),
            "–" if row["health"] is None else f"{row['health']:.0f}",
            f"{low:.0f}–{high:.0f}",
            f"{row['coverage']:.0%}",
            "–"
            if row["revenue_365_minor"] is None
            else format_minor(row["revenue_365_minor"], row["currency"], whole=True),
        )
    out.print(table)


def add_to(app: typer.Typer) -> None:
    """Add the verbs, each with an example."""
    example = _("Example: %(line)s")
    app.command(epilog=example % {"line": "holdfast assess --as-of 2010-09-01 --json"})(assess)
    app.command(epilog=example % {"line": "holdfast accounts --segment A --band unhealthy"})(
        accounts
    )
    app.command(epilog=example % {"line": "holdfast segments --json"})(segments)
