"""Offers and the people around them: the intake that is not open, several who sign, a helper (R-CALL-22, R-WEB-14)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competitions import permissions
from competitions.actions import offers as actions
from competitions.actions import record_spending
from competitions.enums import Intake, OfferState
from competitions.models import CallSpending, Offer
from core.common.clock import local, local_day, now
from core.common.edge import LONGEST_WAIT
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from organizations.actions import grant_access
from organizations.actions.representation import ACT_KINDS, consent, expire_acts, refuse_act
from organizations.enums import ActState, MandateRole
from organizations.models import RepresentationAct
from tests.factories import competitions as calls
from tests.factories import offers as made
from tests.factories import organizations as registry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def reasons(refused) -> str:
    return " | ".join(str(breach.message) for breach in refused.value.breaches).replace("\u00a0", " ")


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def address(name: str, offer, *more) -> str:
    return reverse(f"competitions:{name}", args=[offer.pk, *more])


def file_it(client, offer):
    seen = actions.draft_checksum(made.fresh(offer))
    return client.post(address("offer_file", offer), {"statement": list(made.STATEMENTS), "seen": seen})


@pytest.fixture
def organization():
    return registry.verified("Fundacja Ruch")


@pytest.fixture
def representative(organization):
    return registry.member(organization)


# --- the intake that takes no offers now ---------------------------------------------------------------


@pytest.mark.rule("R-CALL-22")
def test_before_the_opening_nothing_is_begun_or_filed(client, organization, representative):
    draft = made.draft_offer(calls.open_call(), organization)
    opens = now() + timedelta(days=2)
    type(draft.call).objects.filter(pk=draft.call_id).update(opens_at=opens)
    draft = made.fresh(draft)

    with pytest.raises(LawBreached) as refused:
        actions.start_offer(draft.call, organization=organization, by=representative, at=now())
    assert "Oferty przyjmujemy od: piątek 12 czerwca 2026, godz. 12:00" in reasons(refused)
    client.force_login(representative)
    start = text_of(client.get(reverse("competitions:offer_start", args=[draft.call.slug])))
    assert "Nabór jeszcze się nie zaczął" in start
    assert 'name="organization"' not in start
    page = file_it(client, draft)
    assert page.status_code == 409
    assert "Złożysz go, gdy nabór się otworzy" in text_of(page)

    assert made.file(draft, at=opens).state == OfferState.SUBMITTED


@pytest.mark.rule("R-CALL-22")
def test_between_two_rounds_nothing_is_filed_and_nothing_is_taken_back(frozen, organization):
    call = calls.open_call()
    call.intake_windows.create(opens="2026-06-01", closes="2026-06-10T15:00")
    call.intake_windows.create(opens="2026-06-12T09:00", closes="2026-06-20")
    early = made.filed_offer(call, organization)
    late = made.draft_offer(call, registry.verified())
    frozen.shift(timedelta(hours=3, minutes=1))

    with pytest.raises(LawBreached) as refused:
        made.file(late)
    assert "Początek następnej tury: piątek 12 czerwca 2026, godz. 9:00" in reasons(refused)
    with pytest.raises(LawBreached) as refused:
        actions.withdraw_offer(early, by=None, at=now())
    assert "Koniec naboru: środa 10 czerwca 2026, godz. 15:00" in reasons(refused)

    frozen.shift(timedelta(days=2))
    assert made.file(late).state == OfferState.SUBMITTED
    with pytest.raises(LawBreached):
        actions.withdraw_offer(early, by=None, at=now())
    assert actions.withdraw_offer(made.fresh(late), by=None, at=now()).state == OfferState.WITHDRAWN


@pytest.mark.rule("R-CALL-22", "R-CALL-41")
def test_when_the_money_is_spent_the_intake_is_over(organization):
    call = calls.open_call(intake=Intake.FUNDS, budget_total=Decimal("100000.00"))
    draft = made.draft_offer(call, organization, sources={"grant": "8000.00"})
    record_spending(call, amount=Decimal("100000.00"), decided_on=local_day(now()), by=None, at=now())

    with pytest.raises(LawBreached) as refused:
        made.file(draft)
    assert "Środki w tym naborze już się wyczerpały" in reasons(refused)
    CallSpending.objects.filter(call=call).update(amount=Decimal("2000.00"))
    assert made.file(draft).state == OfferState.SUBMITTED


# --- several who sign ----------------------------------------------------------------------------------


@pytest.fixture
def second(organization):
    return registry.member(organization)


@pytest.fixture
def shared(organization, representative, second):
    """A draft of an organisation that two people represent together."""
    registry.jointly(organization, 2)
    return made.draft_offer(calls.open_call(), organization, by=representative)


@pytest.mark.rule("R-WEB-14")
def test_the_last_consent_files_by_its_own_moment(client, frozen, shared, representative, second):
    client.force_login(representative)
    answer = file_it(client, shared)
    act = RepresentationAct.objects.get()
    assert answer.headers["Location"] == reverse("organizations:act", args=[act.organization.slug, act.pk])
    assert made.fresh(shared).state == OfferState.DRAFT
    assert "czeka na zgodę" in text_of(client.get(address("offer_check", shared)))

    frozen.shift(timedelta(minutes=5))
    client.force_login(second)
    page = text_of(client.get(answer.headers["Location"]))
    assert address("offer", shared) in page
    client.post(answer.headers["Location"], {"decision": "yes"})

    filed = made.fresh(shared)
    assert (filed.state, filed.filed_by, filed.filed_at) == (OfferState.SUBMITTED, second, now())
    assert filed.versions.get().received_at == now()


@pytest.mark.rule("R-WEB-14", "R-CALL-22")
def test_consents_end_with_the_intake(frozen, shared, representative, second):
    act = actions.ask_to_file(shared, by=representative, at=now(), statements=made.STATEMENTS)
    type(shared.call).objects.filter(pk=shared.call_id).update(offers_due_at=now() + timedelta(hours=1))
    frozen.shift(timedelta(hours=1, minutes=1))
    with pytest.raises(LawBreached) as refused:
        consent(act, by=second, at=now())
    assert "jest za późno" in reasons(refused)
    assert act.consents.count() == 1
    assert made.fresh(shared).state == OfferState.DRAFT


@pytest.mark.rule("R-WEB-14", "R-CALL-22")
def test_the_last_consent_counts_from_its_arrival_however_long_it_waited(
    client, frozen, settings, shared, representative, second
):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    due = now() + timedelta(hours=1)
    type(shared.call).objects.filter(pk=shared.call_id).update(offers_due_at=due)
    act = actions.ask_to_file(made.fresh(shared), by=representative, at=now(), statements=made.STATEMENTS)
    arrived = act.expires_at - timedelta(seconds=1)
    frozen.move_to(act.expires_at + timedelta(seconds=20))

    client.force_login(second)
    url = reverse("organizations:act", args=[act.organization.slug, act.pk])
    stamp = f"t={arrived.timestamp():.3f}"
    client.post(url, {"decision": "yes"}, headers={"x-request-start": stamp})

    filed = made.fresh(shared)
    assert filed.state == OfferState.SUBMITTED
    assert abs(filed.filed_at - arrived) < timedelta(milliseconds=2)


@pytest.mark.rule("R-WEB-14")
def test_a_second_click_asks_nobody_again(client, shared, representative):
    client.force_login(representative)
    first, second_click = file_it(client, shared), file_it(client, shared)
    assert first.status_code == second_click.status_code == 302
    assert first.url == second_click.url
    assert RepresentationAct.objects.count() == 1
    asked = OutboxMail.objects.filter(
        key__startswith=f"act:{RepresentationAct.objects.get().pk}:act_started:"
    )
    assert asked.count() == 1


@pytest.mark.rule("R-WEB-14", "R-CALL-22")
def test_in_an_intake_with_rounds_consents_end_with_the_round(shared, representative):
    shared.call.intake_windows.create(opens="2026-06-01", closes="2026-06-10T15:00")
    shared.call.intake_windows.create(opens="2026-06-12T09:00", closes="2026-06-20")
    act = actions.ask_to_file(made.fresh(shared), by=representative, at=now(), statements=made.STATEMENTS)
    # the round takes offers to the end of 15:00
    assert f"{local(act.expires_at):%d.%m %H:%M:%S}" == "10.06 15:00:59"


@pytest.mark.rule("R-WEB-14", "R-CALL-22")
def test_the_time_for_consents_is_never_longer_than_the_intake(frozen, shared, representative):
    due = now() + timedelta(hours=2)
    type(shared.call).objects.filter(pk=shared.call_id).update(offers_due_at=due)
    act = actions.ask_to_file(made.fresh(shared), by=representative, at=now(), statements=made.STATEMENTS)
    assert act.expires_at == made.fresh(shared).call.closes_at - timedelta(microseconds=1)
    frozen.move_to(act.expires_at)
    assert expire_acts(at=now()) == 0  # what arrived in time may still wait in the queue
    frozen.shift(LONGEST_WAIT)
    assert expire_acts(at=now()) == 1
    act.refresh_from_db()
    assert act.state == ActState.EXPIRED


@pytest.mark.rule("R-WEB-14")
def test_nobody_agrees_to_a_text_that_has_changed_since(shared, representative, second):
    act = actions.ask_to_file(shared, by=representative, at=now(), statements=made.STATEMENTS)
    made.write(shared, {"declarations": {"payment": "free", "other": "Zmienione."}})
    with pytest.raises(LawBreached) as refused:
        consent(act, by=second, at=now())
    assert "zmieniła się po rozpoczęciu" in reasons(refused)
    refuse_act(act, by=second, at=now(), reason="Zmieniona.")
    shared = made.fresh(shared)
    again = actions.ask_to_file(shared, by=representative, at=now(), statements=made.STATEMENTS)
    consent(again, by=second, at=now())
    assert made.fresh(shared).state == OfferState.SUBMITTED


@pytest.mark.rule("R-WEB-14")
def test_one_of_two_never_files_alone(shared, representative):
    with pytest.raises(LawBreached) as refused:
        actions.file_offer(shared, by=representative, at=now(), statements=made.STATEMENTS)
    assert "działają łącznie: 2 osoby" in reasons(refused)
    with pytest.raises(LawBreached):
        actions.ask_to_file(shared, by=representative, at=now(), statements=["truth"])
    assert not RepresentationAct.objects.exists()
    assert "file_offer" in ACT_KINDS


@pytest.mark.rule("R-WEB-14")
def test_a_filed_offer_is_not_asked_for_again(shared, representative, second):
    act = actions.ask_to_file(shared, by=representative, at=now(), statements=made.STATEMENTS)
    consent(act, by=second, at=now())
    assert actions.ask_to_file(shared, by=representative, at=now()) == shared.versions.get()


# --- a helper ------------------------------------------------------------------------------------------


def let_in(offer, helper, boss, **words):
    facts = {"may_edit": True, "until": None, **words}
    return grant_access(offer, organization=offer.organization, user=helper, by=boss, at=now(), **facts)


@pytest.mark.rule("R-WEB-14")
def test_a_helper_sees_and_writes_this_one_offer_and_nothing_else(client, organization, representative):
    call = calls.open_call()
    mine, other = made.draft_offer(call, organization), made.draft_offer(calls.open_call(), organization)
    helper = registry.person()
    let_in(mine, helper, representative)
    client.force_login(helper)

    assert list(Offer.objects.of_person(helper, local_day(now()))) == [mine]
    for name in ("offer", "offer_check", "offer_annexes"):
        assert client.get(address(name, mine)).status_code == 200
        assert client.get(address(name, other)).status_code == 404
    assert client.get(address("offer_section", mine, "task")).status_code == 200
    assert client.get(address("offer_section", other, "task")).status_code == 404
    assert client.get(address("offer_copy", mine)).status_code == 404
    assert not permissions.may_lead(helper, mine)
    assert file_it(client, mine).status_code == 404
    with pytest.raises(MoveRefused):
        actions.start_offer(call, organization=organization, by=helper, at=now())


@pytest.mark.rule("R-WEB-14")
def test_who_only_reads_changes_nothing(client, organization, representative):
    offer, helper = made.draft_offer(calls.open_call(), organization), registry.person()
    let_in(offer, helper, representative, may_edit=False)
    client.force_login(helper)
    assert client.get(address("offer", offer)).status_code == 200
    assert not permissions.may_write(helper, offer)
    with pytest.raises(MoveRefused):
        made.write(offer, {"task": {"title": "Cudzy"}}, by=helper)


@pytest.mark.rule("R-WEB-14")
def test_a_helper_who_may_file_files_and_is_out_when_it_is_taken_back(client, organization, representative):
    offer, helper = made.draft_offer(calls.open_call(), organization), registry.person()
    access = let_in(offer, helper, representative, may_file=True)
    client.force_login(helper)
    assert file_it(client, offer).headers["Location"] == address("offer_receipt", offer)
    assert made.fresh(offer).filed_by == helper
    access.revoked_at = now()
    access.save()
    assert client.get(address("offer", offer)).status_code == 404


@pytest.mark.rule("R-WEB-14")
def test_a_helper_does_not_file_for_those_who_sign_together(shared, representative):
    helper = registry.person()
    let_in(shared, helper, representative, may_file=True)
    with pytest.raises(LawBreached) as refused:
        actions.ask_to_file(shared, by=helper, at=now(), statements=made.STATEMENTS)
    assert "Złożenie zaczyna osoba uprawniona do reprezentacji" in reasons(refused)


@pytest.mark.rule("R-WEB-14")
def test_the_pages_cost_a_helper_no_more(client, organization, representative):
    offer, helper = made.draft_offer(calls.open_call(), organization), registry.person()
    let_in(offer, helper, representative, may_file=True)
    editor = registry.member(organization, MandateRole.NGO_EDITOR)

    def cost(person, *where) -> int:
        client.force_login(person)
        client.get(address(*where))
        with CaptureQueriesContext(connection) as made_queries:
            assert client.get(address(*where)).status_code == 200
        return len(made_queries)

    for where in (("offer", offer), ("offer_check", offer), ("offer_section", offer, "costs")):
        # one more: whether somebody let this person in
        assert cost(helper, *where) <= cost(editor, *where) + 1
