"""The kinds of rows that can be imported, by name."""

from django.utils.translation import gettext as _

from holdfast.ingest.errors import CannotImport
from holdfast.lib.kinds import Kind

_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called at start. Saying it twice changes nothing."""
    _kinds[kind.name] = kind


def names() -> list[str]:
    return sorted(_kinds)


def get(name: str) -> Kind:
    try:
        return _kinds[name]
    except KeyError:
        raise CannotImport(
            _("Nothing of the kind “%(kind)s” can be imported.") % {"kind": name},
            _("Choose one of: %(kinds)s.") % {"kinds": ", ".join(names())},
        ) from None
