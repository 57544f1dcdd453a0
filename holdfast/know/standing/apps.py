"""The accounts take their place in the masthead."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StandingConfig(AppConfig):
    name = "holdfast.know.standing"

    def ready(self) -> None:
        from holdfast.ui import nav

        nav.page("know", _("Accounts"), "standing:board", order=1, also=("web:account",))
