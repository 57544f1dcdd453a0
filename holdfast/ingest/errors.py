"""The one error of this folder, and how troubles of disk and database become it."""

import contextlib
import errno
from collections.abc import Iterator

import psycopg
from django.db import Error as DatabaseError
from django.db import connection
from django.utils.translation import gettext as _

_FULL = {errno.ENOSPC, errno.EDQUOT}


class CannotImport(Exception):
    """Nothing was stored. The message says why, `help` what to do next."""

    def __init__(self, error: str, help: str = "") -> None:  # noqa: A002
        super().__init__(f"{error} {help}".strip())
        self.error = error
        self.help = help


class Interrupted(CannotImport):
    """Nothing is wrong with the file: disk or database failed. Nothing was stored."""


@contextlib.contextmanager
def said_plainly() -> Iterator[None]:
    """Around the transaction: what went wrong with disk, database or letters, as CannotImport."""
    try:
        yield
    except OSError as error:
        raise _of_disk(error) from error
    except (DatabaseError, psycopg.Error) as error:
        connection.close_if_unusable_or_obsolete()
        raise _of_database(error) from error
    except UnicodeError as error:
        raise CannotImport(
            _("The file is not text in the encoding %(encoding)s.")
            % {"encoding": getattr(error, "encoding", "")},
            _("Say which it is with --encoding, or save the file as UTF-8."),
        ) from error


def _of_disk(error: OSError) -> Interrupted:
    if error.errno in _FULL:
        return _no_space(_("The disk is full."))
    return Interrupted(
        _("A file could not be read or written: %(reason)s.") % {"reason": error}, _again()
    )


def _of_database(error: BaseException) -> Interrupted:
    cause = error.__cause__ if isinstance(error.__cause__, psycopg.Error) else error
    if isinstance(cause, psycopg.errors.DiskFull):
        return _no_space(_("The disk of the database is full."))
    if isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError):
        return Interrupted(_("The connection to the database was lost."), _again())
    return Interrupted(
        _("The database refused the import: %(reason)s.") % {"reason": str(cause).splitlines()[0]},
        _again(),
    )


def _no_space(error: str) -> Interrupted:
    return Interrupted(error, _("Nothing was stored. Make space and import the file again."))


def _again() -> str:
    return _("Nothing was stored. Look at `holdfast doctor`, then import the file again.")
