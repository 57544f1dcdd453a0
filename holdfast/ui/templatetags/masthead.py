"""What the base page asks for: the sections, the places, the reader's initials and theme."""

from django.http import HttpRequest
from django.template import Context, Library

from holdfast.ui import nav, themes

register = Library()


@register.simple_tag(takes_context=True)
def sections(context: Context) -> nav.Sections | None:
    """None on a page drawn without a request, as the one for a broken server."""
    request = context.get("request")
    return nav.sections(request) if request else None


@register.simple_tag
def where(name: str) -> str:
    return nav.where(name)


@register.simple_tag(takes_context=True)
def theme(context: Context) -> str:
    request: HttpRequest | None = context.get("request")
    return themes.chosen(request) if request else ""


@register.filter
def initials(person: object) -> str:
    """Ines Carvalho → IC, ines@example.com → I."""
    name = str(person).split("@")[0]
    return "".join(word[0] for word in name.split()[:2]).upper()
