"""How numbers are written for people."""

from django.utils.formats import number_format


def counted(number: int) -> str:
    """A count with its thousands apart, as the active language does it."""
    return number_format(number, 0, use_l10n=True, force_grouping=True)
