"""Scorecards listen for records that come in, and show the segments they make."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScorecardsConfig(AppConfig):
    name = "holdfast.assess.scorecards"

    def ready(self) -> None:
        from holdfast import facts
        from holdfast.assess.scorecards import tasks
        from holdfast.assess.scorecards.reading import CHANGES
        from holdfast.ui import nav

        for kind in CHANGES:
            facts.reaction(kind, tasks.look_again)
        shown = ("scorecards:moved", "scorecards:card")
        nav.page("know", _("Segments"), "scorecards:segments", order=2, also=shown)
