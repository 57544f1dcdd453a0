"""Who acts. A Person is an Actor; so are the others, who are named here."""

import getpass
from dataclasses import dataclass

from holdfast.facts import Actor

__all__ = ["STRANGER", "Actor", "Named", "command", "job", "token"]


@dataclass(frozen=True)
class Named:
    """An actor who is not a person with a page: `reference` is what facts keep."""

    reference: str


STRANGER = Named("stranger")  # whoever has not signed in


def command() -> Named:
    """The one who types commands, by the name the machine knows."""
    return Named(f"command:{getpass.getuser()}")


def job(name: str) -> Named:
    """A job that runs by itself, like `nightly`."""
    return Named(f"job:{name}")


def token(token_id: int) -> Named:
    """A program that came with a token."""
    return Named(f"token:{token_id}")
