"""A look that dies anywhere leaves no half of itself, and the next one says what it would have."""

import shutil
from datetime import UTC, date, datetime

import pytest

from holdfast.access import actors
from holdfast.assess.scorecards import actions
from holdfast.assess.scorecards.models import Assessment
from holdfast.facts.models import Fact
from holdfast.know.company.models import Company
from holdfast.know.standing.models import Standing
from holdfast.lake import files
from holdfast.lake.models import LakeFile, Mirror
from tests.crash import child
from tests.factories.know import OrderFactory

DAY = date(2026, 4, 1)
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
POINTS = child.points("lake", "assess/scorecards", "know/standing")
LOOK = """
from datetime import UTC, date, datetime
from holdfast.access import actors
from holdfast.assess.scorecards import actions
actions.assess(
    as_of=date(2026, 4, 1), by=actors.job("test"), at=datetime(2026, 11, 23, 9, tzinfo=UTC)
)
"""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def company_with_two_clients():
    shutil.rmtree(files.root(), ignore_errors=True)
    Company.objects.update_or_create(id=1, defaults={"looked_at_on": DAY})
    OrderFactory.create_batch(2)


def nothing_of_it_counts() -> bool:
    written = (Assessment, LakeFile, Mirror, Standing, Fact)
    return not any(model.objects.exists() for model in written)


def the_listed_files_are_there() -> bool:
    listed = LakeFile.objects.values_list("path", flat=True)
    return all((files.root() / path).exists() for path in listed)


def test_the_points_are_those_of_the_code():
    assert POINTS == [
        "assess.written", "lake.listed", "lake.mirrored", "lake.renamed", "lake.written",
        "standing.copied",
    ]  # fmt: skip


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_point_nothing_of_it_counts(point):
    died = child.run(LOOK, crash=f"{point}:die")

    assert died.returncode == -9, died.stderr
    assert nothing_of_it_counts()

    made = actions.assess(as_of=DAY, by=actors.job("test"), at=AT)

    assert made.summary["accounts"] == 2
    assert Standing.objects.count() == 2
    assert the_listed_files_are_there()


@pytest.mark.parametrize("point", ["lake.written", "assess.written"])
def test_a_full_disk_leaves_nothing_behind(point):
    failed = child.run(LOOK, crash=f"{point}:full")

    assert failed.returncode == 1
    assert "No space left" in failed.stderr
    assert nothing_of_it_counts()
    assert not list(files.root().rglob("*.writing"))


def test_two_looks_at_once_take_turns():
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: child.run(LOOK), range(2)))

    assert [one.returncode for one in both] == [0, 0], both
    assert Assessment.objects.count() == 2
    assert Standing.objects.count() == 2
    assert Mirror.objects.count() == 3
    assert LakeFile.objects.filter(table="orders").count() == 1
