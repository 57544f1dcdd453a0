"""A simulated food wholesaler: who its clients are and what they ordered. One seed, one company.

Each client buys at a pace and size of its own; some grow, some cool off, some have left, some are
new. Nothing here knows a score: what the pages find in it, they find by themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa

YEARS = 2
PLACES = (
    "Leeds", "Taunton", "Grimsby", "Cork", "Porto", "Lyon", "Gouda", "Brno", "Iași", "Cluj",
    "Chișinău", "Bălți", "Orhei", "Алматы", "Тирасполь", "Hamburg", "Malmö", "Tromsø", "Ostrava",
    "Perth",
)  # fmt: skip
FAMILIES = (
    "Castellan", "Pellworth", "Harrow Road", "Kestrel", "Van Loon", "Lindqvist", "Tătaru",
    "Roussel", "Zeman", "Oliveira", "Halden", "Dunmore", "Bexhill", "Nordvik", "Grâu de Aur",
    "Brückner", "Ferrand", "Tamar Valley", "Quarry Lane", "Caledon", "Молочный край",
    "Лазурный берег", "Crișana", "Solway", "Emsland", "Kowalczyk", "Bluewater", "Ravenglass",
    "Moara Veche", "Silver Fern",
)  # fmt: skip
TRADES = (
    "Provisions", "Bakeries", "Foods", "Dairy", "Catering", "Delicatessen", "Cash & Carry",
    "Stores", "Kitchens", "Trading",
)  # fmt: skip
GOODS = (
    "Flour, 25 kg", "Rye flour, 25 kg", "Sunflower oil, 10 l", "Butter, 5 kg", "Cocoa, 10 kg",
    "Sugar, 25 kg", "Honey, 12 jars", "Walnuts, 10 kg", "Plum jam, 12 jars", "Coffee, 6 kg",
    "Black tea, 5 kg", "Sea salt, 25 kg", "Dry yeast, 10 kg", "Olive oil, 10 l",
    "Tomatoes, 24 tins", "Chickpeas, 25 kg", "Rice, 25 kg", "Vanilla, 1 kg", "Almonds, 10 kg",
    "Raisins, 12 kg", "Cheese, wheel", "Cream, 10 l", "Eggs, 180", "Paper bags, 1000",
)  # fmt: skip


@dataclass(frozen=True)
class Client:
    """One simulated client: when it buys from, until when, how often, how much, and its drift."""

    number: int
    name: str
    starts: int  # days from the first day
    ends: int
    gap: float  # mean days between orders
    size: float  # mean lines an order
    boxes: float  # mean quantity a line
    drift: float  # how much slower each year: 1 as ever, 2 twice the gap

    @property
    def external_id(self) -> str:
        return f"C-{self.number:04d}"


def clients(count: int, *, seed: int = 7) -> list[Client]:
    """That many clients with distinct names, few large and many small."""
    dice = np.random.default_rng(seed)
    days = YEARS * 365
    return [_client(number, dice, days) for number in range(1, count + 1)]


def _client(number: int, dice: np.random.Generator, days: int) -> Client:
    importance = dice.lognormal(0.0, 0.8)
    starts = 0 if dice.random() < 0.6 else int(dice.uniform(0, days - 20))
    ends = _ends(starts, dice, days)
    drift = dice.choice([0.8, 1.0, 1.0, 1.0, 2.2], p=[0.15, 0.25, 0.25, 0.2, 0.15])
    return Client(
        number=number,
        name=_name(number),
        starts=starts,
        ends=ends,
        gap=float(np.clip(dice.gamma(2.2, 14.0) / np.sqrt(importance), 3.0, 150.0)),
        size=1 + 5 * importance,
        boxes=1 + 3 * importance * dice.uniform(0.6, 1.4),
        drift=float(drift),
    )


def _ends(starts: int, dice: np.random.Generator, days: int) -> int:
    """Most stay; some left at some time; a few, small and large, have just fallen silent."""
    fate = dice.random()
    if fate < 0.06:
        return days - int(dice.uniform(35, 110))
    return days if fate < 0.72 else min(days, starts + int(dice.exponential(260)) + 30)


def _name(number: int) -> str:
    family, trade = FAMILIES[number % 30], TRADES[number // 30 % 10]
    place = PLACES[number // 300 % 20]
    return f"{family} {trade} {place}" if number >= 300 else f"{family} {trade}"


def order_lines(book: list[Client], *, until: date, seed: int = 7) -> pa.Table:
    """What they ordered in the two years before the day, one row a line, times in UTC."""
    dice = np.random.default_rng(seed + 1)
    first = until - timedelta(days=YEARS * 365)
    prices = [Decimal(f"{price:.2f}") for price in dice.lognormal(2.6, 0.7, len(GOODS))]
    lines = [line for client in book for line in _lines_of(client, first, prices, dice)]
    columns = ("account", "order", "at", "product", "quantity", "unit_price")
    return pa.table({name: [line[i] for line in lines] for i, name in enumerate(columns)})


def _lines_of(
    client: Client, first: date, prices: list[Decimal], dice: np.random.Generator
) -> Iterator[tuple[str, str, datetime, str, Decimal, Decimal]]:
    for count, day in enumerate(_order_days(client, dice)):
        at = datetime.combine(
            first + timedelta(days=day),
            time(int(dice.integers(8, 17)), int(dice.integers(60))),
            UTC,
        )
        goods = dice.choice(
            len(GOODS), size=min(len(GOODS), 1 + dice.poisson(client.size)), replace=False
        )
        for good in goods:
            boxes = Decimal(1 + int(dice.poisson(client.boxes)))
            order = f"{client.external_id}-{count:03d}"
            yield client.external_id, order, at, GOODS[good], boxes, prices[good]
        if dice.random() < 0.06:  # something came back
            good = goods[0]
            later = at + timedelta(days=2)
            yield (
                client.external_id,
                f"R{client.external_id}-{count:03d}",
                later,
                GOODS[good],
                Decimal(-1),
                prices[good],
            )


def _order_days(client: Client, dice: np.random.Generator) -> Iterator[int]:
    day = client.starts + dice.uniform(0, client.gap)
    while day < client.ends - 3:
        yield int(day)
        slower = client.drift ** max(0.0, (day - client.starts) / 365 - 0.5)
        day += max(1.0, dice.gamma(3.0, client.gap * slower / 3.0))
