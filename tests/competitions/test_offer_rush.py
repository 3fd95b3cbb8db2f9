"""The last minute: many filings at once, clicks that come twice, a database that goes away (T1, T4, T5, T6, R2)."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.urls import reverse

from competitions.actions import offers as actions
from competitions.enums import OfferState
from competitions.law import offers as law
from competitions.models import Offer, OfferSection, OfferVersion
from core.common.clock import now
from core.legal.models import Transition
from core.legal.rules import LawBreached
from core.notifications.models import OutboxMail
from organizations.models import RepresentationAct
from tests.factories import competitions as calls
from tests.factories import offers as made
from tests.factories import organizations as registry

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8


def rows_like(offer: Offer, count: int) -> list[Offer]:
    """More drafts with the content of one that was written by the real actions, quicker."""
    sections = list(offer.sections.all())
    found = [offer]
    for _n in range(count - 1):
        copy = Offer.objects.get(pk=offer.pk)
        copy.pk = None
        copy.save(force_insert=True)
        OfferSection.objects.bulk_create(
            OfferSection(offer=copy, key=s.key, content=s.content, saved_at=s.saved_at) for s in sections
        )
        found.append(copy)
    return found


def in_threads(work, items) -> list:
    def once(item):
        try:
            return work(item)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(once, items))


def decided(offer: Offer, at) -> str:
    """The number of the receipt, or why there is none."""
    try:
        actions.file_offer(offer, by=None, at=at, statements=made.STATEMENTS)
    except LawBreached as refused:
        return refused.breaches[0].rule
    return Offer.objects.get(pk=offer.pk).number


@pytest.mark.rule("R-CALL-22")
def test_sixty_offers_and_as_many_second_clicks_in_the_last_second():
    call = calls.open_call()
    drafts = rows_like(made.draft_offer(call), 60)
    punctual, late = drafts[:50], drafts[50:]
    last, too_late = call.closes_at - timedelta(milliseconds=1), call.closes_at
    clicks = [(offer, last) for offer in punctual] * 2 + [(offer, too_late) for offer in late] * 2

    told = in_threads(lambda click: (click[0].pk, decided(*click)), clicks)

    numbers = dict(told)
    assert all(numbers[pk] == answer for pk, answer in told)
    assert {numbers[offer.pk] for offer in punctual} == {f"{call.number}/{n:04}" for n in range(1, 51)}
    assert {numbers[offer.pk] for offer in late} == {"R-CALL-22"}
    assert Offer.objects.filter(state=OfferState.SUBMITTED).count() == 50
    assert Counter(OfferVersion.objects.values_list("offer", flat=True)) == {o.pk: 1 for o in punctual}
    moves = Transition.objects.filter(subject_kind="competitions.offer", target=OfferState.SUBMITTED)
    assert moves.count() == 50
    assert not Offer.objects.filter(state=OfferState.DRAFT).exclude(number="").exists()
    assert all(law.checksum(v.content) == v.checksum for v in OfferVersion.objects.all())
    assert OutboxMail.objects.filter(kind="offer").count() == 50 * drafts[0].organization.mandates.count()


def test_forty_clicks_on_one_button_are_one_offer():
    offer = made.draft_offer()
    numbers = in_threads(lambda _n: decided(offer, now()), range(40))
    assert len(set(numbers)) == 1
    assert OfferVersion.objects.count() == 1


@pytest.mark.rule("R-CALL-14")
def test_two_offers_of_one_organisation_at_once_do_not_pass_its_limit():
    call = calls.open_call(offers_per_applicant=1)
    drafts = rows_like(made.draft_offer(call), 6)
    answers = in_threads(lambda offer: decided(offer, now()), drafts)
    assert Counter(answers)["R-CALL-14"] == 5


def test_a_deadline_moved_in_the_rush_stops_nobody():
    call = calls.open_call()
    drafts = rows_like(made.draft_offer(call), 24)
    move = {
        "changes": {"offers_due_at": call.offers_due_at + timedelta(days=30)},
        "reason": "więcej czasu",
        "publications": calls.publications(),
        "by": None,
        "at": now(),
    }

    def work(item):
        return calls.actions.change_notice(call, **move) if item is None else decided(item, now())

    in_threads(work, [*drafts[:12], None, *drafts[12:]])
    assert Offer.objects.filter(call=call, state=OfferState.SUBMITTED).count() == 24


def test_two_people_save_the_same_step_at_once_and_lose_nothing():
    offer = made.blank_offer()
    names = ("title", "place", "target_group", "needs", "complementarity")

    def save(name):
        base = offer.sections.get(key="task").content
        changed = {**base, name: f"tekst {name}"}
        return actions.save_section(offer, key="task", content=changed, edit_number=0, by=None, at=now())

    in_threads(save, names)
    stored = offer.sections.get(key="task").content
    assert {name: stored[name] for name in names} == {name: f"tekst {name}" for name in names}


def test_a_database_that_does_not_answer_is_a_503_that_says_not_filed(client):
    offer = made.draft_offer()
    person = registry.member(offer.organization)
    client.force_login(person)
    client.raise_request_exception = False
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Offer.objects.select_for_update().get(pk=offer.pk)
            held.set()
            done.wait(10)
        connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(5)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '200ms'")
    try:
        page = client.post(
            reverse("competitions:offer_file", args=[offer.pk]), {"statement": made.STATEMENTS}
        )
    finally:
        done.set()
        thread.join()
    assert page.status_code == 503
    assert "NIE jest złożona" in page.content.decode()
    assert made.fresh(offer).state == OfferState.DRAFT
    assert not OfferVersion.objects.exists()


def test_a_database_that_breaks_off_in_the_middle_files_with_the_second_try(client, monkeypatch):
    offer = made.draft_offer()
    client.force_login(registry.member(offer.organization))
    ask, tries = actions.ask_to_file, []

    def broken_once(*args, **kwargs):
        tries.append(1)
        if len(tries) == 1:
            connection.connection.close()
        return ask(*args, **kwargs)

    monkeypatch.setattr("competitions.views.offers.filing.actions.ask_to_file", broken_once)
    page = client.post(reverse("competitions:offer_file", args=[offer.pk]), {"statement": made.STATEMENTS})
    assert len(tries) == 2
    assert page.status_code == 302
    assert page.url == reverse("competitions:offer_receipt", args=[offer.pk])
    assert made.fresh(offer).state == OfferState.SUBMITTED
    assert OfferVersion.objects.count() == 1


@pytest.mark.rule("R-WEB-14", "R-CALL-22")
def test_an_answer_lost_after_the_commit_is_no_second_question_to_the_others(client, monkeypatch):
    offer = made.draft_offer()
    client.force_login(registry.member(offer.organization))
    registry.member(offer.organization)
    registry.jointly(offer.organization, 2)
    ask, tries = actions.ask_to_file, []

    def lost_once(*args, **kwargs):
        done = ask(*args, **kwargs)
        tries.append(done)
        if len(tries) == 1:
            connection.connection.close()
            Offer.objects.exists()
        return done

    monkeypatch.setattr("competitions.views.offers.filing.actions.ask_to_file", lost_once)
    page = client.post(reverse("competitions:offer_file", args=[offer.pk]), {"statement": made.STATEMENTS})
    act = RepresentationAct.objects.get()
    assert tries == [act, act]
    assert page.url == reverse("organizations:act", args=[offer.organization.slug, act.pk])
