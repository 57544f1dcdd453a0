"""Record a fact, and queue what reacts to it."""

import math
import re
from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from django.db import transaction
from procrastinate.tasks import Task

from holdfast.lib.jobs import enqueue

if TYPE_CHECKING:
    from holdfast.facts.models import Fact

# What a code may look like: an id, a state, a currency, a hash. No space, no @, no name of anyone.
_CODE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}|[A-Z]{1,3}")

_reactions: dict[str, dict[str, Task[Any, Any, Any]]] = defaultdict(dict)


class Actor(Protocol):
    """Who did it: a person, a token, a command-line user or a named job (access.actors)."""

    @property
    def reference(self) -> str: ...


class CannotRecord(ValueError):
    """The fact would hold more than ids, numbers, codes and times."""


def reaction(kind: str, task: Task[Any, Any, Any]) -> None:
    """Run the task with `fact_id` after each fact of the kind, one at a time, in their order.

    Called at start (a feature's `reactions.py`). Saying it twice changes nothing.
    """
    _reactions[kind][task.name] = task


@transaction.atomic
def record(
    kind: str, *, by: Actor, at: datetime, account_id: int | None = None, **numbers: Any
) -> "Fact":
    """Add the fact and queue its reactions, in the transaction of the change it speaks of."""
    from holdfast.facts.models import Fact  # the apps are not loaded yet when this module is

    fact = Fact.objects.create(
        kind=kind,
        actor=by.reference,
        at=at,
        account_id=account_id,
        numbers={name: _number(name, value) for name, value in numbers.items()},
    )
    for name, task in _reactions.get(kind, {}).items():
        enqueue(task, lock=name, fact_id=fact.pk)
    return fact


def _number(name: str, value: Any) -> Any:
    """The value as JSON, or CannotRecord."""
    match value:
        case None | bool() | int():
            return value
        case float() if math.isfinite(value):
            return value
        case UUID() | Decimal():
            return str(value)
        case date():  # a datetime too
            return value.isoformat()
        case str() if _CODE.fullmatch(value) or _is_time(value):
            return value
        case list() | tuple():
            return [_number(name, one) for one in value]
        case dict() if all(isinstance(key, str) and _CODE.fullmatch(key) for key in value):
            return {key: _number(name, one) for key, one in value.items()}
    raise CannotRecord(
        f"{name}={value!r}: a fact holds ids, numbers, codes and ISO times, never words of people."
    )


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
