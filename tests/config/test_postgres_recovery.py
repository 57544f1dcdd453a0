"""Killed with much unwritten, the server comes back with every row that was committed."""

import os
import signal
import time
from pathlib import Path

import psycopg

from holdfast.config import postgres
from holdfast.config.server import Server
from tests.config.servers import ask, tell

GIGABYTE = 2**30
COMMITS, ROWS = 12, 50_000
FILL = """
    INSERT INTO filled SELECT %s, n, repeat(md5(n::text), 60) FROM generate_series(1, %s) AS n
"""


def kill(server: Server) -> None:
    pid = server._pid()
    os.kill(pid, signal.SIGKILL)
    while server._pid() == pid:
        time.sleep(0.01)


def wal_to_replay(connection: psycopg.Connection) -> int:
    row = connection.execute(
        "SELECT pg_wal_lsn_diff(pg_current_wal_flush_lsn(), redo_lsn) FROM pg_control_checkpoint()"
    ).fetchone()
    return int(row[0]) if row else 0


def test_more_than_a_gigabyte_of_log_is_replayed(home: Path):
    said: list[str] = []
    with postgres.running(home) as server:
        connection, other = server.connect(), server.connect()
        connection.execute("ALTER SYSTEM SET max_wal_size = '8GB'")  # no checkpoint on the way
        connection.execute("ALTER SYSTEM SET checkpoint_timeout = '1d'")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute("CREATE TABLE filled (batch int, n int, words text)")
        connection.execute("CHECKPOINT")
        for batch in range(COMMITS):
            connection.execute(FILL, [batch, ROWS])
        with other.transaction(force_rollback=True):
            other.execute(FILL, [-1, 1000])
            connection.execute(FILL, [COMMITS, 1])  # its commit writes the open rows' log as well
            assert wal_to_replay(connection) > GIGABYTE
            kill(server)
            connection.close()
            other.close()

    with postgres.running(home, say=said.append) as server, server.connect() as connection:
        counts = dict(
            connection.execute("SELECT batch, count(*) FROM filled GROUP BY batch").fetchall()
        )
        assert counts == {**dict.fromkeys(range(COMMITS), ROWS), COMMITS: 1}
    assert "recovering" in said[0]
    assert "recovered" in said[1]


def test_a_server_that_died_is_started_again_under_its_users(home: Path):
    with postgres.running(home) as server:
        tell(server, "CREATE TABLE kept AS SELECT 42 AS answer")
        kill(server)
        server.revive()
        assert ask(server, "SELECT answer FROM kept") == 42
    assert not server._pid()


def test_processes_that_outlive_their_server_do_not_hold_up_the_next(home: Path):
    busy = "SELECT count(*) FROM generate_series(1, 1000000000)"  # never looks whether it is alone
    with postgres.running(home) as server:
        connection = server.connect()
        connection.pgconn.send_query(busy.encode())
        time.sleep(0.3)
        kill(server)
        assert list(server._orphans())
        server.revive()
        assert ask(server, "SELECT 1") == 1
        connection.close()
