"""What an import left behind."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

HEADERS = "Invoice,StockCode,Quantity,InvoiceDate,Price,Customer ID"
Bring = Callable[..., Any]  # fixture: imports a file and gives its Report
Write = Callable[..., Path]  # fixture: writes a file


def rejected(report: Any) -> list[list[str]]:
    """The rows of the rejected file, its headers first."""
    assert report.rejected_file
    with Path(report.rejected_file).open(newline="", errors="surrogateescape") as file:
        return list(csv.reader(file))
