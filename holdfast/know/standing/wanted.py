"""What somebody asks of the list of accounts: a plain address, so that it can be kept and sent."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from holdfast.know.standing.models import KEY, Band, Segment

SORTS = ("name", "score", "health", "revenue", "purchase")
QUIET_DAYS = 90
LONGEST = 200  # of what is searched for


@dataclass(frozen=True)
class Wanted:
    """Which accounts, in which order. No segments or bands named: all of them."""

    segments: tuple[str, ...] = ()
    bands: tuple[str, ...] = ()
    quiet: bool = False  # no purchase for 90 days
    words: str = ""
    sort: str = "revenue"
    descending: bool = True

    @classmethod
    def parse(cls, query: QueryDict) -> "Wanted":
        """From an address. What it cannot mean is left out, as if it had not been said."""
        sort = query.get("sort", "")
        descending, sort = sort.startswith("-"), sort.removeprefix("-")
        if sort not in SORTS:
            descending, sort = True, "revenue"
        return cls(
            segments=tuple(name for name in Segment.values if name in query.getlist("segment")),
            bands=tuple(name for name in Band.values if name in query.getlist("band")),
            quiet=query.get("quiet") == str(QUIET_DAYS),
            words=query.get("q", "").strip()[:LONGEST],
            sort=sort,
            descending=descending,
        )

    @property
    def narrows(self) -> bool:
        """Whether it asks for something only a look can tell."""
        return bool(self.segments or self.bands or self.quiet)

    @property
    def order(self) -> str:
        return f"-{self.sort}" if self.descending else self.sort

    def but(self, **changes: Any) -> "Wanted":
        return replace(self, **changes)

    def query(self, **places: object) -> str:
        """The address that asks for this; `after` and `before` lead to a page of it."""
        query = QueryDict(mutable=True)
        query.setlist("segment", list(self.segments))
        query.setlist("band", list(self.bands))
        if self.quiet:
            query["quiet"] = str(QUIET_DAYS)
        if self.words:
            query["q"] = self.words
        if self.order != "-revenue":
            query["sort"] = self.order
        for name, place in places.items():
            query[name] = str(place)
        return f"?{query.urlencode()}"

    def toggled(self, kind: str, value: str) -> "Wanted":
        """With the segment or band added, or taken out when it was in."""
        now: tuple[str, ...] = getattr(self, kind)
        every = Segment.values if kind == "segments" else Band.values
        kept = {value} ^ set(now)
        return self.but(**{kind: tuple(name for name in every if name in kept)})


EVERYONE = Wanted()
KEY_CLIENTS = Wanted(segments=tuple(str(name) for name in KEY))
UNKNOWN_HEALTH = Wanted(bands=(str(Band.UNKNOWN),))
QUIET = Wanted(quiet=True)
ONLY_D = Wanted(segments=(str(Segment.D),))
