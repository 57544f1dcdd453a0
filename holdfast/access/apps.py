"""Access tells the masthead where its doors are."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "holdfast.access"

    def ready(self) -> None:
        from holdfast.ui import nav

        nav.place("me", "account_change_password")
        nav.place("leave", "account_logout")
