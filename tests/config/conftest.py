"""Homes with a real server of their own."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from holdfast.config.server import Server


@pytest.fixture(autouse=True)
def embedded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture(scope="session")
def template() -> Iterator[Path]:
    """Making a database takes a second; its copy does not."""
    home = Path(tempfile.mkdtemp(prefix="holdfast-pg-"))
    with Server(home):
        pass
    yield home
    shutil.rmtree(home)


@pytest.fixture
def new_home(template: Path) -> Iterator[Callable[..., Path]]:
    """Makes a home, below /tmp where every user may pass; nothing of it is left, nor running."""
    top = Path(tempfile.mkdtemp(prefix="holdfast-pg-"))
    top.chmod(0o755)
    homes: list[Path] = []

    def make(name: str = "home", *, mode: int = 0o700, fresh: bool = False) -> Path:
        """A home with an empty database in it, or `fresh`, with nothing."""
        home = top / name
        home.mkdir(mode=mode, parents=True)
        homes.append(home)
        if not fresh:
            subprocess.run(["cp", "-a", template / "database", home], check=True)
        return home

    yield make
    for home in homes:
        with suppress(OSError):
            Server(home)._stop()
    shutil.rmtree(top)


@pytest.fixture
def home(new_home: Callable[..., Path]) -> Path:
    return new_home()
