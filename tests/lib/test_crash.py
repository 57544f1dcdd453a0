import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def child(crash: str, *, wait: float = 20) -> subprocess.CompletedProcess[str]:
    code = "from holdfast.lib import crash; crash.here('other'); crash.here('point'); print('past')"
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "HOLDFAST_CRASH": crash},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=wait,
    )


@pytest.mark.parametrize("crash", ["", "elsewhere:die"])
def test_off_is_off(crash):
    assert child(crash).stdout == "past\n"


def test_it_dies_without_a_word():
    ended = child("point:die")
    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGKILL, "", "")


def test_it_runs_out_of_space():
    ended = child("point:full")
    assert ended.returncode == 1
    assert "OSError: [Errno 28] No space left on device" in ended.stderr


def test_it_hangs():
    with pytest.raises(subprocess.TimeoutExpired):
        child("point:hang", wait=2)


def test_a_misspelt_way_is_said():
    assert "the ways are die, hang and full" in child("point:dye").stderr
