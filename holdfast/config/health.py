"""What `holdfast doctor` looks at."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Check:
    """One thing looked at, and a sentence about it."""

    name: str
    well: bool
    words: str


def checks(*, at: datetime) -> list[Check]:
    """All checks, the most basic first."""
    return [_database(), _home(), _space(), _lake_files(), _jobs(at), _assessed(at)]


def _database() -> Check:
    version = connection.cursor().connection.info.server_version // 10_000
    words = _("PostgreSQL %(version)s answers.") % {"version": version}
    if version < 15:
        words = _("PostgreSQL %(version)s is too old; Holdfast needs 15 or newer.") % {
            "version": version
        }
    return Check(_("database"), well=version >= 15, words=words)


def _home() -> Check:
    mode = Path(settings.HOME).stat().st_mode & 0o077
    if mode:
        return Check(
            _("home"),
            well=False,
            words=_("Others on this machine can look into %(home)s. Run: chmod 700 %(home)s")
            % {"home": settings.HOME},
        )
    return Check(
        _("home"),
        well=True,
        words=_("%(home)s is for its owner's eyes only.") % {"home": settings.HOME},
    )


def _space() -> Check:
    free = shutil.disk_usage(settings.HOME).free / GIGABYTE
    words = _("%(free).1f GB are free.") % {"free": free}
    if free < 2:
        words = _("Only %(free).1f GB are free. Make room before the next import.") % {"free": free}
    return Check(_("space"), well=free >= 2, words=words)


def _lake_files() -> Check:
    from holdfast.lake import files
    from holdfast.lake.models import LakeFile

    listed = LakeFile.objects.filter(removed_at=None)
    missing = [file.path for file in listed if not (files.root() / file.path).exists()]
    if missing:
        return Check(
            _("lake"),
            well=False,
            words=_(
                "%(count)s listed files are gone, %(first)s among them. Restore them from a backup."
            )
            % {"count": len(missing), "first": missing[0]},
        )
    return Check(
        _("lake"),
        well=True,
        words=_("All %(count)s listed files are there.") % {"count": listed.count()},
    )


def _jobs(at: datetime) -> Check:
    from procrastinate.contrib.django.models import ProcrastinateJob

    waiting = ProcrastinateJob.objects.filter(status="todo").count()
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    if failed:
        return Check(
            _("jobs"),
            well=False,
            words=_("%(failed)s jobs failed. The log of `holdfast up` says why.")
            % {"failed": failed},
        )
    return Check(
        _("jobs"), well=True, words=_("%(waiting)s jobs wait, none failed.") % {"waiting": waiting}
    )


def _assessed(at: datetime) -> Check:
    from holdfast.assess.scorecards import reading
    from holdfast.know.company.models import Company

    company = Company.get()
    found = reading.latest(company.as_of(at=at)) or reading.latest(
        company.as_of(at=at) - timedelta(days=1)
    )
    if not found:
        return Check(
            _("figures"),
            well=False,
            words=_("Nobody has looked at the accounts lately. Run `holdfast assess`."),
        )
    return Check(
        _("figures"),
        well=True,
        words=_("The accounts were last looked at as of %(day)s.") % {"day": found.as_of},
    )
