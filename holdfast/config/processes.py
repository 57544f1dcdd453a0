"""The processes of `holdfast up`: the database, the web server and the worker."""

import errno
import http.client
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from django.core.management import call_command
from django.db import connections
from django.utils.translation import gettext as _

from holdfast.config import postgres
from holdfast.config.children import Child
from holdfast.config.server import Say, Server, silent

LOCALHOST = "127.0.0.1"
STEP = 0.1  # seconds between two looks at the children
LOOK = 2.0  # seconds between two looks at the database
ATTEMPTS = 3  # so often may a child fail before the web server has ever answered
GRACE = 20  # seconds that running jobs and requests have to end

WEB = [
    *("-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
    *("--workers", "1", "--blocking-threads", "16", "--backpressure", "64"),
    *("--workers-kill-timeout", "10", "--log-level", "error"),
]
WORKER = [  # four jobs at once, so that a long import does not hold up mail
    *("-m", "django", "procrastinate", "worker", "--concurrency", "4"),
    *("--shutdown-graceful-timeout", str(GRACE)),
    *("--delete-jobs", "successful"),  # what was done is a fact; the queue keeps what failed
]


class CannotServe(Exception):
    """Nothing runs; the message tells the person why and what to do next."""


class _Told(BaseException):
    """Somebody asked us to stop before everything was up."""


def run(
    *,
    home: Path,
    url: str,
    port: int | None = None,
    host: str = LOCALHOST,
    prepare: Callable[[], None] | None = None,
    ready: Callable[[], None] | None = None,
    say: Say = silent,
) -> None:
    """Serve until Ctrl-C or SIGTERM, then stop everything, the database last.

    `prepare` runs once the tables are there, `ready` once the web server answers.
    """
    port = port or urlsplit(url).port or 8000
    with _Stop() as stop, suppress(_Told):
        _check_free(host, port)
        with postgres.running(home, say=say) as server:
            _set_up(say)
            if prepare:
                prepare()
            connections.close_all()
            _serve(host, port, server, stop, ready, say)
    say(_("Holdfast has stopped."))


class _Stop:
    """The wish to stop: while things are being set up it interrupts, afterwards it is looked at."""

    SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def __enter__(self) -> "_Stop":
        self.wished = threading.Event()
        self.interrupts = True
        self._before = {kind: signal.signal(kind, self._take) for kind in self.SIGNALS}
        return self

    def __exit__(self, *error: object) -> None:
        for kind, handler in self._before.items():
            signal.signal(kind, handler)

    def _take(self, number: int, frame: FrameType | None) -> None:
        self.wished.set()
        if self.interrupts:
            self.interrupts = False  # what is half done is being undone now: only once
            raise _Told


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotServe(_why_not(error, port)) from error


def _why_not(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return _(
            "Port %(port)s is taken: another program, or another Holdfast, listens there. "
            "Stop it, or choose another port with --port."
        ) % {"port": port}
    if error.errno == errno.EACCES:
        return _(
            "Port %(port)s is for root alone. Choose one from 1024 with --port, "
            "and put a web server with HTTPS before it."
        ) % {"port": port}
    return _("Port %(port)s cannot be opened: %(reason)s. Choose another with --port.") % {
        "port": port,
        "reason": error.strerror,
    }


def _set_up(say: Say) -> None:
    say(_("Bringing tables and pages up to date."))
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def _serve(
    host: str,
    port: int,
    server: Server | None,
    stop: _Stop,
    ready: Callable[[], None] | None,
    say: Say,
) -> None:
    keep = (server.using,) if server else ()  # while a child lives, nobody stops the database
    children: list[Child] = []
    try:
        stop.interrupts = False
        say(_("Starting the web server and the worker."))
        children += [_web(host, port, keep), _worker(keep)]
        if _wait_for_answer(host, port, children, stop, say):
            if ready:
                ready()
                connections.close_all()
            _watch(children, server, stop, say)
    finally:
        say(_("Stopping; running jobs have %(seconds)s seconds to end.") % {"seconds": GRACE})
        _end(children)


def _web(host: str, port: int, keep: tuple[int, ...]) -> Child:
    where = ["--host", host, "--port", str(port), "holdfast.config.wsgi:application"]
    died = _(
        "The web server stopped by itself (code %(code)s); it starts again in %(seconds)s seconds."
    )
    return Child([sys.executable, *WEB, *where], died=died, keep=keep)


def _worker(keep: tuple[int, ...]) -> Child:
    died = _(
        "The worker stopped by itself (code %(code)s); it starts again in %(seconds)s seconds."
    )
    return Child([sys.executable, *WORKER], died=died, keep=keep)


def _wait_for_answer(host: str, port: int, children: list[Child], stop: _Stop, say: Say) -> bool:
    """True once a page comes, False when told to stop before."""
    while not stop.wished.wait(STEP):
        if _answers(host, port):
            return True
        for child in children:
            child.tend(say)
            if child.crashes >= ATTEMPTS:
                raise CannotServe(
                    _("Holdfast does not start; what its web server or worker said stands above.")
                )
    return False


def _answers(host: str, port: int) -> bool:
    """Any answer will do: whether the page is allowed is not our question."""
    to = {"0.0.0.0": LOCALHOST, "::": "::1"}.get(host, host)  # noqa: S104  nothing is bound here
    connection = http.client.HTTPConnection(to, port, timeout=5)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _watch(children: list[Child], server: Server | None, stop: _Stop, say: Say) -> None:
    """Keep all of them alive until told to stop."""
    looked_at = time.monotonic()
    while not stop.wished.wait(STEP):
        for child in children:
            child.tend(say)
        if server and time.monotonic() - looked_at > LOOK:
            server.revive()
            looked_at = time.monotonic()


def _end(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + GRACE + 5
    for child in children:
        child.wait(until=until)
