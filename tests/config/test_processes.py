"""`holdfast up`: all of it starts, stays up, and stops when told."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from holdfast.config.server import Server, _command
from tests.config.servers import ROOT

UP = """
import sys, django
django.setup()
from django.conf import settings
from holdfast.config import postgres, processes
def say(words):
    print(words, flush=True)
try:
    processes.run(
        home=settings.HOME, url=settings.URL, say=say,
        prepare=lambda: say("prepared"), ready=lambda: say("ready"),
    )
except (postgres.CannotStart, processes.CannotServe) as error:
    say(str(error))
    sys.exit(1)
"""
PATIENCE = 60


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Up:
    """A running `holdfast up` and what it says."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        environment = {
            **os.environ,
            "HOLDFAST_HOME": str(home),
            "HOLDFAST_URL": f"http://localhost:{port}",
            "PYTHONPATH": str(ROOT),
        }
        with (home.parent / "log").open("w") as log:  # a pipe that nobody empties would block them
            self.process = subprocess.Popen(
                [sys.executable, "-c", UP],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        self.said: list[str] = []

    def until(self, words: str) -> None:
        """Read on until it says so; a line that never comes ends with the process."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line.strip())
            if words in line:
                return
        raise AssertionError(f"never said {words}: {self.said}")

    def children(self) -> dict[str, int]:
        """Web server and worker by name."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            words = _command(int(place.name))
            if _parent(place) == self.process.pid and "-m " in words:
                found["web" if "granian" in words else "worker"] = int(place.name)
        return found

    def status(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/")
            return connection.getresponse().status
        finally:
            connection.close()

    def end(self, kind: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(kind)
        output, _errors = self.process.communicate(timeout=PATIENCE)
        self.said += output.splitlines()
        return self.process.returncode


def _parent(place: Path) -> int:
    try:
        return int((place / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def gone(pid: int) -> bool:
    return not _command(pid)


def eventually(what: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def up(home: Path) -> Iterator[Up]:
    started = Up(home, free_port())
    try:
        started.until("ready")
        yield started
    finally:
        if started.process.poll() is None:
            started.end()


def test_it_prepares_serves_and_stops_everything(up: Up):
    children = up.children()
    assert set(children) == {"web", "worker"}
    assert up.said.index("prepared") < up.said.index("ready")
    assert up.status() < 500

    assert up.end() == 0

    assert up.said[-1] == "Holdfast has stopped."
    assert all(gone(pid) for pid in children.values())
    assert not Server(up.home)._pid()


def test_ctrl_c_stops_it_too(up: Up):
    assert up.end(signal.SIGINT) == 0
    assert not Server(up.home)._pid()


def test_it_listens_on_localhost_alone(up: Up):
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    listening = {row[1] for row in rows if row[3] == "0A"}
    assert f"0100007F:{up.port:04X}" in listening
    assert f"00000000:{up.port:04X}" not in listening


@pytest.mark.parametrize("name", ["web", "worker"])
def test_a_killed_child_starts_again(name: str, up: Up):
    before = up.children()
    os.kill(before[name], signal.SIGKILL)

    up.until("stopped by itself")
    eventually(lambda: up.children().get(name, before[name]) != before[name])

    after = up.children()
    other = {"web": "worker", "worker": "web"}[name]
    assert after[other] == before[other]
    if name == "web":
        eventually(lambda: _answers(up))


def _answers(up: Up) -> bool:
    try:
        return up.status() < 500
    except OSError:
        return False


def test_a_killed_database_starts_again(up: Up):
    before = Server(up.home)._pid()
    os.kill(before, signal.SIGKILL)
    up.until("has recovered")
    assert Server(up.home)._pid() not in (0, before)
    eventually(lambda: up.status() < 500)


def test_killed_outright_its_children_stop_and_the_next_one_takes_over(up: Up):
    children = up.children()
    up.end(signal.SIGKILL)
    eventually(lambda: all(gone(pid) for pid in children.values()))
    left = Server(up.home)._pid()
    assert left

    following = Up(up.home, up.port)
    following.until("ready")

    assert Server(up.home)._pid() == left
    assert following.end() == 0
    assert not Server(up.home)._pid()


def test_told_to_stop_while_the_database_is_made(new_home: Callable[..., Path]):
    starting = Up(new_home(fresh=True), free_port())
    starting.until("Making the database")
    assert starting.end() == 0
    assert starting.said[-1] == "Holdfast has stopped."
    assert not Server(starting.home)._pid()


def test_a_taken_port_is_said_before_anything_starts(new_home: Callable[..., Path]):
    home = new_home(fresh=True)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        starting = Up(home, port)
        starting.until(f"Port {port} is taken")
        assert starting.process.wait(PATIENCE) == 1
        starting.process.communicate()
    assert not (home / "database").exists()


def test_a_web_server_that_cannot_start_ends_it(home: Path, monkeypatch: pytest.MonkeyPatch):
    broken = home / "broken"
    broken.mkdir()
    (broken / "granian.py").write_text("raise SystemExit('broken on purpose')")
    code = f"import holdfast; holdfast.__file__ = {str(broken / 'x' / 'y')!r}\n" + UP
    monkeypatch.setattr("tests.config.test_processes.UP", code)
    starting = Up(home, free_port())
    starting.until("does not start")
    assert starting.process.wait(PATIENCE) == 1
    starting.process.communicate()
    assert not Server(home)._pid()
