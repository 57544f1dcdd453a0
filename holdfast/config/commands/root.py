"""All verbs under one name, and the exit code each ends with."""

import typer
from django.utils.translation import gettext as _

from holdfast.config.commands import assessing, companies, imports, proving, running, shell

app = typer.Typer(
    name="holdfast",
    help=_("Keeps a company's key clients: know, listen, assess, act, reward, prove."),
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group in (running, imports, companies, assessing, proving):
    group.add_to(app)


def run(words: list[str]) -> None:
    """Run the verb; 0 done, 1 failed, 2 bad input."""
    try:
        code = app(words, standalone_mode=False)
    except typer.TyperException as error:
        _say(error, as_json="--json" in words)
        raise SystemExit(shell.BAD_INPUT) from None
    except (typer.Abort, KeyboardInterrupt):
        shell.err.print(_("Stopped."))
        raise SystemExit(shell.FAILED) from None
    except BrokenPipeError:  # `holdfast accounts --json | head`
        raise SystemExit(0) from None
    raise SystemExit(code or 0)


def _say(error: typer.TyperException, *, as_json: bool) -> None:
    asked = getattr(error, "ctx", None)
    hint = _("`%(command)s --help` shows an example.") % {
        "command": asked.command_path if asked else "holdfast"
    }
    shell.tell(error.format_message(), advice=hint, as_json=as_json)
