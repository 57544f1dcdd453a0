"""A database for one run: on the server at DATABASE_URL, or on an embedded one of its own."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import conninfo, sql


@contextmanager
def made_for_the_run(name: str) -> Iterator[str]:
    """The address of an empty database `bench_<name>`, dropped afterwards."""
    with _server() as address, psycopg.connect(address, autocommit=True) as server:
        database = sql.Identifier(f"bench_{name}")
        drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database)
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(database))
        try:
            yield conninfo.make_conninfo(address, dbname=f"bench_{name}")
        finally:
            server.execute(drop)


@contextmanager
def _server() -> Iterator[str]:
    if "DATABASE_URL" in os.environ:
        yield os.environ["DATABASE_URL"]
        return
    from holdfast.config import postgres

    with tempfile.TemporaryDirectory() as home, postgres.running(Path(home)):
        yield postgres.url(Path(home))
