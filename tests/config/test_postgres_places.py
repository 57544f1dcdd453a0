"""A home may lie anywhere and be called anything; around it nothing changes."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from adbc_driver_postgresql import dbapi

from holdfast.config import postgres
from holdfast.config.server import Server
from tests.config.servers import ask, tell

LONG = "/".join(["дом ключевых клиентов"] * 5)
NAMES = [
    "with space",
    "клиенты",
    LONG,
    "a,b",
    'o\'clock "two"',
    "$(touch pwned) `id`; %d",
    "x" * 250,
]


@pytest.mark.parametrize("name", NAMES)
def test_any_name(name: str, new_home: Callable[..., Path]):
    home = new_home(name)
    with postgres.running(home) as server:
        assert ask(server, "SELECT 1") == 1
        with dbapi.connect(postgres.url(home)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT 'ключ' AS word")
            assert cursor.fetch_arrow_table().to_pylist() == [{"word": "ключ"}]


def test_a_home_that_moves_takes_its_database_along(new_home: Callable[..., Path]):
    home = new_home("before")
    with postgres.running(home) as server:
        tell(server, "CREATE TABLE kept AS SELECT 42 AS answer")
    moved = home.rename(home.with_name("after"))
    with postgres.running(moved) as server:
        assert ask(server, "SELECT answer FROM kept") == 42


def test_a_short_path_needs_no_link(home: Path):
    assert postgres.settings(home)["HOST"] == str(home / "database" / "socket")


def test_a_long_path_is_reached_through_a_short_link(new_home: Callable[..., Path]):
    home = new_home(LONG)
    link = Path(postgres.settings(home)["HOST"])
    assert len(os.fsencode(link)) < 100
    assert link.readlink() == home / "database" / "socket"
    assert Path(postgres.settings(home)["HOST"]) == link  # and the second time the same
    link.unlink()


@pytest.mark.parametrize("kind", ["file", "folder", "elsewhere", "foreign"])
def test_a_link_that_is_not_ours_is_refused(
    kind: str, new_home: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
):
    home = new_home(LONG)
    link = Path(postgres.settings(home)["HOST"])
    if kind != "foreign":
        link.unlink()
    if kind == "file":
        link.write_text("")
    elif kind == "folder":
        link.mkdir()
    elif kind == "elsewhere":
        link.symlink_to("/tmp")  # noqa: S108
    elif os.geteuid() == 0:
        os.lchown(link, 65534, 65534)
    else:
        pytest.skip("only root can give a link away")
    with pytest.raises(postgres.CannotStart, match="not ours"):
        postgres.settings(home)
    link.rmdir() if kind == "folder" else link.unlink()


def test_a_link_swept_away_comes_back(new_home: Callable[..., Path]):
    home = new_home(LONG)
    with postgres.running(home) as server:
        link = Path(postgres.settings(home)["HOST"])
        link.unlink()
        server.revive()
        assert link.is_symlink()
    assert not link.is_symlink()  # the last to leave takes it along


def around(home: Path) -> dict[Path, tuple[int, int, int]]:
    """Mode and owner of the home, of all above it and of all beside it."""
    places = {home, *home.parents, *home.parent.iterdir(), Path(tempfile.gettempdir())}
    found = {place: place.lstat() for place in places}
    return {place: (stat.st_mode, stat.st_uid, stat.st_gid) for place, stat in found.items()}


@pytest.mark.parametrize("mode", [0o700, 0o755])
def test_no_permission_outside_the_home_changes(mode: int, new_home: Callable[..., Path]):
    closed = new_home("closed", fresh=True)  # mode 700, as /root is
    home = new_home("closed/home", mode=mode, fresh=True)
    (closed / "beside").mkdir()
    before = around(home)
    with postgres.running(home):
        assert around(home) == before
    assert around(home) == before


def test_nobody_else_can_look_into_it(home: Path):
    with postgres.running(home) as server:
        for name in ("data", "socket", "log"):
            assert (server.base / name).stat().st_mode & 0o077 == 0


def test_it_never_listens_on_tcp(home: Path):
    with postgres.running(home) as server:
        assert ask(server, "SHOW listen_addresses") == ""
        files = [str(file.readlink()) for file in Path(f"/proc/{server._pid()}/fd").iterdir()]
        sockets = {name[len("socket:[") : -1] for name in files if name.startswith("socket:")}
        tables = [Path(f"/proc/{server._pid()}/net/{name}") for name in ("tcp", "tcp6")]
        rows = [line.split() for table in tables for line in table.read_text().splitlines()[1:]]
        assert sockets
        assert not sockets & {row[9] for row in rows}


def test_nobody_is_trusted(home: Path):
    with postgres.running(home) as server:
        rules = "SELECT string_agg(type || ' ' || auth_method, ',') FROM pg_hba_file_rules"
        assert ask(server, rules) == "local peer"
        for file in server.base.rglob("pg_hba.conf"):
            lines = [line for line in file.read_text().splitlines() if not line.startswith("#")]
            assert "trust" not in " ".join(lines)


def test_it_sorts_by_bytes_and_keeps_checksums(home: Path):
    with postgres.running(home) as server, server.connect() as connection:
        database = connection.execute(
            "SELECT datcollate, datctype, pg_encoding_to_char(encoding) FROM pg_database"
            " WHERE datname = 'holdfast'"
        ).fetchone()
        assert database == ("C", "C", "UTF8")
        assert connection.execute("SHOW data_checksums").fetchone() == ("on",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("on",)


def test_settings_start_nothing(new_home: Callable[..., Path]):
    home = new_home(fresh=True)
    code = "from django.conf import settings; print(settings.DATABASES['default']['HOST'])"
    environment = {**os.environ, "HOLDFAST_HOME": str(home)}
    result = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == str(home / "database" / "socket")
    assert not (home / "database").exists()
    assert not Server(home)._pid()
