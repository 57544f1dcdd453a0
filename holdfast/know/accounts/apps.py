"""Accounts tell the lake how to keep a copy of them."""

import pyarrow as pa
from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "holdfast.know.accounts"

    def ready(self) -> None:
        from holdfast.lake import mirror

        mirror.register(mirror.Source("accounts", "accounts_account", COLUMNS))


COLUMNS = {
    "id": ("id", pa.int64()),
    "external_id": ("external_id", pa.string()),
    "name": ("name", pa.string()),
    "became_client_on": ("became_client_on", pa.date32()),
    "left_on": ("left_on", pa.date32()),
}
