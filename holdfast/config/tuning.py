"""How the embedded server is set up. Every start writes these files anew: they are not yours."""

import os
import pwd
from pathlib import Path

INITDB = [
    "--username=holdfast",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C",
    "--data-checksums",
    "--auth-local=peer",
    "--auth-host=reject",
]

# For a small machine with one company on it.
SETTINGS = """\
listen_addresses = ''
port = 5432
unix_socket_directories = '../socket'
unix_socket_permissions = 0700
max_connections = 64

fsync = on
full_page_writes = on
synchronous_commit = on
max_wal_size = 2GB
checkpoint_timeout = 15min

shared_buffers = 256MB
work_mem = 16MB
maintenance_work_mem = 128MB
random_page_cost = 1.1
jit = off
# Containers give /dev/shm 64 MB, too little for parallel workers; large questions go to the lake.
max_parallel_workers_per_gather = 0
max_parallel_maintenance_workers = 0

timezone = 'UTC'
lc_messages = 'C'

# A week of warnings, no statements and no values: they may hold personal data.
logging_collector = on
log_directory = '../log'
log_filename = 'postgresql-%a.log'
log_rotation_age = 1d
log_rotation_size = 0
log_truncate_on_rotation = on
log_timezone = 'UTC'
log_min_messages = warning
log_min_error_statement = panic
log_error_verbosity = terse
"""


def write(base: Path, place: str, *, who: list[str]) -> None:
    """Write the files into `base`, which the server sees as `place`. `who` and root may connect."""
    names = sorted({*who, pwd.getpwuid(0).pw_name})
    hba, ident = _quoted(f"{place}/pg_hba.conf"), _quoted(f"{place}/pg_ident.conf")
    files = f"hba_file = {hba}\nident_file = {ident}\n"
    _replace(base / "postgresql.conf", SETTINGS + files)
    _replace(base / "pg_hba.conf", "local all holdfast peer map=holdfast\n")
    _replace(base / "pg_ident.conf", "".join(f'holdfast "{name}" holdfast\n' for name in names))


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _replace(file: Path, text: str) -> None:
    """Never through a link, and readable to the server whatever the umask."""
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w") as out:
        os.fchmod(descriptor, 0o644)
        out.write(text)
    new.replace(file)
