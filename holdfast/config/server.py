"""The embedded server of one home: made once, started by whoever comes first, stopped by the last.

home/database/           ours, with the settings that each start writes anew
    data/ socket/ log/   of the system user that runs the server, mode 700
    starting.lock        held while somebody starts or stops the server
    using.lock           shared by all who use it; a process that dies lets go of it
"""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

import psycopg
from django.utils.translation import gettext as _
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

from holdfast.config import sockets, tuning
from holdfast.config.programs import MAJOR, Account, CannotStart, Programs, no_space, told

NAME = "holdfast"  # of the database, its superuser and the map of users
PATIENCE = 600  # seconds a recovery may take
BUSY_AFTER = 1.0  # seconds of waiting before we say what we wait for

_SHUT = re.compile(r"Database cluster state: +shut down$", re.MULTILINE)

Say = Callable[[str], None]


def silent(words: str) -> None:
    """For callers with nobody to tell."""


class Server:
    """The server of `home`, shared by all processes that are inside a `with` of it."""

    def __init__(self, home: Path, *, say: Say = silent) -> None:
        self.home = home
        self.say = say
        self.base = home / "database"
        self.data = self.base / "data"
        self._locks: list[int] = []

    def __enter__(self) -> "Server":
        with told(self.home):
            self._prepare()
            self._starting = self._lock("starting.lock")
            self.using = self._lock("using.lock")
            try:
                with self._alone():
                    fcntl.flock(self.using, fcntl.LOCK_SH)
                    self._ensure()
            except BaseException:
                self._leave()
                raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._leave()

    def revive(self) -> None:
        """Start it again if it died; what `holdfast up` calls now and then."""
        sockets.directory(self.base / "socket")  # temp folders are swept, and the link with them
        if not self._pid():
            with told(self.home), self._alone():
                self._ensure()

    def connect(self, database: str = NAME) -> psycopg.Connection:
        """A connection of its own, outside Django."""
        return psycopg.connect(self._address(database), autocommit=True, connect_timeout=10)

    # Coming and going

    def _prepare(self) -> None:
        """The folders. As root, ours may be passed through; the inner ones are given away."""
        if not self.base.exists():
            self.base.mkdir(mode=0o700, exist_ok=True)
            self._give_to_owner(self.base)
        self.account = Account.of(self.home, self.data)
        if os.geteuid() == 0 and self.base.stat().st_uid == 0:
            self.base.chmod(0o711)
        for name in ("socket", "log"):
            place = self.base / name
            place.mkdir(mode=0o700, exist_ok=True)
            self.account.own(place)

    def _lock(self, name: str) -> int:
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
        descriptor = os.open(self.base / name, flags, 0o600)
        self._locks.append(descriptor)
        self._give_to_owner(descriptor)
        return descriptor

    def _give_to_owner(self, made: Path | int) -> None:
        """What root makes in the home of another belongs to the other."""
        if os.geteuid() == 0:
            owner = self.home.stat()
            os.chown(made, owner.st_uid, owner.st_gid)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else starts or stops the server meanwhile."""
        try:
            fcntl.flock(self._starting, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.say(_("Another Holdfast is starting or stopping the database; waiting for it."))
            fcntl.flock(self._starting, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._starting, fcntl.LOCK_UN)

    def _leave(self) -> None:
        """Stop the server if nobody else uses it: only the last can have the lock for itself."""
        try:
            with self._alone(), suppress(BlockingIOError):
                fcntl.flock(self.using, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop()
                sockets.forget(self.base / "socket")
        finally:
            while self._locks:
                os.close(self._locks.pop())

    # Starting and stopping; only ever by the one who is alone

    def _ensure(self) -> None:
        if self._pid() or self._ping() != Ping.NO_RESPONSE:
            self._await()
        else:
            self._start()
        try:
            self._make_database()
        except psycopg.OperationalError as error:
            raise CannotStart(
                _("The database runs but does not let us in: %(reason)s. Its log is in %(log)s.")
                % {"reason": str(error).strip(), "log": self.base / "log"}
            ) from error

    def _await(self) -> None:
        """Until it answers, however long a recovery takes. If it dies meanwhile, start it."""
        since = time.monotonic()
        told_once = False
        while self._ping() != Ping.OK:
            if not self._pid() and self._ping() == Ping.NO_RESPONSE:
                return self._start()
            if not told_once and time.monotonic() - since > BUSY_AFTER:
                self.say(_("The database is not ready yet; waiting for it."))
                told_once = True
            time.sleep(0.05)
        return None

    def _start(self) -> None:
        programs = Programs.found(self.account)
        with self._seen() as (place, keep):
            if not self.data.exists():
                self._make(programs, place, keep)
            self._check_version()
            self._clear()
            tuning.write(self.base, place, who=[self.account.name])
            interrupted = self._interrupted(programs, place, keep)
            if interrupted:
                self.say(_("The database is recovering after an interruption. Nothing is lost."))
            result = programs.run("pg_ctl", *self._orders(place), keep=keep)
        if result.returncode and self._pid():  # more than pg_ctl waits for; it goes on
            self.say(_("The database is still recovering; waiting for it."))
            self._await()
        elif result.returncode:
            raise CannotStart(self._why(result))
        if interrupted:
            self.say(_("The database has recovered."))

    def _orders(self, place: str) -> list[str]:
        (self.base / "log" / "start.log").unlink(missing_ok=True)
        options = f"-c config_file={place}/postgresql.conf -c cluster_name={self._mark()}"
        where = ["-D", f"{place}/data", "-l", f"{place}/log/start.log"]
        return ["start", "-w", "-t", str(PATIENCE), "-s", *where, "-o", options]

    def _make(self, programs: Programs, place: str, keep: tuple[int, ...]) -> None:
        """A new database, under another name first: a broken beginning is never taken for it."""
        self.say(_("Making the database in %(place)s.") % {"place": self.base})
        for broken in self.base.glob("new-*"):
            shutil.rmtree(broken, ignore_errors=True)
        new = Path(tempfile.mkdtemp(prefix="new-", dir=self.base))
        self.account.own(new)
        result = programs.run("initdb", "-D", f"{place}/{new.name}", *tuning.INITDB, keep=keep)
        if result.returncode:
            shutil.rmtree(new, ignore_errors=True)
            raise CannotStart(self._why(result))
        new.rename(self.data)

    def _check_version(self) -> None:
        found = (self.data / "PG_VERSION").read_text().strip()
        if found != MAJOR:
            raise CannotStart(
                _(
                    "The database was made by PostgreSQL %(found)s; this is PostgreSQL %(ours)s. "
                    "Start it with the Holdfast that made it, and make a backup to bring over."
                )
                % {"found": found, "ours": MAJOR}
            )

    def _clear(self) -> None:
        """What a killed server leaves: processes without their head, and a number that is taken."""
        kind = signal.SIGQUIT
        deadline = time.monotonic() + 5
        while orphans := list(self._orphans()):
            for pid in orphans:
                with suppress(ProcessLookupError):
                    os.kill(pid, kind)
            time.sleep(0.05)
            kind = signal.SIGKILL if time.monotonic() > deadline else signal.SIGQUIT
        if _exists(self._noted()):  # a zombie, or since a restart another program
            (self.data / "postmaster.pid").unlink(missing_ok=True)
            for left in (self.base / "socket").iterdir():
                left.unlink(missing_ok=True)

    def _stop(self) -> None:
        pid = self._pid()
        if not pid:
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)  # “fast”: roll back what is open, write all, leave
        since = time.monotonic()
        while self._pid():
            if time.monotonic() - since > PATIENCE:
                self.say(_("The database does not stop; it is left to itself."))
                return
            time.sleep(0.02)

    def _make_database(self) -> None:
        with self.connect("postgres") as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
            if not known.fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(NAME)))

    # Looking

    def _address(self, database: str) -> str:
        host = str(sockets.directory(self.base / "socket"))
        return make_conninfo(host=host, port=sockets.PORT, user=NAME, dbname=database)

    def _ping(self) -> Ping:
        return Ping(PGconn.ping(os.fsencode(self._address("postgres"))))

    @contextmanager
    def _seen(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Our folder as the server may reach it, and what it must inherit for that.

        Through an open descriptor: parents closed to its user (/root) stay closed, and a path of
        any length and with any characters is short and plain.
        """
        if not Path("/proc/self/fd").exists():
            yield str(self.base), ()
            return
        descriptor = os.open(self.base, os.O_PATH | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{descriptor}", (descriptor,)
        finally:
            os.close(descriptor)

    def _interrupted(self, programs: Programs, place: str, keep: tuple[int, ...]) -> bool:
        state = programs.run("pg_controldata", "-D", f"{place}/data", keep=keep).stdout
        return "Database cluster state:" in state and not _SHUT.search(state)

    def _mark(self) -> str:
        """How processes of this server are known: a home may move, its data stays the same."""
        found = self.data.stat()
        return f"holdfast-{found.st_dev:x}-{found.st_ino:x}"

    def _noted(self) -> int:
        """The process number that a server wrote down, 0 without one."""
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (FileNotFoundError, ValueError):
            return 0

    def _pid(self) -> int:
        """The number of our running server, 0 when it does not run."""
        pid = self._noted()
        return pid if pid and f"cluster_name={self._mark()}" in _command(pid) else 0

    def _orphans(self) -> Iterator[int]:
        title = f"postgres: {self._mark()}: "
        for place in Path("/proc").glob("[0-9]*"):
            if _command(int(place.name)).startswith(title):
                yield int(place.name)

    def _why(self, result: subprocess.CompletedProcess[str]) -> str:
        """The last complaint of the programs, as a sentence."""
        logs = sorted((self.base / "log").glob("*.log"), key=lambda log: log.stat().st_mtime)
        tails = [log.read_text(errors="replace")[-4000:] for log in logs[-2:]]
        lines = "\n".join([*tails, result.stdout, result.stderr]).splitlines()
        if any("No space left on device" in line for line in lines[-20:]):
            return no_space(self.home)
        worst = [line for line in lines if re.search(r"FATAL|PANIC|error:", line)] or lines or ["?"]
        return _("The database did not start: %(reason)s. Its log is in %(log)s.") % {
            "reason": worst[-1].strip(),
            "log": self.base / "log",
        }


def _exists(pid: int) -> bool:
    """Whether the number is taken, be it by a zombie: PostgreSQL asks no further."""
    with suppress(ProcessLookupError, PermissionError):
        if pid:
            os.kill(pid, 0)
            return True
    return False


def _command(pid: int) -> str:
    """The command line of a process, empty when there is none; readable across users."""
    if Path("/proc/self").exists():
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes()
            return words.replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError):
            return ""
    listed = subprocess.run(  # noqa: S603  fixed words and a number
        ["/bin/ps", "-o", "command=", "-p", str(pid)], check=False, capture_output=True, text=True
    )
    return listed.stdout
