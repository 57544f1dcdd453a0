"""`holdfast company`: whose clients these are."""

from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from holdfast.config.commands.shell import BAD_INPUT, Json, day, fail, now, opened, out, print_json


def company(
    name: Annotated[str | None, typer.Option(help=_("What the company is called."))] = None,
    currency: Annotated[
        str | None, typer.Option(help=_("Its currency, three letters: EUR."))
    ] = None,
    time_zone: Annotated[
        str | None, typer.Option(help=_("Its time zone: Europe/Chisinau."))
    ] = None,
    look_at: Annotated[
        Any,
        typer.Option(parser=day, metavar="DAY", help=_("Look at it as of this day, for old data.")),
    ] = None,
    look_today: Annotated[
        bool, typer.Option("--look-today", help=_("Look at it as of today."))
    ] = False,
    as_json: Json = False,
) -> None:
    """Show or set the company's name, currency, time zone and the day it is looked at."""
    with opened(as_json=as_json):
        from holdfast.access import actors
        from holdfast.know.company import actions
        from holdfast.know.company.models import Company

        it = Company.get()
        if any((name, currency, time_zone, look_at, look_today)):
            try:
                it = actions.describe(
                    name=it.name if name is None else name,
                    currency=currency or it.currency,
                    time_zone=time_zone or it.time_zone,
                    looked_at_on=None if look_today else look_at or it.looked_at_on,
                    by=actors.command(),
                    at=now(),
                )
            except actions.CannotDescribe as error:
                fail(str(error), code=BAD_INPUT, as_json=as_json)
        _print(it, as_json=as_json)


def _print(it: Any, *, as_json: bool) -> None:
    keys = ("name", "currency", "time_zone", "looked_at_on")
    if as_json:
        print_json({key: getattr(it, key) for key in keys})
        return
    for key in keys:
        out.print(f"{key.replace('_', ' '):14} {getattr(it, key) or '–'}")


def add_to(app: typer.Typer) -> None:
    """Add the verb with its example."""
    app.command(
        epilog=_("Example: %(line)s")
        % {"line": "holdfast company --currency GBP --time-zone Europe/London"}
    )(company)
