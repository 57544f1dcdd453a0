"""How far an import is, for the page that asks while its transaction is still open."""

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from django.db import connection

from holdfast.ingest.models import Import


class Told:
    """Writes the progress through a connection of its own, so that others see it before the commit.

    Leave it before the import's own transaction touches the row, else the two wait for each other.
    """

    def __init__(self, import_id: int) -> None:
        self.import_id = import_id
        self._thread = ThreadPoolExecutor(1)
        self._last: Future[None] | None = None

    def __call__(self, done: int, expected: int | None) -> None:
        """Passed over while the one before is still being written."""
        if self._last is None or self._last.done():
            self._last = self._thread.submit(self._write, done, expected)

    def __enter__(self) -> "Told":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._thread.submit(_hang_up)
        self._thread.shutdown()

    def _write(self, done: int, expected: int | None) -> None:
        Import.objects.filter(pk=self.import_id).update(rows_done=done, rows_expected=expected)


def _hang_up() -> None:
    connection.close()  # looked up here, in the thread: each has its own
