"""Several processes, one server: who comes first starts it, who leaves last stops it."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from holdfast.config import postgres
from holdfast.config.server import Server
from tests.config.servers import Client, ask, tell

# Comes and goes five times, each time leaving a row.
PASSER_BY = """
import django
django.setup()
from django.conf import settings
from holdfast.config import postgres
for _ in range(5):
    with postgres.running(settings.HOME) as server, server.connect() as connection:
        connection.execute("INSERT INTO visit VALUES (pg_backend_pid())")
"""


def runs(home: Path) -> bool:
    return bool(Server(home)._pid())


def test_it_runs_for_the_length_of_the_block(home: Path):
    with postgres.running(home) as server:
        assert runs(home)
        assert ask(server, "SELECT current_user") == "holdfast"
    assert not runs(home)


def test_what_was_written_is_there_the_next_time(home: Path):
    with postgres.running(home) as server, server.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    with postgres.running(home) as server, server.connect() as connection:
        assert connection.execute("SELECT answer FROM kept").fetchone() == (42,)


def test_the_first_to_leave_does_not_stop_it_under_another(home: Path):
    other = Client(home)
    other.started_at()
    with postgres.running(home):
        pass
    assert runs(home)
    other.leave()
    assert not runs(home)


def test_the_starter_leaves_first_and_the_last_stops_it(home: Path):
    with postgres.running(home):
        other = Client(home)
        other.started_at()
    assert runs(home)
    other.leave()
    assert not runs(home)


def test_a_block_within_a_block_of_one_process(home: Path):
    with postgres.running(home):
        with postgres.running(home):
            pass
        assert runs(home)
    assert not runs(home)


def test_four_first_starts_at_once_make_one_server(new_home: Callable[..., Path]):
    home = new_home(fresh=True)
    clients = [Client(home) for _ in range(4)]
    assert len({client.started_at() for client in clients}) == 1
    for client in clients:
        client.leave()
    assert not runs(home)


def test_four_that_come_and_go_never_stop_it_under_each_other(home: Path):
    with postgres.running(home) as server:
        tell(server, "CREATE TABLE visit (pid int)")
    clients = [Client(home, code=PASSER_BY) for _ in range(3)]
    clients.append(Client(home))
    clients[3].started_at()
    for client in clients:
        client.leave()
    with postgres.running(home) as server, server.connect() as connection:
        assert connection.execute("SELECT count(*) FROM visit").fetchone() == (15,)


def test_a_killed_client_leaves_a_server_that_the_next_one_joins_and_stops(home: Path):
    client = Client(home)
    started_at = client.started_at()
    client.kill()
    assert runs(home)

    following = Client(home)

    assert following.started_at() == started_at
    following.leave()
    assert not runs(home)


def test_a_killed_client_does_not_count_as_a_user(home: Path):
    killed, other = Client(home), Client(home)
    killed.started_at()
    other.started_at()
    killed.kill()
    other.leave()
    assert not runs(home)


def test_a_client_asked_to_end_stops_the_server(home: Path):
    client = Client(home)
    client.started_at()
    client.process.terminate()
    client.process.communicate(timeout=60)
    assert client.process.returncode == 128 + signal.SIGTERM
    assert not runs(home)


def test_a_client_killed_while_the_database_is_made(new_home: Callable[..., Path]):
    home = new_home(fresh=True)
    client = Client(home)
    deadline = time.monotonic() + 30
    while not list(home.glob("database/new-*/PG_VERSION")):
        assert time.monotonic() < deadline
        time.sleep(0.005)
    client.kill()

    with postgres.running(home) as server:
        assert ask(server, "SELECT 1") == 1


def test_a_number_taken_by_another_program_since_is_no_server(home: Path):
    with postgres.running(home) as server:
        note = (server.data / "postmaster.pid").read_text()
        os.kill(server._pid(), signal.SIGKILL)
        while server._pid():
            time.sleep(0.01)
    file = home / "database" / "data" / "postmaster.pid"
    file.write_text(note.replace(note.split("\n")[0], str(os.getpid()), 1))

    with postgres.running(home) as server:
        assert ask(server, "SELECT 1") == 1
