"""What happened here: append-only, ids and numbers, never personal data.

A verb records one fact; the fact is the audit trail, the timeline, and the way upper layers hear
of lower ones: each reaction to its kind is queued in the same transaction.
"""

from holdfast.facts.actions import Actor, reaction, record

__all__ = ["Actor", "reaction", "record"]
