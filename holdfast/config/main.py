"""The `holdfast` command."""

import os
import sys

from holdfast.config.home import CannotUseHome


def main() -> None:
    """Set Django up, then let Typer choose the verb."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "holdfast.config.settings")
    import django
    from django.utils import translation

    from holdfast.config.programs import CannotStart

    try:
        django.setup()
    except (CannotUseHome, CannotStart) as error:
        sys.exit(str(error.args[0]) if error.args else str(error))
    translation.activate(_language())
    from holdfast.config.commands import root

    root.run(sys.argv[1:])


def _language() -> str:
    """The language of the terminal, where it is one of ours."""
    from django.conf import settings

    asked = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "en")[:2].lower()
    return asked if asked in dict(settings.LANGUAGES) else "en"
