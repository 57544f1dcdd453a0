"""A child process of ours that dies, hangs or runs out of space at a named point of the code."""

import os
import re
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[2]
SET_UP = "import sys, django\ndjango.setup()\n"


def points(*folders: str) -> list[str]:
    """The named points in the code of these folders of holdfast, each once."""
    return sorted(
        {
            point
            for folder in folders
            for file in (ROOT / "holdfast" / folder).glob("*.py")
            for point in re.findall(r'crash\.here\("([^"]+)"\)', file.read_text())
        }
    )


def run(code: str, *args: str, crash: str = "") -> subprocess.CompletedProcess[str]:
    """Run the code with Django set up, on the test's database and home."""
    given = {
        "DATABASE_URL": _address(),
        "HOLDFAST_HOME": str(settings.HOME),
        "HOLDFAST_CRASH": crash,
        "PYTHONPATH": str(ROOT),
    }
    return subprocess.run(
        [sys.executable, "-c", SET_UP + code, *args],
        env=os.environ | given,
        capture_output=True,
        text=True,
        timeout=120,
    )


def _address() -> str:
    at = connection.settings_dict
    if at["HOST"].startswith("/"):
        return f"postgresql://{at['USER']}@/{at['NAME']}?host={at['HOST']}&port={at['PORT']}"
    return f"postgresql://{at['USER']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"
