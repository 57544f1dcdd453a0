"""`holdfast up`, `demo` and `doctor`: the system as a whole."""

from typing import Annotated, Any

import typer
from django.utils.translation import gettext as _

from holdfast.config.commands.shell import FAILED, Json, err, fail, now, opened, out, print_json

Port = Annotated[
    int | None, typer.Option(help=_("Listen here instead of the port in HOLDFAST_URL."))
]


def up(port: Port = None) -> None:
    """Start database, web and worker; Ctrl-C stops them.

    The first start prints a one-time link to create the owner.
    """
    _serve(port, _invite_owner)


def demo(
    port: Port = None,
    clients: Annotated[
        int, typer.Option(help=_("How many clients the simulated wholesaler has."), min=1)
    ] = 400,
) -> None:
    """Start with a simulated wholesaler and print a one-time sign-in link."""

    def fill() -> None:
        from holdfast.access import actors
        from holdfast.demo import actions

        actions.fill(clients=clients, by=actors.command(), at=now(), say=_say)

    _serve(port, _let_demo_owner_in, prepare=fill)


def _serve(port: int | None, greet: Any, prepare: Any = None) -> None:
    from django.conf import settings

    from holdfast.config import postgres, processes

    try:
        processes.run(
            home=settings.HOME, url=settings.URL, port=port, prepare=prepare, ready=greet, say=_say
        )
    except (postgres.CannotStart, processes.CannotServe) as error:
        fail(str(error))


def _say(words: str) -> None:
    err.print(words, markup=False)


def _invite_owner() -> None:
    from holdfast.access import actors, links
    from holdfast.access.models import Person

    if Person.objects.owners().exists():
        _say(_("Holdfast is at %(url)s") % {"url": _site()})
        return
    link = links.issue_welcome(by=actors.command(), at=now())
    out.print(_("Create the owner here, once: %(link)s") % {"link": _site() + link}, markup=False)


def _let_demo_owner_in() -> None:
    from holdfast.access import actors, links
    from holdfast.access.models import Person

    link = links.issue_entry(person=Person.objects.owners().get(), by=actors.command(), at=now())
    out.print(_("Sign in here, once: %(link)s") % {"link": _site() + link}, markup=False)


def _site() -> str:
    from django.conf import settings

    return str(settings.URL)


def doctor(as_json: Json = False) -> None:
    """Check that everything is in order, and say what to do where it is not."""
    with opened(as_json=as_json):
        from holdfast.config import health

        checks = health.checks(at=now())
    well = all(check.well for check in checks)
    if as_json:
        print_json({"well": well, "checks": [check.__dict__ for check in checks]})
    else:
        for check in checks:
            out.print(f"{'✓' if check.well else '✗'} {check.name}: {check.words}", markup=False)
    if not well:
        raise typer.Exit(FAILED)


def add_to(app: typer.Typer) -> None:
    """Add the verbs, each with an example."""
    example = _("Example: %(line)s")
    app.command(epilog=example % {"line": "HOLDFAST_URL=https://keep.example.com holdfast up"})(up)
    app.command(epilog=example % {"line": "holdfast demo --clients 100"})(demo)
    app.command(epilog=example % {"line": "holdfast doctor --json"})(doctor)
