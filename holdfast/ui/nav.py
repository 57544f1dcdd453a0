"""The sections of the masthead and their pages. Apps above register theirs when they start.

nav.page("know", _("Accounts"), "accounts:list", order=1, also=("accounts:show",))
nav.place("find", "web:find")
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise
Allowed = Callable[[HttpRequest], bool]


class UnknownArea(ValueError):
    """The message lists the areas there are."""


@dataclass(frozen=True)
class Page:
    """A page of an area. `also` names the views that are read as part of it, like one account."""

    label: Label
    url_name: str
    order: int = 0
    also: tuple[str, ...] = ()
    allowed: Allowed = lambda request: True

    @property
    def address(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Area:
    """A section: Today, or one of the seven verbs. The question opens its pages."""

    name: str
    label: Label
    question: Label = ""


@dataclass(frozen=True)
class Link:
    """What the masthead prints. `current` is a value of aria-current, or empty."""

    label: Label
    address: str
    current: str = ""


@dataclass(frozen=True)
class Sections:
    """The masthead of one request: the areas, and the pages of the open one."""

    areas: list[Link]
    area: Area | None
    pages: list[Link]


AREAS = (
    Area("today", _("Today")),
    Area("know", _("Know"), _("Who are they?")),
    Area("reach", _("Reach"), _("How may we speak to them?")),
    Area("listen", _("Listen"), _("What do they say?")),
    Area("reward", _("Reward"), _("What do they get for staying?")),
    Area("assess", _("Assess"), _("How are they, and how much do they matter?")),
    Area("act", _("Act"), _("What do we do about it?")),
    Area("prove", _("Prove"), _("Did it work?")),
)
_pages: dict[str, list[Page]] = {area.name: [] for area in AREAS}
_places: dict[str, str] = {}


def page(
    area: str,
    label: Label,
    url_name: str,
    *,
    order: int = 0,
    also: tuple[str, ...] = (),
    allowed: Allowed = lambda request: True,
) -> None:
    """Put a page into an area; registering its name again replaces it."""
    if area not in _pages:
        raise UnknownArea(f"There is no area “{area}”. Areas: {', '.join(_pages)}.")
    kept = [known for known in _pages[area] if known.url_name != url_name]
    added = Page(label, url_name, order, also, allowed)
    _pages[area] = sorted([*kept, added], key=lambda known: known.order)


def place(name: str, url_name: str) -> None:
    """Say where the masthead's own links lead: `home`, `find`, `me`, `leave`."""
    _places[name] = url_name


def where(name: str) -> str:
    """The address of a place, empty when nothing is there yet."""
    return reverse(_places[name]) if name in _places else ""


def sections(request: HttpRequest) -> Sections:
    """Areas that have a page this person may open, and the pages of the current one."""
    view = request.resolver_match.view_name if request.resolver_match else ""
    shown = [(area, _open_to(request, area)) for area in AREAS]
    current = next((area for area, pages in shown if any(_holds(p, view) for p in pages)), None)
    areas = [_area_link(area, pages, current, view) for area, pages in shown if pages]
    inside = [_page_link(p, view) for area, pages in shown if area is current for p in pages]
    return Sections(areas, current, inside if current and current.question else [])


def pages(request: HttpRequest) -> list[Link]:
    """Every page this person may open, area by area, for those who look for one by name."""
    shown = (known for area in AREAS for known in _open_to(request, area))
    return [Link(known.label, known.address) for known in shown]


def _open_to(request: HttpRequest, area: Area) -> list[Page]:
    return [known for known in _pages[area.name] if known.allowed(request)]


def _holds(known: Page, view: str) -> bool:
    return view == known.url_name or view in known.also


def _area_link(area: Area, pages: list[Page], current: Area | None, view: str) -> Link:
    here = "page" if view == pages[0].url_name and not area.question else "true"
    return Link(area.label, pages[0].address, here if area is current else "")


def _page_link(known: Page, view: str) -> Link:
    current = "page" if view == known.url_name else "true" if view in known.also else ""
    return Link(known.label, known.address, current)
