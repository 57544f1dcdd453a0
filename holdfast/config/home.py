"""The one folder that holds everything of one company: database, lake, files, secret key."""

import os
import secrets
from pathlib import Path


class CannotUseHome(Exception):
    """The message says which folder, and what to do. In English: no language is loaded yet."""


def path() -> Path:
    """HOLDFAST_HOME, made when missing, for its owner's eyes only."""
    home = Path(os.environ.get("HOLDFAST_HOME", "~/.holdfast")).expanduser().absolute()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_use(home, error) from error
    return home


def secret_key(home: Path) -> str:
    """The key that signs sessions and links: made once, mode 600. Two first starts agree on one."""
    file = home / "secret-key"
    try:
        if not file.exists():
            _make(file)
        return file.read_text()
    except OSError as error:
        raise _cannot_use(home, error) from error


def _make(file: Path) -> None:
    """Written whole beside, then linked: whoever comes second keeps what is there."""
    draft = file.with_name(f"secret-key.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
        out.write(secrets.token_urlsafe(50))
    try:
        file.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _cannot_use(home: Path, error: OSError) -> CannotUseHome:
    return CannotUseHome(
        f"The folder {home} cannot be used: {error.strerror or error}. Set HOLDFAST_HOME to a "
        "folder that you may write to, and start again."
    )
