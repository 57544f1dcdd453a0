"""What a person may do follows from the role; a role is code, not a table."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """One thing that a view or a command lets people do."""

    READ_ACCOUNTS = "read-accounts"
    EXPORT_ACCOUNTS = "export-accounts"
    IMPORT_RECORDS = "import-records"
    ASSESS = "assess"
    CHANGE_SETTINGS = "change-settings"


class Role(models.TextChoices):
    """What a person is here."""

    OWNER = "owner", _("Owner")


PERMISSIONS: dict[str, frozenset[Permission]] = {Role.OWNER: frozenset(Permission)}
