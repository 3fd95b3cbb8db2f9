"""What is done with calls: announcing, changing, closing, publishing, cancelling, copying."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from competitions import actions
from competitions.enums import EntryStatus, Intake, Outcome, State
from competitions.models import Award, Call, CallQuestion, CallResult
from core.common.clock import at_local, local_day, now
from core.documents.enums import Place, Purpose
from core.documents.models import PublicationProof, SearchEntry
from core.legal.models import AuditEntry, Transition
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.follows import follow
from core.notifications.models import OutboxMail, Reminder
from organizations.models import Organization
from tests.factories import competitions as make

pytestmark = pytest.mark.django_db

TODAY = date(2026, 6, 10)


def refusals(refused) -> list[str]:
    return [str(breach.message).replace("\u00a0", " ") for breach in refused.value.breaches]


def change(call, by, **values):
    given = {"reason": "pomyłka", "publications": make.publications(), **values}
    return actions.change_notice(call, by=by, at=now(), **given)


# --- drafts ---------------------------------------------------------------------------------------


def test_a_draft_gets_address_authority_and_its_first_transition(frozen, editor, unit):
    call = actions.draft_call(unit=unit, title="Żółte łódki", by=editor, at=now())

    assert (call.slug, call.state, call.is_public) == ("zolte-lodki", State.DRAFT, False)
    assert list(call.units.all()) == [unit]
    assert [t.target for t in Transition.objects.of(call)] == ["draft"]


def test_no_call_takes_the_address_of_the_schedule(frozen, unit):
    call = actions.draft_call(unit=unit, title="Harmonogram", by=None, at=now())

    assert call.slug == "harmonogram-konkurs"


def test_an_edited_draft_leaves_a_trace(frozen, editor, unit):
    call = actions.draft_call(unit=unit, title="Szkic", by=editor, at=now())
    call.place = "Nowa Huta"
    actions.save_draft(call, by=editor, at=now())

    entry = AuditEntry.objects.of(call).first()
    assert (entry.after["place"], entry.before["place"], entry.is_public) == ("Nowa Huta", "", False)


def test_two_people_do_not_overwrite_each_other(frozen, editor, unit):
    call = actions.draft_call(unit=unit, title="Szkic", by=editor, at=now())
    mine, theirs = Call.objects.get(pk=call.pk), Call.objects.get(pk=call.pk)
    theirs.place = "Podgórze"
    actions.save_draft(theirs, by=editor, at=now())

    with pytest.raises(LawBreached, match="Ktoś zapisał"):
        actions.save_draft(mine, by=editor, at=now())
    call.refresh_from_db()
    assert call.place == "Podgórze"


def test_a_published_notice_is_not_edited_as_a_draft(frozen, editor, unit):
    call = make.open_call(unit=unit)

    with pytest.raises(LawBreached, match="Zmień ogłoszenie"):
        actions.save_draft(call, by=editor, at=now())


def test_a_copy_moves_a_year_on_and_leaves_behind_what_belongs_to_one_edition(frozen, manager, unit):
    old = make.settled_call(
        unit=unit,
        title="Zima w mieście 2026–2027",
        task_from="2026-12",
        task_to="2027-02-28",
        number="7/2026",
    )
    old.parts.create(name="Część A", budget=Decimal(1000), year=2026, task_from="2026-12-01")

    new = actions.copy_call(old, by=manager, at=now())

    assert (new.title, new.task_from, new.task_to) == ("Zima w mieście 2027–2028", "2027-12", "2028-02-28")
    assert (new.state, new.number, new.offers_due_at, new.announced_on) == (State.DRAFT, "", None, "")
    assert (new.conditions, new.budget_total) == (old.conditions, old.budget_total)
    assert new.previous_edition == old
    assert [(c.name, c.max_points) for c in new.criteria.all()] == [("Jakość", 60), ("Koszty", 40)]
    assert [(p.year, p.task_from) for p in new.parts.all()] == [(2027, "2027-12-01")]
    assert not PublicationProof.objects.of(new).exists()
    assert not CallResult.objects.filter(call=new).exists()
    assert set(new.spheres.all()) == set(old.spheres.all())
    assert old.criteria.count() == 2


def test_a_copy_belongs_to_the_unit_that_took_over(frozen, unit):
    heir = make.UnitFactory()
    call = make.open_call(unit=unit)
    unit.successor = heir
    unit.save()

    again = Call.objects.get(pk=call.pk)

    assert actions.copy_call(again, by=None, at=now()).unit == heir


@pytest.mark.parametrize(
    ("before", "after"), [("2024-02-29", "2025-02-28"), ("2026", "2027"), ("2026-11", "2027-11"), ("", "")]
)
def test_partial_dates_move_a_year_on(before, after):
    assert actions.drafting.shifted(before) == after


# --- announcing -----------------------------------------------------------------------------------


def test_announcing_publishes_numbers_indexes_and_remembers(frozen, manager, unit):
    call = make.publish(make.draft(unit=unit, title="Ruch dla seniorów"))

    actions.announce(call, by=manager, at=now())

    call.refresh_from_db()
    assert (call.state, call.number, call.announced_on) == (State.PUBLISHED, "1/2026", "2026-06-10")
    assert (call.published_at, call.published_by) == (now(), manager)
    assert call.sphere_label.startswith("Sfera próbna")
    assert call.versions.get().number == 1
    assert SearchEntry.objects.of(call).get().title == "Ruch dla seniorów"


def test_numbers_go_on_within_the_year(frozen):
    numbers = [make.open_call().number for _ in range(3)]
    frozen.move_to(at_local(date(2027, 1, 4)))

    assert [*numbers, make.open_call().number] == ["1/2026", "2/2026", "3/2026", "1/2027"]


@pytest.mark.rule("R-CALL-10")
def test_a_deadline_twenty_days_away_is_refused_and_says_why(frozen, manager, unit):
    soon = at_local(TODAY + timedelta(days=20)).replace(hour=12)
    call = make.publish(make.draft(unit=unit, offers_due_at=soon))

    with pytest.raises(LawBreached) as refused:
        actions.announce(call, by=manager, at=now())

    [words] = refusals(refused)
    assert words == (
        "Termin składania ofert: najwcześniej 2 lipca 2026, godz. 0:00, bo ostatnie z trzech ogłoszeń ukazało się "
        "10 czerwca 2026 (21 pełnych dni, R-CALL-10)"
    )
    call.refresh_from_db()
    assert (call.state, call.is_public) == (State.DRAFT, False)
    assert not SearchEntry.objects.exists()


@pytest.mark.rule("R-CALL-11")
def test_without_the_notice_board_nothing_is_announced(frozen, manager, unit):
    call = make.publish(make.draft(unit=unit), places=(Place.BIP, Place.WEBSITE))

    with pytest.raises(LawBreached) as refused:
        actions.announce(call, by=manager, at=now())

    assert refusals(refused) == [
        "Ogłoszenie: brakuje wpisu o publikacji: tablica ogłoszeń w siedzibie urzędu (R-CALL-11)"
    ]


@pytest.mark.rule("R-CALL-12")
def test_an_incomplete_notice_names_all_that_lacks(frozen, manager, unit):
    call = make.publish(
        make.draft(unit=unit, conditions="", plain_summary="", prior_funding_current_year=None)
    )
    call.criteria.all().delete()

    with pytest.raises(LawBreached) as refused:
        actions.announce(call, by=manager, at=now())

    assert [b.field for b in refused.value.breaches] == [
        "conditions", "criteria", "prior_funding_current_year", "plain_summary",
    ]  # fmt: skip


def test_publications_of_the_last_days_count(frozen, manager, unit):
    noon = at_local(TODAY + timedelta(days=19)).replace(hour=12)
    call = make.publish(make.draft(unit=unit, offers_due_at=noon), on=TODAY - timedelta(days=3))

    actions.announce(call, by=manager, at=now())

    assert call.announced_on == "2026-06-07"


def test_an_intake_counted_from_the_notice_gets_its_deadline(frozen, manager, unit):
    call = make.publish(make.draft(unit=unit, intake=Intake.RELATIVE, relative_days=30, offers_due_at=None))

    actions.announce(call, by=manager, at=now())

    assert call.offers_due_at == at_local(date(2026, 7, 10)).replace(hour=23, minute=59)


def test_what_somebody_saved_meanwhile_is_not_overwritten(frozen, manager, editor, unit):
    call = make.publish(make.draft(unit=unit))
    edited = Call.objects.get(pk=call.pk)
    edited.place = "Podgórze"
    actions.save_draft(edited, by=editor, at=now())

    actions.announce(call, by=manager, at=now())

    call.refresh_from_db()
    assert call.place == "Podgórze"


# --- changes --------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-16")
def test_a_change_is_a_version_with_reason_proofs_and_public_trace(frozen, manager, unit):
    call = make.open_call(unit=unit)

    version = change(call, manager, changes={"contact": "tel. 12 111 11 11"})

    assert (version.number, version.is_substantive) == (2, False)
    assert version.changes == {"contact": ["tel. 12 000 00 00", "tel. 12 111 11 11"]}
    assert PublicationProof.objects.of(call).filter(purpose=Purpose.CHANGE).count() == 3
    entry = AuditEntry.objects.of(call).filter(is_public=True, verb="Zmiana ogłoszenia").get()
    assert (entry.reason, entry.after) == ("pomyłka", {"contact": "tel. 12 111 11 11"})
    assert call.contact == "tel. 12 111 11 11"


@pytest.mark.rule("R-CALL-16")
def test_a_substantive_change_needs_twenty_one_days_again(frozen, manager, unit):
    call = make.open_call(unit=unit, offers_due_at=at_local(TODAY + timedelta(days=25)).replace(hour=12))
    frozen.shift(timedelta(days=10))
    later = at_local(TODAY + timedelta(days=40)).replace(hour=12)

    with pytest.raises(LawBreached, match="najwcześniej"):
        change(
            call,
            manager,
            changes={"conditions": "<p>Inaczej.</p>"},
            publications=make.publications(local_day(now())),
        )
    version = change(
        call,
        manager,
        changes={"conditions": "<p>Inaczej.</p>", "offers_due_at": later},
        publications=make.publications(local_day(now())),
    )

    assert version.is_substantive
    assert call.offers_due_at == later


@pytest.mark.rule("R-CALL-16")
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"changes": {"contact": "nowy"}, "reason": ""}, "Powód zmiany"),
        ({"changes": {"contact": "tel. 12 000 00 00"}}, "niczego nie zmieniono"),
        ({"changes": {"contact": "nowy"}, "publications": make.publications()[:2]}, "brakuje wpisu"),
        ({"changes": {"contact": ""}}, "Kontakt w sprawie ofert"),
        ({"changes": {"min_grant": Decimal(99999)}}, "Najniższa dotacja"),
    ],
)
def test_what_stands_against_a_change(values, words, frozen, manager, unit):
    call = make.open_call(unit=unit)

    with pytest.raises(LawBreached, match=words):
        change(call, manager, **values)
    call.refresh_from_db()
    assert call.versions.count() == 1


def test_after_the_deadline_nothing_is_changed(frozen, manager, unit):
    call = make.open_call(unit=unit)
    frozen.shift(timedelta(days=31))

    with pytest.raises(LawBreached, match="nabór już się zakończył"):
        change(call, manager, changes={"contact": "nowy"})


def test_only_the_manager_changes_and_only_the_notice(frozen, editor, manager, unit):
    call = make.open_call(unit=unit)

    with pytest.raises(MoveRefused):
        change(call, editor, changes={"contact": "nowy"})
    with pytest.raises(ValueError, match="state"):
        change(call, manager, changes={"state": "archived"})


# --- the end of the intake ------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-22")
def test_the_intake_closes_after_the_stated_minute(frozen):
    call = make.open_call()
    frozen.move_to(call.offers_due_at + timedelta(seconds=59))
    assert actions.close_due_calls(now()) == 0
    assert call.is_open
    frozen.move_to(call.offers_due_at + timedelta(seconds=60))

    assert not Call.objects.get(pk=call.pk).is_open  # by the clock, before anybody has closed it
    assert actions.close_due_calls(now()) == 1
    assert actions.close_due_calls(now()) == 0
    call.refresh_from_db()
    assert (call.state, call.state_since) == (State.CLOSED, now())


def test_calls_that_end_soon_are_named_with_their_moment(frozen):
    call = make.open_call()
    frozen.move_to(call.offers_due_at - timedelta(seconds=20))

    assert actions.closing_soon(now(), timedelta(seconds=90)) == [
        (call.pk, call.offers_due_at + timedelta(minutes=1))
    ]
    assert actions.closing_soon(now(), timedelta(seconds=60)) == []


def test_a_moved_deadline_is_not_closed_by_an_old_order(frozen):
    call = make.open_call()

    assert not actions.close_call(call.pk, at=call.offers_due_at)
    assert not actions.close_call(call.pk + 1, at=now())


# --- results and cancellation ---------------------------------------------------------------------


@pytest.mark.rule("R-CALL-37")
@pytest.mark.rule("R-CALL-38")
def test_results_become_public_with_counts_and_links_to_the_registry(frozen, manager, unit):
    known = Organization.objects.create(
        name="Fundacja Próbna", slug="fundacja-probna", state="verified", legal_form="foundation"
    )
    call = make.publish(make.decided_call(unit=unit), Purpose.RESULTS)

    actions.publish_results(call, by=manager, at=now())

    result = CallResult.objects.get(call=call)
    assert (result.funded, result.mean_score, result.published_on) == (1, Decimal("74.50"), TODAY)
    assert Award.objects.get(outcome=Outcome.AWARDED).organization == known
    assert call.shows_results


def test_results_without_publications_or_awards_are_refused(frozen, manager, unit):
    call = make.call_in(State.DECIDED, unit=unit)

    with pytest.raises(LawBreached) as refused:
        actions.publish_results(call, by=manager, at=now())

    assert {b.rule for b in refused.value.breaches} == {"R-CALL-38", "R-CALL-37"}


@pytest.mark.rule("R-CALL-40")
def test_t21_three_offers_all_rejected_go_to_cancelled(frozen, manager, unit):
    call = make.call_in(State.DECIDED, unit=unit, cancellation_reservation="")
    make.with_results(call, submitted=3, rejected=3)
    make.publish(call, Purpose.RESULTS)

    with pytest.raises(LawBreached, match="trzeba unieważnić"):
        actions.publish_results(call, by=manager, at=now())
    with pytest.raises(LawBreached, match="brakuje wpisu"):
        actions.cancel(call, by=manager, at=now(), reason="brak ofert")
    make.publish(call, Purpose.CANCELLATION)
    actions.cancel(call, by=manager, at=now(), reason="brak ofert")

    assert (call.state, call.is_public, call.shows_results) == (State.CANCELLED, True, False)


def test_a_call_given_up_before_its_notice_never_becomes_public(frozen, manager, unit):
    call = make.draft(unit=unit)

    actions.cancel(call, by=manager, at=now(), reason="brak środków")

    assert not call.is_public
    assert not Call.objects.published().exists()


def test_results_are_written_down_only_while_the_call_is_evaluated(frozen, manager, editor, unit):
    call = make.open_call(unit=unit)
    with pytest.raises(MoveRefused):
        actions.open_results(call, by=manager, at=now())
    closed = make.closed_call(unit=unit)
    with pytest.raises(MoveRefused):
        actions.open_results(closed, by=editor, at=now())

    assert actions.open_results(closed, by=manager, at=now()) == actions.open_results(
        closed, by=manager, at=now()
    )


# --- questions ------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-17")
def test_a_question_becomes_public_with_its_answer_and_without_the_asker(frozen, manager, follower, unit):
    call = make.open_call(unit=unit)
    question = actions.ask_question(call, text=" Czy remont\x00? ", by=follower, at=now())
    assert not CallQuestion.objects.published().exists()

    actions.answer_question(question, answer="Nie.", by=manager, at=now())

    assert CallQuestion.objects.published().get().text == "Czy remont?"
    letter = OutboxMail.objects.get(to="ngo@example.org")
    assert "Odpowiedź: Nie." in letter.text


@pytest.mark.rule("R-CALL-17")
def test_questions_have_an_end_and_a_measure(frozen, follower, unit):
    call = make.open_call(unit=unit)
    for number in range(5):
        actions.ask_question(call, text=f"Pytanie {number}", by=follower, at=now())
    with pytest.raises(LawBreached, match="poczekaj"):
        actions.ask_question(call, text="Szóste", by=follower, at=now())
    frozen.shift(timedelta(days=31))

    with pytest.raises(LawBreached, match="nabór się zakończył"):
        actions.ask_question(call, text="Za późno", by=follower, at=now())


def test_a_question_may_stay_unpublished_for_a_reason(frozen, manager, stranger, follower, unit):
    question = actions.ask_question(make.open_call(unit=unit), text="Kto to?", by=follower, at=now())

    with pytest.raises(LawBreached, match="Powód"):
        actions.hide_question(question, reason="", by=manager, at=now())
    with pytest.raises(MoveRefused):
        actions.answer_question(question, answer="Ja.", by=stranger, at=now())
    actions.hide_question(question, reason="dane osób", by=manager, at=now())

    assert not CallQuestion.objects.waiting().exists()


# --- the schedule ---------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-06")
def test_an_entry_is_published_changed_in_the_open_and_withdrawn(frozen, editor, unit):
    entry = make.entry(unit=unit, month="2026-09", is_published=False)
    assert (entry.year, entry.month, entry.is_public) == (2026, 9, False)
    actions.publish_entry(entry, by=editor, at=now())
    entry.planned_month = "2026-10"
    actions.save_entry(entry, by=editor, at=now())
    with pytest.raises(LawBreached, match="Powód"):
        actions.withdraw_entry(entry, reason="", by=editor, at=now())
    actions.withdraw_entry(entry, reason="brak środków", by=editor, at=now())

    public = AuditEntry.objects.of(entry).filter(is_public=True)
    assert [line.verb for line in public] == [
        "Zmiana stanu wpisu", "Zmiana wpisu harmonogramu", "Publikacja w harmonogramie",
    ]  # fmt: skip
    assert public[1].after == {"planned_month": "2026-10"}
    assert entry.status == EntryStatus.WITHDRAWN


def test_an_entry_without_a_sphere_is_not_published(frozen, editor, unit):
    entry = make.entry(unit=unit, is_published=False)
    entry.spheres.clear()

    with pytest.raises(LawBreached, match="Sfera"):
        actions.publish_entry(entry, by=editor, at=now())


def test_a_planned_call_takes_over_the_plan_and_tells_it_when_announced(frozen, editor, manager, unit):
    entry = make.entry(unit=unit, title="Plan", planned_amount=Decimal(1000), task_from="2027")
    call = actions.plan_call(entry, by=editor, at=now())
    with pytest.raises(LawBreached, match="ma już konkurs"):
        actions.plan_call(entry, by=editor, at=now())
    assert (call.state, call.title, call.budget_total, call.task_from) == (
        State.PLANNED,
        "Plan",
        1000,
        "2027",
    )
    ready = make.draft(unit=unit)
    entry.call = ready
    entry.save()

    actions.announce(make.publish(ready), by=manager, at=now())

    entry.refresh_from_db()
    assert entry.status == EntryStatus.ANNOUNCED


def test_a_call_given_up_withdraws_its_entry(frozen, editor, manager, unit):
    entry = make.entry(unit=unit)
    call = actions.plan_call(entry, by=editor, at=now())

    actions.cancel(call, by=manager, at=now(), reason="brak środków")

    entry.refresh_from_db()
    assert entry.status == EntryStatus.WITHDRAWN


# --- followers ------------------------------------------------------------------------------------


def test_who_follows_is_reminded_seven_days_and_one_day_before(frozen, follower):
    call = make.open_call()
    follow(follower, call)

    due = list(Reminder.objects.order_by("due_at").values_list("kind", "due_at"))
    assert due == [
        ("call_deadline:7", at_local(date(2026, 7, 3)).replace(hour=8)),
        ("call_deadline:1", at_local(date(2026, 7, 9)).replace(hour=8)),
    ]


def test_a_moved_deadline_moves_the_reminders_and_tells_why(frozen, follower, manager, unit):
    call = make.open_call(unit=unit)
    follow(follower, call)
    later = call.offers_due_at + timedelta(days=10)

    change(call, manager, changes={"offers_due_at": later}, reason="więcej czasu")

    assert [local_day(r.due_at) for r in Reminder.objects.order_by("due_at")] == [
        date(2026, 7, 13),
        date(2026, 7, 19),
    ]
    letter = OutboxMail.objects.get(to=follower.email)
    assert letter.subject.replace("\u00a0", " ").startswith(
        "Nowy termin: poniedziałek 20 lipca 2026, godz. 12:00"
    )
    assert "więcej czasu" in letter.text


def test_results_and_cancellation_are_told_once_and_end_the_reminders(frozen, follower, manager, unit):
    call = make.open_call(unit=unit)
    follow(follower, call)
    make.publish(call, Purpose.CANCELLATION)

    actions.cancel(call, by=manager, at=now(), reason="zabrakło środków")

    assert not Reminder.objects.exists()
    letter = OutboxMail.objects.get()
    assert "zabrakło środków" in letter.text
    assert letter.headers["List-Unsubscribe-Post"]


def test_results_are_told_to_followers(frozen, follower, manager, unit):
    call = make.publish(make.decided_call(unit=unit), Purpose.RESULTS)
    follow(follower, call)

    actions.publish_results(call, by=manager, at=now())

    letter = OutboxMail.objects.get()
    assert letter.subject == f"Wyniki konkursu: {call.title}"
    assert "Przyznane dotacje: 1, złożone oferty: 3" in letter.text


def test_a_new_edition_is_told_to_who_followed_the_last(frozen, follower, manager, unit):
    old = make.settled_call(unit=unit)
    follow(follower, old)
    new = make.draft(unit=unit, previous_edition=old)

    actions.announce(make.publish(new), by=manager, at=now())

    assert OutboxMail.objects.get(to=follower.email).subject.startswith("Ogłoszono konkurs")


def test_who_switched_the_news_off_gets_none(frozen, follower, manager, unit):
    from core.notifications.preferences import mute

    call = make.open_call(unit=unit)
    follow(follower, call)
    mute(follower, "call_news")

    change(call, manager, changes={"contact": "nowy"})

    assert not OutboxMail.objects.exists()
