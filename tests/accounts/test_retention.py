"""What accounts forget: unconfirmed ones after a week, sessions that are over."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from core.accounts import retention, tasks
from core.accounts.models import User
from core.accounts.roles import Role
from core.common.clock import now
from tests.factories.accounts import PASSWORD, UserFactory, official

pytestmark = pytest.mark.django_db


def signed_up(email: str, *, days_ago: int, **fields) -> User:
    return UserFactory(email=email, date_joined=now() - timedelta(days=days_ago), is_verified=False, **fields)


def test_accounts_that_nobody_confirmed_are_gone_after_a_week():
    signed_up("dawno@example.org", days_ago=8)
    signed_up("niedawno@example.org", days_ago=6)
    UserFactory(email="potwierdzone@example.org", date_joined=now() - timedelta(days=400))
    signed_up("otwarte.przez.urzad@example.org", days_ago=400, password=None)
    signed_up("urzednik@example.org", days_ago=400, is_staff=True)

    assert retention.forget_unconfirmed() == 1

    assert "dawno@example.org" not in User.objects.values_list("email", flat=True)
    assert User.objects.count() == 4
    assert retention.forget_unconfirmed() == 0


def test_the_address_is_free_again(client, code_from_mail):
    signed_up("jan@example.org", days_ago=8)
    tasks.forget_ended()
    form = {"full_name": "Jan", "email": "jan@example.org", "password1": PASSWORD, "password2": PASSWORD}

    client.post("/konto/rejestracja/", form)

    assert client.post("/konto/adres/kod/", {"code": code_from_mail()})["Location"] == "/moje/"


def test_what_is_known_of_a_session_goes_with_it(log_in, frozen):
    log_in(UserFactory())
    gone, open_still = log_in(UserFactory()), log_in(official(Role.AUDITOR))
    gone.post("/konto/wyloguj/")
    assert UserSession.objects.count() == 3

    assert retention.forget_sessions() == 1
    assert open_still.get("/konto/").status_code == 200

    assert retention.forget_sessions(now() + timedelta(days=15)) == 2
    assert not UserSession.objects.exists()


def test_a_session_that_runs_is_left_alone(log_in):
    client = log_in(UserFactory(), client=Client())

    tasks.forget_ended()

    assert client.get("/konto/").status_code == 200
