"""As root the server runs as a system user; as anybody else, as that user."""

import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import patch

import psycopg
import pytest

from holdfast.config import postgres, programs
from holdfast.config.programs import Account, CannotStart, Programs
from holdfast.config.server import Server
from tests.config.servers import ask, tell

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be root")
NOBODY = pwd.getpwnam("nobody")


def in_a_process_of_nobody(do: Callable[[], str]) -> str:
    """What `do` answers, or the error it ends with, as a user who may do nothing."""
    nobody = Account(NOBODY.pw_uid, NOBODY.pw_gid, NOBODY.pw_name)
    found = Programs.found(nobody)
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        answer = "nothing"
        try:
            os.setgroups([])
            os.setgid(nobody.gid)
            os.setuid(nobody.uid)
            with patch.object(Programs, "found", lambda account: found):  # the venv may be closed
                answer = do()
        except Exception as error:  # noqa: BLE001  it is what the test asks about
            answer = f"{type(error).__name__}: {error}"
        finally:
            os.write(writer, answer.encode())
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as answers:
        answer = answers.read()
    os.waitpid(child, 0)
    return answer


@pytest.fixture
def home_of_nobody(new_home: Callable[..., Path]) -> Path:
    home = new_home(fresh=True)
    if os.geteuid() == 0:
        os.chown(home, NOBODY.pw_uid, NOBODY.pw_gid)
    return home


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Instead of /var/lib/holdfast, and below a folder that everybody may pass."""
    top = Path(tempfile.mkdtemp(prefix="holdfast-pg-"))
    top.chmod(0o755)
    monkeypatch.setattr(programs, "COPIES", top / "copies")
    yield top / "copies"
    shutil.rmtree(top)


@as_root
def test_as_root_it_runs_as_a_system_user(home: Path):
    with postgres.running(home) as server:
        owner = Path(f"/proc/{server._pid()}").stat().st_uid
        assert pwd.getpwuid(owner).pw_name in programs.SYSTEM_USERS
        assert server.data.stat().st_uid == owner


@as_root
def test_as_root_below_a_closed_folder(new_home: Callable[..., Path]):
    closed = new_home("closed", fresh=True)  # mode 700, as /root is
    with postgres.running(new_home("closed/home", fresh=True)) as server:
        assert ask(server, "SELECT 1") == 1
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@as_root
def test_what_root_writes_no_system_user_may_change(home: Path):
    with postgres.running(home) as server:
        outer = [server.base, *(path for path in server.base.iterdir() if path.is_file())]
        assert len(outer) > 4
        assert all(path.stat().st_uid == 0 for path in outer)
        assert not any(path.stat().st_mode & 0o022 for path in outer)


@as_root
def test_not_as_root_it_runs_as_that_user(home_of_nobody: Path):
    def use() -> str:
        with postgres.running(home_of_nobody) as server:
            tell(server, "CREATE TABLE kept AS SELECT 42 AS answer")
            owner = Path(f"/proc/{server._pid()}").stat().st_uid
            return " ".join(
                [str(ask(server, "SELECT answer FROM kept")), pwd.getpwuid(owner).pw_name]
            )

    assert in_a_process_of_nobody(use) == "42 nobody"
    assert not Server(home_of_nobody)._pid()


@as_root
def test_root_joins_and_starts_the_server_of_another_and_leaves_it_theirs(home_of_nobody: Path):
    def use() -> str:
        with postgres.running(home_of_nobody) as server:
            return str(ask(server, "SELECT current_user"))

    with postgres.running(home_of_nobody) as server:
        assert server.account.name == "nobody"
        assert in_a_process_of_nobody(use) == "holdfast"
        assert ask(server, "SELECT 1") == 1
    assert in_a_process_of_nobody(use) == "holdfast"
    assert {path.stat().st_uid for path in home_of_nobody.iterdir()} == {NOBODY.pw_uid}


@as_root
def test_a_stranger_is_refused_even_when_every_folder_is_opened(home: Path):
    def intrude() -> str:
        host = postgres.settings(home)["HOST"]
        with psycopg.connect(host=host, user="holdfast", dbname="holdfast") as connection:
            return str(connection.execute("SELECT 1").fetchone())

    with postgres.running(home) as server:
        assert server.account.name != "nobody"
        assert "Permission denied" in in_a_process_of_nobody(intrude)
        for place in (home, server.base, server.base / "socket"):
            place.chmod(0o777)
        (server.base / "socket" / ".s.PGSQL.5432").chmod(0o777)
        assert "Peer authentication failed" in in_a_process_of_nobody(intrude)


@as_root
def test_programs_that_are_closed_to_the_system_user_are_copied_once(
    home: Path, copies: Path, monkeypatch: pytest.MonkeyPatch
):
    wheel = programs._wheel()
    closed = copies.parent / "root" / "venv"
    closed.mkdir(parents=True)
    for name in (programs.WHEEL, f"{programs.WHEEL}.libs"):
        subprocess.run(["cp", "-a", wheel.parent / name, closed], check=True)
    closed.parent.chmod(0o700)
    subprocess.run(["chmod", "-R", "go-rwx", closed], check=True)  # as under umask 077
    monkeypatch.setattr(programs, "_wheel", lambda: closed / programs.WHEEL)

    with postgres.running(home) as server:
        assert ask(server, "SELECT 1") == 1
        found = Programs.found(server.account)
    assert found.bin.is_relative_to(copies)
    assert stat.S_IMODE(closed.parent.stat().st_mode) == 0o700
    assert [path.name.startswith("postgresql-18-") for path in copies.iterdir()] == [True]
    assert not any(path.stat().st_mode & 0o022 for path in copies.rglob("*"))


@as_root
def test_a_machine_without_a_system_user(home: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.rmtree(home / "database")
    monkeypatch.setattr(programs, "SYSTEM_USERS", ("no-such-user",))
    with pytest.raises(CannotStart, match="useradd --system holdfast"):
        Server(home).__enter__()


def test_a_user_without_a_name(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    with pytest.raises(CannotStart, match="54321 has no name"):
        Account.of(home, home / "database" / "data")


@as_root
@pytest.mark.parametrize("mode", [0o000, 0o500])
def test_a_home_that_is_closed_to_us(mode: int, home_of_nobody: Path):
    def use() -> str:
        with postgres.running(home_of_nobody):
            return "it ran"

    home_of_nobody.chmod(mode)
    answer = in_a_process_of_nobody(use)
    assert answer.startswith("CannotStart: Holdfast may not write to")
    assert "set HOLDFAST_HOME" in answer


@as_root
def test_a_home_of_root_is_closed_to_others(home: Path):
    def use() -> str:
        with postgres.running(home):
            return "it ran"

    assert in_a_process_of_nobody(use).startswith("CannotStart: Holdfast may not write to")
