"""Light or dark is remembered on the device; nobody is led astray by choosing."""

import pytest
from django.urls import reverse


@pytest.fixture
def choose(client):
    return lambda **answers: client.post(reverse("ui:theme"), answers)


def test_a_choice_is_remembered(choose, client):
    answer = choose(theme="dark", next="/sign-in/?next=/")

    assert answer.cookies["theme"].value == "dark"
    assert answer.headers["Location"] == "/sign-in/?next=/"


def test_back_to_the_system(choose):
    assert choose(theme="").cookies["theme"]["max-age"] == 0


def test_no_other_theme(choose):
    assert choose(theme='"><script>').cookies["theme"].value == ""


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:x", ""])
def test_only_back_to_a_page_of_ours(choose, address):
    assert choose(theme="dark", next=address).headers["Location"] == "/"


def test_reading_the_address_changes_nothing(client):
    assert client.get(reverse("ui:theme")).status_code == 405
