"""The door: who comes in, who does not, and where they land."""

import pytest
from django.test import Client

from holdfast.facts.models import Fact

SECRET = "walrus on a bicycle"


def sign_in(client, password=SECRET, email="owner@example.com", after=""):
    return client.post(f"/sign-in/{after}", {"login": email, "password": password})


def facts(kind):
    return list(Fact.objects.filter(kind=kind).values_list("actor", "numbers"))


def test_the_owner_comes_in_and_goes_out(owner, client):
    assert sign_in(client, email=" OWNER@example.com ")["Location"] == "/"
    assert facts("person.signed-in") == [(f"person:{owner.pk}", {})]

    assert client.get("/sign-out/").status_code == 200
    assert "_auth_user_id" in client.session  # looking signs nobody out
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session
    assert facts("person.signed-out") == [(f"person:{owner.pk}", {})]


@pytest.mark.parametrize(
    ("email", "password", "knows"),
    [("owner@example.com", "wrong", True), ("nobody@example.com", SECRET, False)],
)
def test_who_is_refused_does_not_learn_why(owner, client, email, password, knows):
    answer = sign_in(client, password, email)

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert answer.context["form"].non_field_errors() == [
        "The email address and/or password you specified are not correct."
    ]
    assert facts("person.refused") == [("stranger", {"person": owner.pk if knows else None})]


def test_five_wrong_passwords_close_the_address_for_every_process(owner, client):
    for _try in range(5):
        sign_in(client, "wrong")

    answer = sign_in(Client())  # another browser, the right password

    assert "Too many failed login attempts" in str(answer.context["form"].errors)
    assert sign_in(Client(), email="else@example.com").status_code == 200


def test_ten_wrong_addresses_close_the_machine_they_come_from(owner, client):
    for n in range(10):
        sign_in(client, "wrong", f"p{n}@example.com")

    assert "Too many failed login attempts" in str(sign_in(client).context["form"].errors)
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert sign_in(elsewhere).status_code == 302


def test_thirty_tries_a_minute_and_the_door_says_wait(owner, client):
    for _try in range(30):
        client.post("/sign-in/", {"login": "", "password": ""})

    answer = sign_in(client)

    assert answer.status_code == 429
    assert "Wait five minutes" in answer.content.decode()


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)",
        "https:evil.example", "http://localhost.evil.example/", "\thttps://evil.example",
    ],
)  # fmt: skip
def test_nobody_is_sent_elsewhere(owner, client, target):
    from urllib.parse import quote

    assert sign_in(client, after=f"?next={quote(target)}")["Location"] == "/"


def test_who_was_stopped_lands_where_they_wanted(owner, client):
    stopped = client.get("/password/?from=here")
    assert stopped["Location"] == "/sign-in/?next=/password/%3Ffrom%3Dhere"

    assert sign_in(client, after="?next=/password/%3Ffrom%3Dhere")["Location"] == (
        "/password/?from=here"
    )


def test_a_fragment_sends_the_whole_page_to_the_door(db, client):
    answer = client.get("/password/", HTTP_HX_REQUEST="true")
    assert answer["HX-Redirect"] == "/sign-in/"


@pytest.mark.parametrize("address", ["/signup/", "/accounts/signup/", "/admin/"])
def test_nobody_signs_up(cast, address):
    assert cast.stranger.get(address).status_code == 404


def test_the_door_is_closed_for_sign_up_in_allauth_too(rf):
    from holdfast.access.adapter import Adapter

    assert Adapter().is_open_for_signup(rf.get("/")) is False


def test_a_forged_form_is_refused(owner):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status_code == 403


def test_a_changed_password_is_a_fact(owner, cast):
    words = {
        "oldpassword": SECRET,
        "password1": "otter on a tandem",
        "password2": "otter on a tandem",
    }

    assert cast.owner.post("/password/", words).status_code == 302

    owner.refresh_from_db()
    assert owner.check_password("otter on a tandem")
    assert facts("person.changed-password") == [(f"person:{owner.pk}", {})]


def test_signing_in_brings_the_persons_language(owner, client):
    owner.language = "ro"
    owner.save(update_fields=["language"])
    assert sign_in(client).cookies["django_language"].value == "ro"
