"""What every command needs: the system opened, answers printed, errors said as sentences."""

import contextlib
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Any, NoReturn

import typer
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from holdfast.lib.days import now

__all__ = ["now"]  # the clock, for the commands

FAILED, BAD_INPUT = 1, 2

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)

Json = Annotated[bool, typer.Option("--json", help=_("Answer in JSON, for programs."))]


def day(text: str) -> date:
    """A day as written on the command line."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            _("“%(text)s” is not a day. Write it as 2010-09-01.") % {"text": text}
        ) from None


def tell(error: str, *, advice: str = "", as_json: bool = False) -> None:
    """Say on stderr what went wrong and what to do next."""
    if as_json:
        sys.stderr.write(json.dumps({"error": error, "help": advice}, ensure_ascii=False) + "\n")
    else:
        err.print(f"{error} {advice}".strip(), markup=False)


def fail(error: str, *, advice: str = "", code: int = FAILED, as_json: bool = False) -> NoReturn:
    """Tell, and leave with the code."""
    tell(error, advice=advice, as_json=as_json)
    raise typer.Exit(code)


@contextlib.contextmanager
def opened(*, as_json: bool = False) -> Iterator[None]:
    """The database reachable and up to date for the length of the block."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError

    from holdfast.config import postgres

    try:
        with postgres.running(settings.HOME, say=lambda words: err.print(words, markup=False)):
            call_command("migrate", verbosity=0, interactive=False)
            yield
    except postgres.CannotStart as error:
        fail(str(error), as_json=as_json)
    except BrokenPipeError:
        raise  # whoever read our answer has enough of it
    except OSError as error:
        fail(
            _("A file could not be read or written: %(reason)s.") % {"reason": error},
            advice=_("Nothing was changed. Look at `holdfast doctor`, then run this again."),
            as_json=as_json,
        )
    except OperationalError as error:
        fail(
            _("The database does not answer: %(reason)s.") % {"reason": str(error).strip()},
            advice=_(
                "Nothing was changed. Start it, or look at `holdfast doctor`, and run this again."
            ),
            as_json=as_json,
        )


@contextlib.contextmanager
def progress(words: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar on stderr for long work; silent when not a terminal."""
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,}"),
        TimeRemainingColumn(),
        console=err,
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        task = bar.add_task(words, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def print_json(value: Any) -> None:
    """One JSON value on stdout, whole."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
