"""The settings are where the masthead's round button leads."""

from django.apps import AppConfig


class CompanyConfig(AppConfig):
    name = "holdfast.know.company"

    def ready(self) -> None:
        from holdfast.ui import nav

        nav.place("me", "company:settings")
        nav.place("fixed-day", "company:settings")
