"""Which column says what: suggested from headers, checked when given."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from holdfast.ingest.errors import CannotImport
from holdfast.lib.kinds import Field, Kind
from holdfast.lib.words import fold


def suggest(headers: Sequence[str], kind: Kind) -> dict[str, str]:
    """field → header, each used once. A synonym that stands earlier in its list wins."""
    folded: dict[str, str] = {}
    for header in headers:
        folded.setdefault(_key(header), header)
    found: dict[str, str] = {}
    for field in kind.fields:
        free = (folded[name] for name in _names(field) if name in folded)
        if header := next((one for one in free if one not in found.values()), ""):
            found[field.name] = header
    return found


def _names(field: Field) -> list[str]:
    return [_key(name) for name in (field.name, str(field.label), *field.synonyms)]


def _key(name: str) -> str:
    """CustomerID, customer_id and “Customer ID” are one."""
    return fold(name).replace(" ", "")


def missing(mapping: Mapping[str, str], kind: Kind) -> list[Field]:
    return [field for field in kind.fields if field.required and field.name not in mapping]


def check(mapping: Mapping[str, str], headers: Sequence[str], kind: Kind) -> None:
    """CannotImport unless every field and column exists and every required field is mapped."""
    fields = [field.name for field in kind.fields]
    for name, header in mapping.items():
        if name not in fields:
            raise CannotImport(
                _("%(kind)s have no field “%(field)s”.") % {"kind": kind.label, "field": name},
                _("Fields: %(fields)s.") % {"fields": ", ".join(fields)},
            )
        if header not in headers:
            raise CannotImport(
                _("The file has no column “%(column)s”.") % {"column": header},
                _("Columns: %(columns)s.") % {"columns": listed(headers)},
            )
    if unmapped := missing(mapping, kind):
        raise CannotImport(
            _("No column is known for: %(fields)s.")
            % {"fields": ", ".join(field.name for field in unmapped)},
            _('Say which it is, like --map %(field)s="Column". Columns: %(columns)s.')
            % {"field": unmapped[0].name, "columns": listed(headers)},
        )


def listed(headers: Sequence[str]) -> str:
    """The first thirty, so that a message stays a message."""
    shown = [header[:60] for header in headers[:30]]
    return ", ".join(shown) + (" …" if len(headers) > 30 else "")
