"""The pages that span areas take their places in the masthead."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    name = "holdfast.web"

    def ready(self) -> None:
        from holdfast.ui import nav

        nav.page("today", _("Today"), "web:today")
        nav.place("home", "web:today")
        nav.place("find", "web:find")
        nav.place("leave", "account_logout")
