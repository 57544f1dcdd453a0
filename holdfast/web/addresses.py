"""Where numbers and names lead."""

from urllib.parse import urlencode

from django.urls import reverse


def accounts(**chosen: str | list[str]) -> str:
    """The list of accounts, narrowed: accounts(segment=["A", "B"], band="unhealthy")."""
    return _page("standing:board", chosen)


def account(account_id: int, part: str = "") -> str:
    """The page of an account, at one of its parts."""
    address = reverse("web:account", args=[account_id])
    return f"{address}#{part}" if part else address


def imports() -> str:
    return _page("ingest:board", {})


def retention() -> str:
    return _page("retention:board", {})


def _page(name: str, chosen: dict[str, str | list[str]]) -> str:
    address = reverse(name)
    return f"{address}?{urlencode(chosen, doseq=True)}" if chosen else address
