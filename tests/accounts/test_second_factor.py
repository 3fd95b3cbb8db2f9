"""The app with codes and the recovery codes; who must have them."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from core.accounts.roles import Role
from tests.factories.accounts import (
    APP_SECRET,
    PASSWORD,
    UserFactory,
    app_code,
    official,
    recovery_codes,
    superuser,
    with_second_factor,
)

LOGIN = "/konto/logowanie/"
CODE = "/konto/drugi-skladnik/kod/"
TURN_ON = "/konto/drugi-skladnik/aplikacja/wlacz/"
TURN_OFF = "/konto/drugi-skladnik/aplikacja/wylacz/"
REQUIRED = "/konto/drugi-skladnik/wymagany/"

pytestmark = pytest.mark.django_db


def first_step(user) -> Client:
    client = Client()
    assert client.post(LOGIN, {"login": user.email, "password": PASSWORD})["Location"] == CODE
    return client


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_turning_the_app_on(log_in, confirm, django_capture_on_commit_callbacks):
    user = UserFactory()
    client = log_in(user)
    assert client.get(TURN_ON)["Location"].startswith("/konto/potwierdz/")
    confirm(client)

    page = client.get(TURN_ON)
    secret = page.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(TURN_ON, {"code": app_code(secret)}, follow=True)

    assert "data:image/svg+xml;base64," in page.content.decode()
    assert secret in page.content.decode()
    assert answer.redirect_chain[-1][0] == "/konto/drugi-skladnik/kody/"
    shown = [code for code in recovery_codes(user) if code in answer.content.decode()]
    assert len(shown) == 10
    assert mail.outbox[-1].subject == "Aplikacja z kodami włączona"


def test_turning_the_app_on_needs_the_right_code(log_in, confirm):
    client = log_in(UserFactory())
    confirm(client)
    client.get(TURN_ON)

    page = client.post(TURN_ON, {"code": "000000"}).content.decode()

    assert "Kod z\xa0aplikacji: kod się nie zgadza" in page
    assert not Authenticator.objects.exists()


@pytest.mark.rule("R-WEB-14")
def test_log_in_with_password_and_code():
    client = first_step(with_second_factor(UserFactory()))
    assert not is_logged_in(client)
    assert client.get("/konto/")["Location"].startswith(LOGIN)

    answer = client.post(CODE, {"code": app_code()})

    assert answer["Location"] == "/moje/"
    assert is_logged_in(client)


def test_the_way_after_log_in_is_kept_through_the_code():
    user = with_second_factor(UserFactory())
    client = Client()
    client.post(f"{LOGIN}?next=/konkursy/7/", {"login": user.email, "password": PASSWORD})

    assert client.post(CODE, {"code": app_code()})["Location"] == "/konkursy/7/"


@pytest.mark.parametrize("code", ["000000", "", "123", "abc def", "١٢٣٤٥٦", "1" * 500, "12\x0034"])
def test_a_wrong_code_does_not_open(code):
    client = first_step(with_second_factor(UserFactory()))

    assert client.post(CODE, {"code": code}).status_code == 200
    assert not is_logged_in(client)


@pytest.mark.parametrize(
    ("seconds", "opens"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_a_code_is_good_half_a_minute_before_and_after(frozen, seconds, opens):
    import time

    client = first_step(with_second_factor(UserFactory()))

    client.post(CODE, {"code": app_code(at=time.time() + seconds)})

    assert is_logged_in(client) is opens


def test_a_code_is_accepted_once(frozen):
    user = with_second_factor(UserFactory())
    code = app_code()
    first = first_step(user)
    first.post(CODE, {"code": code})

    frozen.shift(31)
    second = first_step(user)
    second.post(CODE, {"code": code})

    assert is_logged_in(first)
    assert not is_logged_in(second)


def test_a_recovery_code_opens_once():
    user = with_second_factor(UserFactory())
    code = recovery_codes(user)[0]
    first, second = first_step(user), first_step(user)

    first.post(CODE, {"code": code})
    second.post(CODE, {"code": code})

    assert is_logged_in(first)
    assert not is_logged_in(second)


def test_the_code_of_another_person_does_not_open():
    client = first_step(with_second_factor(UserFactory(), "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"))

    client.post(CODE, {"code": app_code(APP_SECRET)})

    assert not is_logged_in(client)


def test_nobody_comes_to_the_code_without_the_password(client):
    with_second_factor(UserFactory())

    assert client.get(CODE)["Location"] == LOGIN
    assert client.post(CODE, {"code": app_code()})["Location"] == LOGIN


def test_a_log_in_half_done_can_be_left():
    client = first_step(with_second_factor(UserFactory()))

    client.post("/konto/wyloguj/", {"next": LOGIN})

    assert client.get(CODE)["Location"] == LOGIN


def test_secrets_lie_encrypted_in_the_database():
    user = with_second_factor(UserFactory())

    stored = str(list(Authenticator.objects.filter(user=user).values_list("data", flat=True)))

    assert APP_SECRET not in stored
    assert not any(code in stored for code in recovery_codes(user))


def test_secrets_survive_a_change_of_the_key(settings):
    user = with_second_factor(UserFactory())
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new key", [settings.SECRET_KEY]

    client = first_step(user)
    client.post(CODE, {"code": app_code()})

    assert is_logged_in(client)


def test_turning_the_app_off(log_in, confirm):
    user = with_second_factor(UserFactory())
    client = log_in(user)
    assert client.post(TURN_OFF)["Location"].startswith("/konto/potwierdz/")
    confirm(client)

    client.post(TURN_OFF)

    assert not Authenticator.objects.filter(user=user).exists()
    assert mail.outbox[-1].subject == "Aplikacja z kodami wyłączona"


def test_confirmation_by_code_instead_of_the_password(log_in, frozen):
    client = log_in(with_second_factor(UserFactory()))
    frozen.shift(60)

    answer = client.post(f"/konto/drugi-skladnik/potwierdz/?next={TURN_OFF}", {"code": app_code()})

    assert answer["Location"] == TURN_OFF
    assert client.get(TURN_OFF).status_code == 200


def test_new_recovery_codes_replace_the_old(log_in, confirm, django_capture_on_commit_callbacks):
    user = with_second_factor(UserFactory())
    old = recovery_codes(user)
    client = log_in(user)
    confirm(client)

    with django_capture_on_commit_callbacks(execute=True):
        client.post("/konto/drugi-skladnik/kody/nowe/")

    assert not set(old) & set(recovery_codes(user))
    assert mail.outbox[-1].subject == "Nowe kody zapasowe"


def test_recovery_codes_as_a_file(log_in, confirm):
    user = with_second_factor(UserFactory())
    client = log_in(user)
    confirm(client)

    answer = client.get("/konto/drugi-skladnik/kody/pobierz/")

    assert answer.content.decode().split() == recovery_codes(user)
    assert answer["Content-Disposition"] == 'attachment; filename="kody-zapasowe.txt"'
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "path", ["/konto/drugi-skladnik/kody/", "/konto/drugi-skladnik/kody/pobierz/", TURN_OFF]
)
def test_pages_of_a_factor_that_is_not_there(log_in, confirm, path):
    client = log_in(UserFactory())
    confirm(client)

    assert client.get(path).status_code == 404


# --- who must have it -----------------------------------------------------------------------------

PEOPLE_WHO_MUST = [
    *[
        pytest.param(lambda role=role: official(role), id=role)
        for role in Role
        if role != Role.DIALOGUE_MEMBER
    ],
    pytest.param(superuser, id="superuser"),
    pytest.param(lambda: UserFactory(is_staff=True), id="staff without a role"),
]


@pytest.mark.parametrize("person", PEOPLE_WHO_MUST)
def test_officials_and_committee_members_go_no_further_without_it(log_in, settings, person):
    settings.REQUIRE_SECOND_FACTOR = True
    client = log_in(person())

    for path in ("/moje/", "/admin/", "/"):
        assert client.get(path)["Location"] == REQUIRED
    assert client.post("/moje/", {"x": 1})["Location"] == REQUIRED
    for path in (REQUIRED, "/konto/", "/konto/drugi-skladnik/", "/dostepnosc/"):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("person", [lambda: official(Role.DIALOGUE_MEMBER), UserFactory])
def test_others_are_not_asked(log_in, settings, person):
    settings.REQUIRE_SECOND_FACTOR = True

    assert log_in(person()).get("/moje/").status_code == 200


def test_with_it_the_doors_open(log_in, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client = log_in(with_second_factor(official(Role.COORDINATOR)))

    assert client.get("/moje/").status_code == 200
    assert client.get("/admin/").status_code == 200
    assert client.get(REQUIRED)["Location"] == "/konto/"


def test_whoever_takes_it_away_stands_before_the_door_again(log_in, confirm, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client = log_in(with_second_factor(official(Role.CALL_MANAGER)))
    confirm(client)
    client.post(TURN_OFF)

    assert client.get("/admin/")["Location"] == REQUIRED


def test_a_role_given_today_asks_at_the_next_request(log_in, settings):
    from core.city.models import RoleGrant
    from tests.factories.accounts import unit

    settings.REQUIRE_SECOND_FACTOR = True
    user = UserFactory()
    client = log_in(user)
    assert client.get("/moje/").status_code == 200

    RoleGrant.objects.create(user=user, role=Role.COMMITTEE_MEMBER, unit=unit())

    assert client.get("/moje/")["Location"] == REQUIRED


def test_a_part_of_a_page_takes_the_whole_page_along(log_in, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    client = log_in(official(Role.CALL_MANAGER))

    answer = client.get("/moje/", headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (204, REQUIRED)


def test_the_page_explains_and_leads_on(log_in, settings):
    settings.REQUIRE_SECOND_FACTOR = True
    page = log_in(official(Role.CALL_MANAGER)).get(REQUIRED).content.decode()

    assert "Ustaw drugi składnik logowania" in page
    assert f'href="{TURN_ON}"' in page


def test_the_demo_asks_nobody(log_in, settings):
    settings.REQUIRE_SECOND_FACTOR = False

    assert log_in(official(Role.COORDINATOR)).get("/admin/").status_code == 200
