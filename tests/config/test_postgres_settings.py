"""Your own server, by DATABASE_URL."""

from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from holdfast.config import postgres


@pytest.fixture
def yours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://ana:p%40ss@db.example.com:6432/keep?sslmode=verify-full"
    )


@pytest.mark.usefixtures("yours")
def test_every_part_of_the_address_is_used(tmp_path: Path):
    found = postgres.settings(tmp_path)
    named = [found[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert named == ["keep", "ana", "p@ss", "db.example.com", "6432"]
    assert found["OPTIONS"] == {"sslmode": "verify-full"}


@pytest.mark.usefixtures("yours")
def test_the_address_for_others_is_the_same(tmp_path: Path):
    assert conninfo_to_dict(postgres.url(tmp_path)) == {
        "user": "ana",
        "password": "p@ss",
        "host": "db.example.com",
        "port": "6432",
        "dbname": "keep",
        "sslmode": "verify-full",
    }


@pytest.mark.usefixtures("yours")
def test_nothing_is_started(tmp_path: Path):
    with postgres.running(tmp_path) as server:
        assert server is None
    assert not list(tmp_path.iterdir())


def test_without_a_name_the_database_is_holdfast(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example.com")
    assert postgres.settings(tmp_path)["NAME"] == "holdfast"


def test_an_address_that_cannot_be_read_is_said_without_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("DATABASE_URL", "postgresql://ana:s3cret%zz@db/keep")
    with pytest.raises(postgres.CannotStart, match="DATABASE_URL") as caught:
        postgres.settings(tmp_path)
    assert "s3cret" not in str(caught.value)
