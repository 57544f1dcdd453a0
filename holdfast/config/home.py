"""The one folder that holds everything of one company: database, lake, files, secret key."""

import os
import secrets
from pathlib import Path


def path() -> Path:
    """HOLDFAST_HOME, made when missing, for its owner's eyes only."""
    home = Path(os.environ.get("HOLDFAST_HOME", "~/.holdfast")).expanduser().absolute()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    return home


def secret_key(home: Path) -> str:
    """The key that signs sessions and links: made once, mode 600. Two first starts agree on one."""
    file = home / "secret-key"
    try:
        descriptor = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(descriptor, "w") as out:
        out.write(secrets.token_urlsafe(50))
    return file.read_text()
