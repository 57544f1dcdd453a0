"""A process that `holdfast up` keeps alive."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import holdfast
from holdfast.config.server import Say

LONGEST_PAUSE = 60.0  # seconds between two attempts
STEADY = 60.0  # seconds alive after which the next crash counts as the first
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class Child:
    """Started at once, and again when it dies, each time after a longer pause."""

    def __init__(self, command: list[str], *, died: str, keep: tuple[int, ...] = ()) -> None:
        """`died` is what to say then, with %(code)s and %(seconds)s; `keep` are inherited locks."""
        self.command = command
        self.died = died
        self.keep = keep
        self.crashes = 0
        self._next_at: float | None = None
        self._start()

    def tend(self, say: Say) -> None:
        """Notice a death, or start again when the pause is over."""
        now = time.monotonic()
        if self._next_at is not None:
            if now >= self._next_at:
                self._start()
        elif (code := self._process.poll()) is not None:
            self._end_group(signal.SIGKILL)
            self.crashes = 1 if now - self._started_at > STEADY else self.crashes + 1
            pause = min(2.0 ** (self.crashes - 1), LONGEST_PAUSE)
            self._next_at = now + pause
            say(self.died % {"code": code, "seconds": round(pause)})

    def ask_to_stop(self) -> None:
        if self._process.poll() is None:
            self._process.terminate()

    def wait(self, *, until: float) -> None:
        """Until it has stopped, or to the moment `until`; then it and all it started are killed."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(max(0.0, until - time.monotonic()))
        self._end_group(signal.SIGKILL)
        self._process.wait()

    def _start(self) -> None:
        ours = str(Path(holdfast.__file__).parents[1])
        paths = [ours, *filter(None, [os.environ.get("PYTHONPATH")])]
        self._next_at = None
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603  our own command, no shell
            self.command,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            pass_fds=self.keep,
            stdin=subprocess.DEVNULL,
            stdout=2,  # what it has to say is a log; our own stdout holds the answer
            start_new_session=True,  # Ctrl-C reaches us alone, and we can end all of its group
            preexec_fn=_stop_with_parent,  # noqa: PLW1509  there are no threads here yet
        )

    def _end_group(self, kind: signal.Signals) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, kind)


def _stop_with_parent() -> None:
    """Should `holdfast up` be killed outright, its children stop as if asked to (Linux only)."""
    if _LIBC:
        _LIBC.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
