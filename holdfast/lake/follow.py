"""A migration operation: let the lake follow a record table."""

from django.db import migrations

FOLLOW = """
create trigger {table}_changed before update on {table}
  for each row execute function holdfast_changed();
create trigger {table}_gone after delete on {table}
  referencing old table as gone_rows for each statement execute function holdfast_gone();
create index {table}_changed_in on {table} using brin (changed_in);
"""
LEAVE = """
drop trigger {table}_changed on {table};
drop trigger {table}_gone on {table};
drop index {table}_changed_in;
"""


def follow(table: str) -> migrations.RunSQL:
    """Triggers that number changes and note deletions, and the index the mirror reads by."""
    return migrations.RunSQL(FOLLOW.format(table=table), LEAVE.format(table=table))
