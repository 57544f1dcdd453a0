"""Files to bring in, written by the test that needs them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ingest.reports import HEADERS, Bring, Write

if TYPE_CHECKING:
    from holdfast.access.actors import Actor
    from holdfast.ingest.actions import Report
    from holdfast.know.company.models import Company


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A file of these rows under the usual headers, or of these very bytes."""

    def write(
        *rows: str, headers: str = HEADERS, raw: bytes | None = None, name: str = "sales.csv"
    ) -> Path:
        path = tmp_path / name
        path.write_bytes(raw if raw is not None else "\n".join([headers, *rows, ""]).encode())
        return path

    return write


@pytest.fixture
def company(db: None) -> "Company":
    """A shop in London."""
    from holdfast.know.company.models import Company

    one = Company.get()
    one.currency, one.time_zone = "GBP", "Europe/London"
    one.save()
    return one


@pytest.fixture
def bring(company: "Company", by: "Actor", at: datetime) -> Bring:
    """Import a file; accounts are created unless the test says otherwise."""
    from holdfast.ingest import actions

    def bring(path: Path, **said: object) -> "Report":
        given = {"kind": "order-lines", "create_accounts": True, "by": by, "at": at} | said
        return actions.import_file(path=path, **given)  # type: ignore[arg-type]

    return bring
