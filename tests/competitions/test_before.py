"""Before the announcement: a draft under remarks, answers, dialogue bodies, templates, the overdue plan."""

from datetime import timedelta

import pytest
from django.core import mail

from competitions import actions, law
from competitions.enums import State
from competitions.models import Call, CallTemplate, DraftRemark, DraftReview
from core.accounts.roles import Role
from core.common.clock import now
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from tests.factories import competitions as make
from tests.factories.accounts import official
from tests.factories.dialogue_bodies import body as make_body

from .entering import posted, text

pytestmark = pytest.mark.django_db
REVIEWS, REMARKS = "/admin/competitions/draftreview/", "/admin/competitions/draftremark/"


@pytest.fixture
def review(unit, frozen):
    return opened(make.draft(unit=unit, title="Szkic konkursu o ruchu"))


def opened(call, days: int = 10) -> DraftReview:
    at = now()
    return actions.open_review(
        call, opens_at=at, closes_at=at + timedelta(days=days), intro="Czy limity są dobre?", by=None, at=at
    )


def remark(review, text_: str = "Podnieście najniższą dotację.", **more) -> DraftRemark:
    return actions.file_remark(review, text=text_, at=now(), **more)


# --- the office -----------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-09")
def test_a_draft_is_put_up_paragraph_by_paragraph_and_stays_as_it_was(review, client):
    call = review.call
    call.goal = "<p>Zupełnie inny cel.</p>"
    actions.save_draft(call, by=None, at=now())

    page = text(client.get(review.get_absolute_url()))

    assert "Więcej ruchu." in page
    assert "Zupełnie inny cel" not in page
    assert 'id="akapit-1"' in page
    numbers = list(review.paragraphs.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert client.get(call.get_absolute_url()).status_code == 404


@pytest.mark.rule("R-CALL-09")
@pytest.mark.parametrize(
    ("days", "words"),
    [(3, "co najmniej 7 dni"), (-1, "już minął"), (7, None)],
    ids=["short", "over", "enough"],
)
def test_remarks_need_time(days, words, unit, frozen):
    call = make.draft(unit=unit)
    if words is None:
        assert opened(call, days).is_open
        return
    with pytest.raises(LawBreached) as refused:
        opened(call, days)
    assert words in str(refused.value).replace("\u00a0", " ")


def test_a_published_or_empty_call_has_no_draft(unit, frozen):
    with pytest.raises(LawBreached):
        opened(make.open_call(unit=unit))
    with pytest.raises(LawBreached):
        opened(actions.draft_call(unit=unit, title="Pusty", by=None, at=now()))


def test_only_the_unit_puts_a_draft_up(unit, stranger, editor, frozen):
    for person in (stranger, editor):
        with pytest.raises(MoveRefused):
            actions.open_review(
                make.draft(unit=unit),
                opens_at=now(),
                closes_at=now() + timedelta(days=9),
                by=person,
                at=now(),
            )


def test_more_time_but_never_less(review, frozen):
    longer = review.closes_at + timedelta(days=3)
    assert (
        actions.prolong_review(review, closes_at=longer, reason="Święta", by=None, at=now()).closes_at
        == longer
    )
    with pytest.raises(LawBreached):
        actions.prolong_review(review, closes_at=longer - timedelta(days=1), reason="x", by=None, at=now())


@pytest.mark.rule("R-CALL-09")
def test_the_call_is_announced_only_after_the_answers(review, frozen):
    call = make.publish(review.call)
    sent = remark(review)
    with pytest.raises(LawBreached, match="Ogłoś konkurs potem"):
        actions.announce(call, by=None, at=now())
    frozen.move_to(review.closes_at)
    with pytest.raises(LawBreached, match="bez odpowiedzi jest"):
        actions.announce(call, by=None, at=now())

    actions.answer_remark(sent, position="accepted", answer="Podnieśliśmy.", by=None, at=now())
    call.offers_due_at = now() + timedelta(days=40)
    actions.save_draft(call, by=None, at=now())

    assert actions.announce(call, by=None, at=now()).state == State.PUBLISHED


def test_the_desk_opens_answers_hides_and_sums_up(client, manager, unit, frozen):
    client.force_login(manager)
    call = make.draft(unit=unit)
    client.post(
        f"/admin/competitions/call/{call.pk}/czynnosc/uwagi/",
        {"opens_at": "2026-06-10T12:00", "closes_at": "2026-06-20T12:00", "intro": "Czy to dobre?"},
    )
    review = DraftReview.objects.get(call=call)
    first, second = remark(review), remark(review, "To głupie, panie Kowalski!", email="k@example.org")
    page = client.get(f"{REMARKS}{first.pk}/change/")
    assert (
        client.post(f"{REMARKS}{first.pk}/change/", posted(page, position="", answer="")).status_code == 200
    )
    client.post(
        f"{REMARKS}{first.pk}/change/", posted(page, position="partly", answer="Podniesiemy o połowę.")
    )
    client.post(f"{REMARKS}{second.pk}/czynnosc/ukryj/", {"reason": "nazwisko"})
    summary = client.get(f"{REVIEWS}{review.pk}/change/")
    client.post(f"{REVIEWS}{review.pk}/change/", posted(summary, summary="Zmieniliśmy limit."))

    shown = text(client.get(review.get_absolute_url()))

    assert "uwzględniona częściowo" in shown
    assert "Podniesiemy o połowę." in shown
    assert "Zmieniliśmy limit." in shown
    assert "Kowalski" not in shown


def test_another_unit_sees_neither_draft_nor_remarks(client, stranger, review):
    client.force_login(stranger)
    sent = remark(review)
    assert client.get(f"{REMARKS}{sent.pk}/change/").status_code == 302
    assert client.get(f"{REVIEWS}{review.pk}/change/").status_code == 302
    assert client.post(f"{REMARKS}{sent.pk}/czynnosc/ukryj/", {"reason": "x"}).status_code == 404


def test_a_draft_goes_to_dialogue_bodies(client, manager, review, unit):
    secretary = official(Role.DIALOGUE_SECRETARY, unit)
    body = make_body(unit, official(Role.COORDINATOR), name="Rada Prób")
    client.force_login(manager)

    sent = client.post(f"{REVIEWS}{review.pk}/czynnosc/wyslij/", {"bodies": [str(body.pk)]})

    assert sent.status_code == 302
    letter = OutboxMail.objects.get(to=secretary.email)
    assert review.get_absolute_url() in letter.text
    assert "Rada Prób" in letter.text
    review.refresh_from_db()
    assert review.sent_to == ["Rada Prób"]


# --- everybody ------------------------------------------------------------------------------------


def filled(page, **changes) -> dict:
    form = page.context["form"]
    return {name: form[name].value() or "" for name in form.fields} | changes


def test_anybody_sends_a_remark_without_an_account_and_gets_a_receipt(review, client, frozen):
    address = f"{review.get_absolute_url()}uwaga/?akapit=2"
    page = client.get(address)
    frozen.shift(10)

    sent = client.post(
        address,
        filled(
            page,
            paragraph="2",
            text="Za krótki czas realizacji zadania.",
            email="ktos@example.org",
            organization_name="Klub",
        ),
        follow=True,
    )

    stored = DraftRemark.objects.get()
    assert stored.receipt == f"SZ-{review.pk}/2026-0001"
    assert stored.receipt in text(sent)
    assert stored.paragraph.number == 2
    assert sent.headers["X-Robots-Tag"] == "noindex"
    shown = text(client.get(review.get_absolute_url()))
    assert "Za krótki czas" in shown
    assert "Klub" in shown
    assert "ktos@example.org" not in shown
    letter = OutboxMail.objects.get(to="ktos@example.org")
    assert stored.receipt in letter.subject


def test_a_robot_and_an_empty_text_are_turned_away_and_nothing_typed_is_lost(review, client, frozen):
    address = f"{review.get_absolute_url()}uwaga/"
    page = client.get(address)
    at_once = client.post(address, filled(page, text="Natychmiastowa uwaga o limitach"))
    assert "odczekaj kilka sekund" in text(at_once)
    assert "Natychmiastowa uwaga o limitach" in text(at_once)
    frozen.shift(10)
    assert "napisz, co zmienić" in text(client.post(address, filled(page, text="")))
    trapped = client.post(address, filled(page, text="Kup tanie zegarki", website_of_sender="x"))
    assert trapped.status_code == 200
    assert not DraftRemark.objects.exists()


def test_a_second_click_is_the_same_remark(review, client, frozen):
    address = f"{review.get_absolute_url()}uwaga/"
    data = filled(client.get(address), text="Dwa razy to samo kliknięcie.")
    frozen.shift(10)
    client.post(address, data)
    client.post(address, data)
    assert DraftRemark.objects.count() == 1


@pytest.mark.rule("R-CALL-09")
def test_after_the_end_nothing_is_taken(review, client, frozen):
    frozen.move_to(review.closes_at)
    with pytest.raises(LawBreached):
        remark(review)
    assert client.get(f"{review.get_absolute_url()}uwaga/").status_code == 302
    assert "szkice/szkic-konkursu-o-ruchu/uwaga/" not in text(client.get(review.get_absolute_url()))


def test_the_sender_is_told_the_answer_once(review, frozen):
    sent = remark(review, email="ktos@example.org")
    for answer in ("Tak.", "Tak, od stycznia."):
        actions.answer_remark(sent, position="accepted", answer=answer, by=None, at=now())
    assert OutboxMail.objects.filter(to="ktos@example.org").count() == 2  # receipt and answer
    with pytest.raises(LawBreached):
        actions.answer_remark(sent, position="", answer="", by=None, at=now())


def test_a_forged_receipt_is_not_found(client, db):
    assert client.get("/konkursy/potwierdzenie/MQ:forged/").status_code == 404


def test_drafts_not_begun_or_given_up_are_not_shown(unit, client, frozen):
    later = actions.open_review(
        make.draft(unit=unit),
        opens_at=now() + timedelta(days=1),
        closes_at=now() + timedelta(days=20),
        by=None,
        at=now(),
    )
    given_up = opened(make.draft(unit=unit))
    actions.cancel(given_up.call, by=None, at=now(), reason="nie będzie")
    assert client.get(later.get_absolute_url()).status_code == 404
    assert client.get(given_up.get_absolute_url()).status_code == 404
    assert later.title not in text(client.get("/konkursy/szkice/"))


def test_the_page_of_a_draft_costs_the_same_with_many_remarks(
    review, client, frozen, django_assert_max_num_queries
):
    paragraph = review.paragraphs.first()
    for _n in range(30):
        remark(review, paragraph=paragraph)
    with django_assert_max_num_queries(8):
        client.get(review.get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get("/konkursy/szkice/")


# --- templates ------------------------------------------------------------------------------------


def test_the_coordinator_keeps_templates_and_a_clerk_fills_a_draft(client, unit, manager, frozen):
    coordinator = official(Role.COORDINATOR)
    old = make.settled_call(unit=unit)
    old.checks.create(text="Czy radca widział umowę?", is_done=True)
    client.force_login(coordinator)
    client.post(f"/admin/competitions/call/{old.pk}/czynnosc/jako-szablon/", {"name": "Sport dzieci"})
    template = CallTemplate.objects.get()
    page = client.get(f"/admin/competitions/calltemplate/{template.pk}/change/")
    client.post(
        f"/admin/competitions/calltemplate/{template.pk}/change/", posted(page, checklist="Radca\nSkarbnik")
    )
    call = actions.draft_call(unit=unit, title="Nowy", by=None, at=now(), goal="<p>Własny cel.</p>")
    client.force_login(manager)

    client.post(f"/admin/competitions/call/{call.pk}/czynnosc/szablon/", {"template": template.pk})

    call.refresh_from_db()
    assert call.goal == "<p>Własny cel.</p>"
    assert call.conditions == old.conditions
    assert list(call.criteria.values_list("name", flat=True)) == ["Jakość", "Koszty"]
    assert list(call.checks.values_list("text", "is_done")) == [("Radca", False), ("Skarbnik", False)]


def test_a_clerk_starts_from_a_template_in_the_own_unit_only(client, manager, unit, frozen):
    template = actions.keep_as_template(make.draft(unit=unit), name="T", by=None, at=now())
    foreign = make.draft().unit
    client.force_login(manager)
    address = f"/admin/competitions/calltemplate/{template.pk}/"
    assert "Utwórz konkurs z szablonu" in text(client.get(f"{address}change/"))
    assert (
        client.post(f"{address}czynnosc/konkurs/", {"unit": foreign.pk, "title": "Cudzy"}).status_code == 200
    )
    client.post(f"{address}czynnosc/konkurs/", {"unit": unit.pk, "title": "Własny"})
    call = Call.objects.get(title="Własny")
    assert call.criteria.count() == 2
    assert not Call.objects.filter(title="Cudzy").exists()


def test_a_template_fills_nothing_twice_and_never_a_published_notice(unit, manager, frozen):
    template = actions.keep_as_template(make.draft(unit=unit), name="T", by=None, at=now())
    call = actions.start_from_template(template, unit=unit, title="Z szablonu", by=None, at=now())
    actions.apply_template(call, template, by=None, at=now())
    assert call.criteria.count() == 2
    with pytest.raises(LawBreached):
        actions.apply_template(make.open_call(unit=unit), template, by=None, at=now())
    with pytest.raises(LawBreached):
        actions.keep_as_template(call, name="T", by=None, at=now())
    with pytest.raises(MoveRefused):
        actions.save_template(template, by=manager, at=now())


# --- the schedule ---------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-06")
def test_a_plan_whose_month_has_passed_is_shown_and_waits_for_its_unit(unit, manager, client, frozen):
    from competitions.queries import waiting_for

    late, future = make.entry(month="2026-05", unit=unit), make.entry(month="2026-06", unit=unit)
    assert late.is_overdue
    assert not future.is_overdue
    assert "po terminie" in text(client.get("/konkursy/harmonogram/?rok=2026"))
    titles = [waiting.title for waiting in waiting_for(manager)]
    assert f"Plan po terminie: {late.title}" in titles
    assert f"Plan po terminie: {future.title}" not in titles
    assert law.is_overdue(2026, None, now().date()) is False


@pytest.mark.rule("R-CALL-17")
def test_a_question_has_a_clock_of_working_days(unit, manager, follower, frozen):
    from competitions.queries import waiting_for

    call = make.open_call(unit=unit)
    actions.ask_question(call, text="Czy można kupić rower?", by=follower, at=now())  # Wednesday 10 June
    due = next(waiting.due_at for waiting in waiting_for(manager) if waiting.title.startswith("Pytanie"))
    assert due.isoformat().startswith("2026-06-16T00:00")  # the end of Monday 15 June in Kraków
    assert mail.outbox == []
