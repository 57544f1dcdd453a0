"""Scorecards listen for records that come in."""

from django.apps import AppConfig


class ScorecardsConfig(AppConfig):
    name = "holdfast.assess.scorecards"

    def ready(self) -> None:
        from holdfast import facts
        from holdfast.assess.scorecards import tasks
        from holdfast.assess.scorecards.reading import CHANGES

        for kind in CHANGES:
            facts.reaction(kind, tasks.look_again)
