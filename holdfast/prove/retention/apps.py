"""Retention has its page under Prove."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "holdfast.prove.retention"

    def ready(self) -> None:
        from holdfast.ui import nav

        nav.page("prove", _("Retention"), "retention:board", also=("retention:customers",))
