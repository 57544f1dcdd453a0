"""The home is for its owner alone, and its key is made once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from holdfast.config import home


def test_it_is_made_for_its_owners_eyes(tmp_path, monkeypatch):
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "a" / "home"))

    made = home.path()

    assert made.is_dir()
    assert made.stat().st_mode & 0o077 == 0


def test_first_starts_at_once_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: home.secret_key(tmp_path), range(8)))

    assert len(keys) == 1
    assert len(keys.pop()) > 50
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_one_that_cannot_be_used_says_what_to_do(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("HOLDFAST_HOME", str(tmp_path / "file" / "home"))

    with pytest.raises(home.CannotUseHome, match="Set HOLDFAST_HOME"):
        home.path()
    with pytest.raises(home.CannotUseHome, match="Set HOLDFAST_HOME"):
        home.secret_key(tmp_path / "file")


def test_a_key_that_is_there_stays(tmp_path):
    (tmp_path / "secret-key").write_text("kept")
    (tmp_path / "secret-key").chmod(0o600)

    home._make(tmp_path / "secret-key")

    assert home.secret_key(tmp_path) == "kept"
