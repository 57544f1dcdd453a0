"""Where a client finds the embedded server: a folder whose path PostgreSQL can take."""

import hashlib
import os
import stat
import tempfile
from pathlib import Path

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from holdfast.config.programs import CannotStart

PORT = 5432  # only part of the socket's name; nothing listens on TCP
LONGEST = 100  # bytes; the kernel takes 107, that of macOS 103


def directory(place: Path) -> Path:
    """`place` itself, or a short link to it when the path is too long or reads as several hosts."""
    socket = os.fsencode(place / f".s.PGSQL.{PORT}")
    if len(socket) <= LONGEST and b"," not in socket:
        return place
    return _linked(place)


def forget(place: Path) -> None:
    """Remove our link to it, if there is one; who comes next makes it again."""
    link = _link(place)
    if link.is_symlink() and _ours(link, place):
        link.unlink()


def _link(place: Path) -> Path:
    name = hashlib.sha256(os.fsencode(place)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"holdfast-{os.geteuid()}-{name}"


def _linked(place: Path) -> Path:
    """A link in the temp folder. Everyone may write there, so one that is not ours is refused."""
    link = _link(place)
    try:
        link.symlink_to(place)
    except FileExistsError:
        if not _ours(link, place):
            raise CannotStart(_taken(link)) from None
    return link


def _ours(link: Path, place: Path) -> bool:
    """The sticky bit of the temp folder keeps others from changing it after this look."""
    found = link.lstat()
    mine = stat.S_ISLNK(found.st_mode) and found.st_uid == os.geteuid()
    return mine and link.readlink() == place


def _taken(link: Path) -> object:
    """Lazy, because the settings ask for the address before words can be translated."""
    return format_lazy(
        gettext_lazy(
            "{link} stands where Holdfast needs a link to its database, and it is not ours. "
            "Remove it, or set TMPDIR to a folder of your own."
        ),
        link=link,
    )
