"""The database: the embedded PostgreSQL server, or yours when DATABASE_URL is set."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from holdfast.config import sockets
from holdfast.config.programs import CannotStart
from holdfast.config.server import NAME, Say, Server, silent

__all__ = ["POOL", "CannotStart", "running", "settings", "url"]

POOL = {"min_size": 1, "max_size": 16, "timeout": 10}  # one for each thread of the web server
DJANGO_NAMES = {
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}


def settings(home: Path) -> dict[str, Any]:
    """What Django needs to reach the database; starts nothing."""
    given = _address(home)
    named = {ours: str(given.pop(theirs, "")) for theirs, ours in DJANGO_NAMES.items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **named,
        "CONN_HEALTH_CHECKS": True,  # a connection from before a restart is not handed out
        "OPTIONS": given,
    }


def url(home: Path) -> str:
    """The same as libpq understands it, for those who connect without Django."""
    return make_conninfo(**_address(home))


@contextmanager
def running(home: Path, *, say: Say = silent) -> Iterator[Server | None]:
    """The server of this home for the length of the block: joined, or started and then stopped.

    Whoever leaves last stops it. With DATABASE_URL there is nothing to start.
    """
    if os.environ.get("DATABASE_URL"):
        yield None
        return
    with _ended_politely(), Server(home, say=say) as server:
        yield server


@contextmanager
def _ended_politely() -> Iterator[None]:
    """Let SIGTERM unwind us like an error, where nobody takes it: no server is left running."""
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _address(home: Path) -> dict[str, Any]:
    given = os.environ.get("DATABASE_URL")
    if not given:
        host = sockets.directory(home / "database" / "socket")
        return {"host": str(host), "port": sockets.PORT, "user": NAME, "dbname": NAME}
    try:
        return {"dbname": NAME, **conninfo_to_dict(given)}
    except ProgrammingError:  # its message may quote the password
        raise CannotStart(
            gettext_lazy(
                "DATABASE_URL cannot be read. Write it as "
                "postgresql://user:password@host:5432/name, with %40 for @ inside the password."
            )
        ) from None
