"""Rows that are written once. The base refuses in Python, a trigger refuses in the database."""

from typing import Any, NoReturn, TypeVar

from django.db import models
from django.db.migrations.operations.special import RunSQL

Row = TypeVar("Row", bound=models.Model)


class CannotChange(TypeError):
    """A row that is written once was about to change; write another that corrects it instead."""

    def __init__(self) -> None:
        super().__init__("What is written here stays. Write another row that corrects it.")


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Reads and adds."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise CannotChange

    def delete(self) -> NoReturn:
        raise CannotChange


class AppendOnly(models.Model):
    """A row that is added and then stays. Its table's migration adds `refuse_change(table)`."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise CannotChange
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise CannotChange


def refuse_change(table: str) -> RunSQL:
    """The migration operation by which the database itself refuses UPDATE and DELETE."""
    return RunSQL(
        f"CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION holdfast_refuse_change()",
        f"DROP TRIGGER written_once ON {table}",
    )
