"""What officials set for offers, and what they write down about them."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from competitions.admin.forms import LimitsField
from core.common.clock import now
from tests.factories import competitions as calls
from tests.factories import offers as made
from tests.factories.accounts import with_second_factor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def clerk(client, manager, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    client.force_login(with_second_factor(manager))
    return client


def act(call) -> str:
    return reverse("admin:competitions_call_act", args=[call.pk, "potwierdzenie"])


@pytest.mark.rule("R-CALL-21")
def test_the_clerk_records_a_signed_confirmation(clerk, unit):
    call = calls.open_call(unit=unit, requires_signed_confirmation=True)
    offer = made.filed_offer(call)
    page = clerk.get(reverse("admin:competitions_call_change", args=[call.pk])).content.decode()
    assert "Zapisz potwierdzenie oferty" in page
    clerk.post(act(call), {"number": offer.number, "way": "na papierze", "on": "2026-06-10T11:00"})
    offer = made.fresh(offer)
    assert offer.confirmation_way == "na papierze"
    assert offer.confirmed_at < now()


def test_a_number_that_is_not_there_is_told(clerk, unit):
    call = calls.open_call(unit=unit, requires_signed_confirmation=True)
    draft = made.draft_offer(call)
    page = clerk.post(act(call), {"number": "99/2026/0001", "way": "ePUAP", "on": "2026-06-10T11:00"})
    assert "nie ma złożonej oferty o tym numerze" in page.content.decode()
    assert made.fresh(draft).confirmed_at is None


def test_a_call_that_wants_no_confirmation_has_no_such_button(clerk, unit):
    call = calls.open_call(unit=unit)
    assert clerk.get(act(call)).status_code == 403


@pytest.mark.rule("R-OFF-06")
@pytest.mark.parametrize(
    ("typed", "kept"),
    [("task.needs: 2000\nplan.description : 500", {"task.needs": 2000, "plan.description": 500}), ("", {})],
)
def test_limits_of_answers_are_typed_in_lines(typed, kept):
    assert LimitsField().clean(typed) == kept


@pytest.mark.rule("R-OFF-06")
@pytest.mark.parametrize("typed", ["task.needs: dużo", "nieznane: 5", "task.needs", "task.needs: 0"])
def test_a_limit_that_cannot_be_understood_is_told(typed):
    with pytest.raises(ValidationError):
        LimitsField().clean(typed)


@pytest.mark.rule("R-OFF-06")
def test_the_limit_of_the_call_stands_beside_the_answer(unit):
    call = calls.open_call(unit=unit, answer_limits={"task.needs": 10})
    offer = made.draft_offer(call)
    breaches = made.law.length_breaches(offer.facts(now()))
    assert [b.field for b in breaches] == ["task.needs"]
