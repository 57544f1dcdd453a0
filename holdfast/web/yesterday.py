"""What changed between two looks: who moved from band to band, and why."""

from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from ibis import _ as column
from ibis.expr.types import Table

from holdfast.access.models import Person
from holdfast.assess.scorecards import reading
from holdfast.assess.scorecards.look import BANDS
from holdfast.assess.scorecards.models import Assessment
from holdfast.know.accounts.models import Account
from holdfast.know.standing.models import KEY
from holdfast.lake import engine
from holdfast.ui.templatetags.figures import band_word, change, number
from holdfast.web import addresses
from holdfast.web.seen import Seen, many
from holdfast.web.whys import MOVED, movement

MOVERS = 5


@dataclass(frozen=True)
class Count:
    """How many are in a band now, and how many more than before."""

    band: str
    now: int
    more: int | None  # nobody knows without an earlier look
    most: int
    address: str

    @property
    def part(self) -> dict[str, int]:
        return {self.band: self.now}


@dataclass(frozen=True)
class Moves:
    """How many went from one band to another, over accounts that both looks know."""

    better: int = 0
    worse: int = 0
    lost_sight: int = 0
    became_known: int = 0
    new: int = 0


@dataclass(frozen=True)
class Yesterday:
    """`sentence` is the finding; without an earlier look there is nothing else."""

    sentence: str
    counts: list[Count] = field(default_factory=list)
    movers: list[SafeString] = field(default_factory=list)
    quiet: str = ""
    new: str = ""  # why the counts of the bands do not cancel out


def compare(person: Person, now: Assessment, before: Assessment | None) -> Yesterday:
    """What the newest look found that the one before it had not."""
    counts = _counts(now, before)
    if before is None:
        return Yesterday(
            _("Nobody looked on the day before, so we cannot say what changed"), counts
        )
    pairs = _pairs(before, now)
    moves = _moves(pairs, now)
    movers = _movers(person, pairs, now, before)
    quiet = "" if movers else _("No key client’s health moved by a point or more.")
    return Yesterday(title(moves), counts, movers, quiet, _came(moves))


def _came(moves: Moves) -> str:
    if not moves.new:
        return ""
    said = ngettext(
        "One account is counted for the first time.",
        "%(new)s accounts are counted for the first time.",
        moves.new,
    )
    return said % {"new": number(moves.new)}


def title(moves: Moves) -> str:
    """One sentence; sight lost outranks sight won, new accounts come last."""
    words = {name: number(count) for name, count in vars(moves).items()}
    if moves.lost_sight and (moves.better or moves.worse):
        return (
            _(
                "In the last day %(better)s got better, %(worse)s got worse "
                "and %(lost_sight)s went dark"
            )
            % words
        )
    if moves.better and moves.worse:
        return _("In the last day %(better)s got better and %(worse)s worse") % words
    return (_one_way(moves) or _("In the last day no client changed its band")) % words


def _one_way(moves: Moves) -> str:
    """The sentence where all that moved moved alike; empty when nothing did."""
    if moves.worse:
        return ngettext(
            "In the last day one client got worse",
            "In the last day %(worse)s clients got worse",
            moves.worse,
        )
    if moves.better:
        return ngettext(
            "In the last day one client got better",
            "In the last day %(better)s clients got better",
            moves.better,
        )
    if moves.lost_sight:
        return ngettext(
            "In the last day one client went dark",
            "In the last day %(lost_sight)s clients went dark",
            moves.lost_sight,
        )
    return (
        ngettext(
            "In the last day one client became known",
            "In the last day %(became_known)s clients became known",
            moves.became_known,
        )
        if moves.became_known
        else _only_new(moves)
    )


def _only_new(moves: Moves) -> str:
    if not moves.new:
        return ""
    return ngettext(
        "In the last day one client came, and no other changed its band",
        "In the last day %(new)s clients came, and no other changed its band",
        moves.new,
    )


def _counts(now: Assessment, before: Assessment | None) -> list[Count]:
    bands = now.summary["bands"]
    was = before.summary["bands"] if before else {}
    return [
        Count(
            band,
            bands[band],
            bands[band] - was[band] if was else None,
            max(bands.values()),
            addresses.accounts(band=band),
        )
        for band in ("healthy", "not_so_healthy", "unhealthy", "unknown")
    ]


def _pairs(before: Assessment, now: Assessment) -> Table:
    """One row an account that both looks know: segment, revenue, band and score, was and is."""
    both = engine.read_listed([before.file, now.file], reading.COLUMNS)
    was = both.filter(column.as_of == before.as_of).select(
        "account_id", was=column.health__band, score_was=column.health__score
    )
    known = both.filter(column.as_of == now.as_of).select(
        "account_id",
        "revenue",
        segment=column.abcd__band,
        band=column.health__band,
        score=column.health__score,
    )
    return known.inner_join(was, "account_id")


def _moves(pairs: Table, now: Assessment) -> Moves:
    found = pairs.group_by("was", "band").agg(accounts=column.count())
    counts: dict[str, int] = dict.fromkeys(("better", "worse", "lost_sight", "became_known"), 0)
    both = 0
    for row in engine.rows(found):
        both += row["accounts"]
        kind = _kind(row["was"], row["band"])
        if kind:
            counts[kind] += row["accounts"]
    return Moves(**counts, new=max(now.summary["accounts"] - both, 0))


def _kind(was: str, band: str) -> str:
    if was == band:
        return ""
    if band == "unknown":
        return "lost_sight"
    if was == "unknown":
        return "became_known"
    return "better" if BANDS.index(band) > BANDS.index(was) else "worse"


def _movers(person: Person, pairs: Table, now: Assessment, before: Assessment) -> list[SafeString]:
    """Key clients that moved: those that changed their band first, then by revenue × change."""
    key = pairs.filter(column.segment.isin([str(each) for each in KEY]))
    change_of = (column.score - column.score_was).abs()
    far = key.filter((column.was != column.band) | (change_of >= MOVED))
    weight = (column.score - column.score_was).abs().fill_null(100.0) * column.revenue
    ranked = far.mutate(crossed=column.was != column.band, weight=weight).order_by(
        column.crossed.desc(), column.weight.desc(), column.account_id
    )
    ids = [row["account_id"] for row in engine.rows(ranked.select("account_id").limit(MOVERS))]
    named = Account.objects.visible_to(person).in_bulk(ids)
    is_now, was = many(now, ids), many(before, ids)
    return [_sentence(named[each], is_now[each], was[each]) for each in ids if each in named]


def _sentence(account: Account, now: Seen, was: Seen) -> SafeString:
    """One mover: who, from what to what, and what moved it most."""
    parts = {
        "name": format_html(
            '<b><a href="{}">{}</a></b>', addresses.account(account.pk, "change"), account.name
        ),
        "band": format_html('<span class="band {}">{}</span>', now.band, band_word(now.band)),
        "was": number(was.score),
        "now": number(now.score),
        "why": movement(now, was),
        "change": change((now.score or 0) - (was.score or 0), 1),
    }
    if now.band == "unknown" or was.band == "unknown":
        return format_html(_("{name} is now {band}. {why}"), **parts)
    if now.band != was.band:
        return format_html(_("{name} became {band}, {was} to {now}. {why} ({change})"), **parts)
    return format_html(_("{name} went from {was} to {now}. {why} ({change})"), **parts)
