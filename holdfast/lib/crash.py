"""Named points at which tests make a process die, hang or run out of space. Free when off."""

import errno
import os
import signal
import threading

_POINT, _, _WAY = os.environ.get("HOLDFAST_CRASH", "").partition(":")


def here(name: str) -> None:
    """Say that the process passes this point; HOLDFAST_CRASH=name:die|hang|full strikes there.

    The name is written out at the call, so `grep -r "crash.here("` lists every point.
    """
    if name == _POINT:
        _strike(name)


def _strike(name: str) -> None:
    match _WAY:
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)  # no handler, no flush, no goodbye
        case "hang":
            threading.Event().wait()
        case "full":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)
        case _:
            raise ValueError(f"HOLDFAST_CRASH={name}:{_WAY}: the ways are die, hang and full.")
