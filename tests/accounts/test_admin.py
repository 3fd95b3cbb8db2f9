"""Accounts on the desk: who may open, block and raise them; forged forms change nothing."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core import mail
from django.test import Client

from core.accounts.models import User
from core.accounts.roles import Role
from core.legal.models import AuditEntry
from tests.factories.accounts import PASSWORD, UserFactory, official, superuser, unit, with_second_factor

LIST = "/admin/accounts/user/"
FORGED = {
    "is_staff": "on",
    "is_superuser": "on",
    "groups": "1",
    "user_permissions": "1",
    "password": "x",
    "email": "przejete@example.org",
    "calendar_token": "x",
}

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(log_in) -> Client:
    """An official with the role of administrator, no superuser."""
    return log_in(official(Role.ADMIN))


@pytest.fixture
def chief(log_in) -> Client:
    return log_in(superuser())


def change(client: Client, user: User, **form):
    """Posts the form of an account as the page would; rows of roles below it stay as they are."""
    page = client.get(f"{LIST}{user.pk}/change/")
    empty = {f"{s.formset.prefix}-TOTAL_FORMS": 0 for s in page.context["inline_admin_formsets"]}
    empty |= {f"{s.formset.prefix}-INITIAL_FORMS": 0 for s in page.context["inline_admin_formsets"]}
    return client.post(
        f"{LIST}{user.pk}/change/", {"full_name": user.full_name, "is_active": "on"} | empty | form
    )


def rights(user: User) -> tuple[bool, bool, bool]:
    user.refresh_from_db()
    return user.is_active, user.is_staff, user.is_superuser


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_only_administrators_come_to_the_accounts(log_in, role):
    user = UserFactory()
    client = log_in(official(role, is_staff=True))

    for path in (LIST, f"{LIST}{user.pk}/change/", f"{LIST}add/", f"{LIST}{user.pk}/history/"):
        assert client.get(path).status_code == 403, path
    assert client.post(f"{LIST}{user.pk}/drugi-skladnik/usun/", {"reason": "x"}).status_code == 403


def test_residents_do_not_come_to_the_desk(log_in):
    assert log_in(UserFactory()).get(LIST).status_code == 302


def test_search_and_filters(administrator):
    UserFactory(email="szukana@example.org", full_name="Szukana Osoba")
    UserFactory(email="inna@example.org", full_name="Inna")

    page = administrator.get(LIST, {"q": "szukana"}).content.decode()

    assert "szukana@example.org" in page
    assert "inna@example.org" not in page
    assert administrator.get(LIST, {"is_active__exact": "0"}).status_code == 200
    assert administrator.get(LIST, {"o": "99", "p": "x"}).status_code in (200, 302)


def test_there_is_no_jungle_of_single_permissions(chief):
    page = chief.get(f"{LIST}{UserFactory().pk}/change/").content.decode()

    assert 'name="groups"' not in page
    assert 'name="user_permissions"' not in page


def test_tables_with_secrets_have_no_page():
    registered = {model._meta.label for model in admin.site._registry}

    assert not registered & {"mfa.Authenticator", "account.EmailAddress", "usersessions.UserSession"}


# --- opening --------------------------------------------------------------------------------------


def test_an_account_for_a_colleague(chief):
    answer = chief.post(
        f"{LIST}add/", {"email": "Nowa.Urzedniczka@example.org", "full_name": "Nowa Osoba", "is_staff": "on"}
    )

    assert answer.status_code == 302
    made = User.objects.get(email="nowa.urzedniczka@example.org")
    assert rights(made) == (True, True, False)
    assert not made.has_usable_password()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["nowa.urzedniczka@example.org"], "Masz konto w portalu")
    assert "http://testserver/konto/haslo/odzyskiwanie/" in letter.body
    assert AuditEntry.objects.filter(verb="Założenie konta", subject_id=made.pk).exists()


def test_an_administrator_opens_accounts_without_access_to_the_desk(administrator):
    administrator.post(
        f"{LIST}add/",
        {"email": "nowa@example.org", "full_name": "Nowa"} | FORGED | {"email": "nowa@example.org"},
    )

    assert rights(User.objects.get(email="nowa@example.org")) == (True, False, False)


@pytest.mark.parametrize(
    "email", ["zajety@example.org", "ZAJETY@example.org", "nie adres", "", "a\x00@example.org"]
)
def test_a_taken_or_broken_address_is_refused(chief, email):
    UserFactory(email="zajety@example.org")

    answer = chief.post(f"{LIST}add/", {"email": email, "full_name": "Ktoś"})

    assert answer.status_code == 200
    assert User.objects.filter(email__icontains="zajety").count() == 1
    assert not mail.outbox


# --- changing -------------------------------------------------------------------------------------


def test_blocking_ends_every_session_and_is_logged(administrator, log_in):
    user = UserFactory()
    browser = log_in(user)

    change(administrator, user, is_active="")

    assert rights(user)[0] is False
    assert browser.get("/konto/").status_code == 302
    entry = AuditEntry.objects.get(verb="Zmiana konta")
    assert (entry.before, entry.after) == ({"is_active": True}, {"is_active": False})


def test_unblocking_opens_the_account_again(administrator, client):
    user = UserFactory(is_active=False)

    change(administrator, user, is_active="on")

    assert (
        client.post("/konto/logowanie/", {"login": user.email, "password": PASSWORD})["Location"] == "/moje/"
    )


def test_a_forged_form_raises_no_rights(administrator):
    user = UserFactory()
    before = user.password, user.email

    change(administrator, user, **FORGED)

    assert rights(user) == (True, False, False)
    assert (user.password, user.email) == before
    assert not user.groups.exists()
    assert not user.user_permissions.exists()


def test_nobody_raises_their_own_account(log_in):
    me = official(Role.ADMIN)
    client = log_in(me)

    change(client, me, **FORGED)

    assert rights(me) == (True, True, False)


def test_a_superuser_gives_access_to_the_desk(chief, log_in):
    user = UserFactory()
    browser = log_in(user)

    change(chief, user, is_staff="on")

    assert rights(user) == (True, True, False)
    assert browser.get("/konto/").status_code == 302  # new rights begin with a new log-in


def test_a_superuser_cannot_lock_themselves_out(log_in):
    me = superuser()
    client = log_in(me)

    change(client, me, is_active="", is_superuser="", is_staff="")

    assert rights(me) == (True, True, True)


def test_an_administrator_does_not_touch_superusers(administrator):
    boss = superuser()

    answer = administrator.post(f"{LIST}{boss.pk}/change/", {"full_name": "Zhakowany", "is_active": ""})

    assert answer.status_code == 403
    assert rights(boss) == (True, True, True)
    assert administrator.post(f"{LIST}{boss.pk}/drugi-skladnik/usun/", {"reason": "x"}).status_code == 403


def test_accounts_are_not_deleted(chief):
    user = UserFactory()

    assert chief.post(f"{LIST}{user.pk}/delete/", {"post": "yes"}).status_code == 403
    chief.post(LIST, {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"})

    assert User.objects.filter(pk=user.pk).exists()


def test_the_log_holds_no_password(administrator):
    user = UserFactory(full_name="Przed")

    change(administrator, user, full_name="Po")

    entry = AuditEntry.objects.get(verb="Zmiana konta")
    assert (entry.before, entry.after) == ({"full_name": "Przed"}, {"full_name": "Po"})
    assert "Po" in administrator.get(f"{LIST}{user.pk}/history/").content.decode()


# --- a lost telephone -----------------------------------------------------------------------------


def test_the_second_factor_of_a_lost_telephone_is_taken_away(administrator, log_in):
    user = with_second_factor(official(Role.CALL_MANAGER))
    browser = log_in(user)

    answer = administrator.post(f"{LIST}{user.pk}/drugi-skladnik/usun/", {"reason": "Zgubiony telefon"})

    assert answer.status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert browser.get("/konto/").status_code == 302
    assert mail.outbox[-1].subject == "Usunięto drugi składnik Twojego konta"
    assert AuditEntry.objects.get(verb="Usunięcie drugiego składnika").reason == "Zgubiony telefon"


def test_a_reason_is_wanted(administrator):
    user = with_second_factor(UserFactory())

    page = administrator.post(f"{LIST}{user.pk}/drugi-skladnik/usun/", {"reason": " "})

    assert page.status_code == 200
    assert "Powód: uzupełnij to pole" in page.content.decode()
    assert Authenticator.objects.filter(user=user).exists()


def test_reading_the_page_takes_nothing_away(administrator):
    user = with_second_factor(UserFactory())

    assert administrator.get(f"{LIST}{user.pk}/drugi-skladnik/usun/").status_code == 200
    assert Authenticator.objects.filter(user=user).exists()


# --- roles ----------------------------------------------------------------------------------------

ROLES = "/admin/city/rolegrant/"


def roles_of(user: User) -> list[str]:
    return list(user.role_grants.values_list("role", flat=True))


def test_an_administrator_gives_a_role_and_the_person_logs_in_anew(administrator, log_in):
    user = UserFactory()
    browser = log_in(user)

    administrator.post(f"{ROLES}add/", {"user": user.pk, "role": Role.INSPECTOR_FINANCE, "unit": unit().pk})

    assert roles_of(user) == [Role.INSPECTOR_FINANCE]
    assert browser.get("/konto/").status_code == 302


def test_nobody_gives_themselves_a_role(log_in):
    me = official(Role.ADMIN)
    client = log_in(me)

    client.post(f"{ROLES}add/", {"user": me.pk, "role": Role.COORDINATOR})
    client.post(f"{ROLES}{me.role_grants.get().pk}/change/", {"user": me.pk, "role": Role.COORDINATOR})

    assert roles_of(me) == [Role.ADMIN]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.AUDITOR, Role.CALL_MANAGER])
def test_others_give_no_roles(log_in, role):
    me = official(role)
    client = log_in(me)

    for user in (me, UserFactory()):
        answer = client.post(f"{ROLES}add/", {"user": user.pk, "role": Role.ADMIN})
        assert answer.status_code == 403
    assert roles_of(me) == [role]
