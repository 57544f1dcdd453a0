"""What every test shares: a database of its own, a home of its own, a cast, no way out.

The environment is set while this file loads, before anything of ours is imported.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django.plugin import DjangoDbBlocker

if TYPE_CHECKING:
    from django.test import Client

    from holdfast.access.actors import Actor
    from holdfast.access.models import Person

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "data"
HOME = Path(tempfile.mkdtemp(prefix="holdfast-test-"))
(HOME / "static").mkdir()
os.environ["HOLDFAST_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "holdfast.config.settings"
for name in ("HOLDFAST_NOW", "HOLDFAST_CRASH", "HOLDFAST_URL", "HOLDFAST_DEBUG"):
    os.environ.pop(name, None)


def pytest_configure() -> None:
    """Load the settings, which makes pytest-django set Django up."""
    from django.conf import settings

    if settings.HOME != HOME:  # loaded before this file could say where the tests live
        raise pytest.UsageError("Unset DJANGO_SETTINGS_MODULE: the tests bring their own home.")
    settings.STORAGES["staticfiles"] = {  # no manifest: nothing is collected for tests
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick


def pytest_unconfigure() -> None:
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> Iterator[None]:
    """The database at DATABASE_URL; without one, the embedded server, for the whole run."""
    from holdfast.config import postgres

    with postgres.running(HOME):
        yield


@pytest.fixture
def at() -> datetime:
    """A moment for verbs that are told the time."""
    return datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def by() -> "Actor":
    """Someone for verbs that are told who acts."""
    from holdfast.access import actors

    return actors.job("test")


@pytest.fixture
def owner(db: None, by: "Actor", at: datetime) -> "Person":
    """The owner, who signs in as owner@example.com with “walrus on a bicycle”."""
    from holdfast.access import people

    return people.create_owner(
        email="owner@example.com", name="Ana Owner", password="walrus on a bicycle", by=by, at=at
    )


@dataclass
class Cast:
    """Browsers of those whom a page must tell apart. A colleague joins them with the roles."""

    owner: "Client"
    stranger: "Client"


@pytest.fixture
def cast(owner: "Person") -> Cast:
    from django.test import Client

    browser = Client()
    browser.force_login(owner)
    return Cast(owner=browser, stranger=Client())


@pytest.fixture(autouse=True)
def what_is_no_model_is_swept(
    request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """After a test that commits, Django empties its models; the queue and the counts it forgets."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        from django.db import connection

        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "truncate procrastinate_jobs, procrastinate_workers, holdfast_cache cascade"
            )


@pytest.fixture
def shared() -> Callable[[str], Path]:
    """A file of the shared data by name; when it is missing, the test is skipped and says so."""

    def find(name: str) -> Path:
        if not (SHARED / name).exists():
            pytest.skip(f"../shared/data/{name} is missing")
        return SHARED / name

    return find
