"""From the plan to the outcome: what each step writes, tells and refuses."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from consultations import actions
from consultations.actions.course import move_by_clock
from consultations.enums import FormKind, PositionCode, Regime, State
from consultations.models import Consultation, ConsultationForm, Extension, Report, ScheduleChange
from core.common.clock import WARSAW, at_local, local_day, now
from core.documents.enums import Place, Purpose
from core.documents.models import PublicationProof, SearchEntry
from core.documents.search import search
from core.legal.models import AuditEntry, LegalParameter
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.follows import follow
from core.notifications.models import OutboxMail, Reminder
from tests.factories import consultations as make
from tests.factories import meetings as meet
from tests.factories.accounts import UserFactory, unit

pytestmark = pytest.mark.django_db


def planned(**fields) -> Consultation:
    return make.consultation(State.PLANNED, **fields)


def rules_of(refused: pytest.ExceptionInfo) -> set[str]:
    return {breach.rule for breach in refused.value.breaches}


def public_history(made: Consultation) -> list[str]:
    return list(
        AuditEntry.objects.of(made).filter(is_public=True).order_by("pk").values_list("verb", flat=True)
    )


# --- drafts -----------------------------------------------------------------------------------------


def test_a_draft_is_nobodys_business(frozen):
    made = make.draft()

    assert not made.is_scheduled
    assert not SearchEntry.objects.of(made).exists()
    assert not ScheduleChange.objects.exists()


@pytest.mark.parametrize("title", ["Harmonogram", "Postulaty", "Zgłoszenie", "!!!"])
def test_the_address_never_collides_with_another_page(frozen, title):
    made = make.draft(title=title)

    assert made.slug not in {"harmonogram", "postulaty", "zgloszenie", ""}


def test_a_draft_may_be_deleted_and_what_was_published_not(frozen):
    draft, published = make.draft(), planned()

    actions.delete_draft(draft, by=None, at=now())
    with pytest.raises(LawBreached):
        actions.delete_draft(published, by=None, at=now())

    assert set(Consultation.objects.values_list("pk", flat=True)) == {published.pk}


def test_an_end_before_the_start_is_refused_by_the_database(frozen):
    made = make.draft()

    with pytest.raises(IntegrityError), transaction.atomic():
        Consultation.objects.filter(pk=made.pk).update(ends_on=made.starts_on - timedelta(days=1))


# --- the schedule -----------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-23")
def test_an_entry_can_be_planned_by_month_alone(frozen):
    made = make.draft(is_complete=False, starts_on=None, ends_on=None, starts_about="2026-10")

    actions.plan(made, by=None, at=now())

    assert made.state == State.PLANNED
    assert SearchEntry.objects.of(made).exists()


@pytest.mark.rule("R-CNS-23")
def test_an_entry_without_any_term_is_refused(frozen):
    made = make.draft(is_complete=False, starts_on=None, ends_on=None)

    with pytest.raises(LawBreached) as refused:
        actions.plan(made, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-23"}


@pytest.mark.rule("R-CNS-23")
def test_a_moved_term_of_a_published_entry_is_logged(frozen):
    made = make.draft(is_complete=False, starts_on=None, ends_on=None, starts_about="2026-10")
    actions.plan(made, by=None, at=now())

    made.starts_about = "2026-11"
    actions.save_consultation(made, by=None, at=now(), reason="Dokument jeszcze powstaje.")

    (change,) = ScheduleChange.objects.filter(consultation=made)
    assert (change.what, change.before, change.after) == ("termin", "październik 2026", "listopad 2026")
    assert change.reason == "Dokument jeszcze powstaje."


def test_changing_a_draft_leaves_no_trace_in_the_schedule(frozen):
    made = make.draft()
    made.title = "Inny tytuł"

    actions.save_consultation(made, by=None, at=now())

    assert not ScheduleChange.objects.exists()


def test_the_log_of_the_schedule_cannot_be_rewritten(frozen):
    made = planned()
    made.title = "Inny tytuł"
    actions.save_consultation(made, by=None, at=now())

    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        ScheduleChange.objects.update(after="nic")


# --- the notice -------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-03")
def test_t22_announced_exactly_seven_days_before_the_start(frozen):
    start = date(2026, 10, 1)
    made = planned(starts_on=start, ends_on=date(2026, 10, 22))
    frozen.move_to(datetime(2026, 9, 24, 15, 0, tzinfo=WARSAW))

    actions.announce(made, by=None, at=now())

    assert made.state == State.ANNOUNCED
    assert made.campaign_from == date(2026, 9, 24)


@pytest.mark.rule("R-CNS-03")
@pytest.mark.parametrize(
    ("announced_on", "ends_on"),
    [(date(2026, 9, 25), date(2026, 10, 22)), (date(2026, 9, 24), date(2026, 10, 21))],
)
def test_t22_a_day_less_is_refused(frozen, announced_on, ends_on):
    made = planned(starts_on=date(2026, 10, 1), ends_on=ends_on)
    frozen.move_to(datetime.combine(announced_on, time(9), tzinfo=WARSAW))

    with pytest.raises(LawBreached) as refused:
        actions.announce(made, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-03"}


@pytest.mark.rule("R-CNS-04")
def test_t22_two_forms_cannot_be_announced(frozen):
    made = planned()
    made.forms.filter(kind=FormKind.SURVEY).delete()

    with pytest.raises(LawBreached) as refused:
        actions.announce(made, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-04"}


@pytest.mark.rule("R-CNS-04")
def test_t22_forms_without_a_meeting_cannot_be_announced(frozen):
    made = planned()
    made.forms.filter(kind=FormKind.OPEN_MEETING).update(kind=FormKind.EXPERT_DUTY)

    with pytest.raises(LawBreached) as refused:
        actions.announce(made, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-04"}


@pytest.mark.rule("R-CNS-06")
def test_a_meeting_without_access_data_cannot_be_announced(frozen):
    made = planned()
    made.forms.filter(kind=FormKind.OPEN_MEETING).update(has_induction_loop=None)

    with pytest.raises(LawBreached) as refused:
        actions.announce(made, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-06"}


@pytest.mark.rule("R-CNS-06")
def test_meetings_in_office_hours_are_only_a_warning(frozen):
    made = planned()
    made.forms.filter(kind=FormKind.OPEN_MEETING).delete()
    make.meeting(made, made.starts_on + timedelta(days=5), hour=time(10))

    actions.announce(made, by=None, at=now())

    assert made.state == State.ANNOUNCED


@pytest.mark.rule("R-CNS-09")
@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("subject", ""),
        ("plain_summary", " "),
        ("legal_bases", []),
        ("contact_email", ""),
        ("addressees", ""),
        ("is_citywide", False),
        ("what_next", ""),
    ],
)
def test_a_notice_with_a_gap_is_refused(frozen, field, empty):
    made = planned(**{field: empty})

    with pytest.raises(LawBreached) as refused:
        actions.announce(made, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-09"}


@pytest.mark.rule("R-CNS-09")
def test_a_notice_without_a_document_is_refused(frozen):
    made = planned()
    actions.set_points(made, [])

    with pytest.raises(LawBreached) as refused:
        actions.announce(made, by=None, at=now())

    assert [breach.field for breach in refused.value.breaches] == ["documents"]


@pytest.mark.rule("R-CNS-07")
def test_a_notice_without_a_stage_is_refused(frozen):
    made = planned()
    made.stages.all().delete()

    with pytest.raises(LawBreached) as refused:
        actions.announce(made, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-07"}


@pytest.mark.rule("R-CNS-10")
def test_the_portal_records_its_own_publication_and_asks_for_the_others(frozen):
    made = make.consultation(State.ANNOUNCED)

    (proof,) = PublicationProof.objects.of(made)

    assert (proof.place, proof.purpose) == (Place.WEBSITE, Purpose.NOTICE)
    assert made.get_absolute_url() in proof.url


def test_announcing_gives_the_next_number_of_the_year(frozen):
    first, second = make.consultation(State.ANNOUNCED), make.consultation(State.ANNOUNCED)

    assert (first.number_label, second.number_label) == ("1/2026", "2/2026")
    assert second.published_at
    assert second.author_name == second.unit.name


def test_past_cases_keep_the_parameters_of_their_day(frozen):
    LegalParameter.objects.create(
        code="consultation_campaign",
        label="Kampania",
        value=14,
        unit="dni",
        valid_from=date(2026, 7, 1),
        source="nowa uchwała",
    )
    before = planned(starts_on=date(2026, 6, 20), ends_on=date(2026, 7, 20))
    after = planned(starts_on=date(2026, 7, 12), ends_on=date(2026, 8, 12))

    actions.announce(before, by=None, at=now())
    frozen.move_to(datetime(2026, 7, 2, 9, 0, tzinfo=WARSAW))
    with pytest.raises(LawBreached) as refused:
        actions.announce(after, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-03"}


# --- what the notice says stays ---------------------------------------------------------------------


@pytest.mark.rule("R-CNS-11")
@pytest.mark.parametrize(
    ("field", "value"),
    [("ends_on", date(2027, 1, 1)), ("starts_on", date(2026, 6, 19)), ("regimes", [Regime.NGO.value])],
)
def test_dates_and_regime_of_a_published_notice_do_not_change(frozen, field, value):
    made = make.consultation(State.ANNOUNCED)
    setattr(made, field, value)

    with pytest.raises(LawBreached):
        actions.save_consultation(made, by=None, at=now(), reason="Pomyłka.")

    assert getattr(Consultation.objects.get(pk=made.pk), field) != value


def test_a_change_of_a_published_notice_wants_a_reason_and_is_shown(frozen):
    made = make.consultation(State.ANNOUNCED)
    made.what_next = "Radni zdecydują w październiku."

    with pytest.raises(LawBreached) as refused:
        actions.save_consultation(made, by=None, at=now())
    actions.save_consultation(made, by=None, at=now(), reason="Sesja jest później.")

    assert [breach.field for breach in refused.value.breaches] == ["change_reason"]
    entry = AuditEntry.objects.of(made).filter(is_public=True).first()
    assert entry.reason == "Sesja jest później."
    assert entry.after["co dalej"] == "Radni zdecydują w październiku."


def test_a_change_of_the_forms_of_a_published_notice_is_shown(frozen):
    made = make.consultation(State.ANNOUNCED)
    before = actions.parts_of(made)
    ConsultationForm.objects.create(consultation=made, kind=FormKind.RESEARCH_WALK, position=4)

    actions.note_parts_change(made, before, by=None, at=now(), reason="Prosili o to mieszkańcy.")

    entry = AuditEntry.objects.of(made).filter(is_public=True).first()
    assert any("spacer badawczy" in form for form in entry.after["formy"])
    assert not any("spacer badawczy" in form for form in entry.before["formy"])


def test_nothing_changed_writes_nothing(frozen):
    made = make.consultation(State.ANNOUNCED)
    entries = AuditEntry.objects.count()

    actions.save_consultation(made, by=None, at=now())
    actions.note_parts_change(made, actions.parts_of(made), by=None, at=now())

    assert AuditEntry.objects.count() == entries


# --- the clock --------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-11")
def test_the_clock_opens_at_midnight_and_closes_after_the_last_day(frozen):
    made = make.consultation(State.ANNOUNCED)

    assert actions.open_due(made.starts_at - timedelta(seconds=1)) == 0
    assert actions.open_due(made.starts_at) == 1
    assert actions.close_due(made.ends_at - timedelta(seconds=1)) == 0
    assert actions.close_due(made.ends_at) == 1

    made.refresh_from_db()
    assert made.state == State.CLOSED
    assert [t.by for t in made.transitions][-2:] == [None, None]


@pytest.mark.rule("R-CNS-11")
def test_an_end_with_an_hour_closes_at_that_hour(frozen):
    made = make.consultation(State.OPEN, ends_hour=time(15, 30))
    end = at_local(made.ends_on, time(15, 30))

    assert made.ends_at == end
    assert actions.close_due(end - timedelta(seconds=1)) == 0
    assert actions.close_due(end) == 1


@pytest.mark.rule("R-CNS-11")
@pytest.mark.parametrize(
    ("ends_on", "utc_end"),
    [
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 0)),  # the clock goes back that night: 25 hours
        (date(2027, 3, 28), datetime(2027, 3, 28, 22, 0)),  # and forward: 23 hours
    ],
)
def test_the_last_day_is_a_day_of_krakow_also_when_clocks_change(frozen, ends_on, utc_end):
    made = make.consultation(State.ANNOUNCED, starts_on=ends_on - timedelta(days=30), ends_on=ends_on)

    assert made.ends_at == utc_end.replace(tzinfo=UTC)


def test_a_scheduler_away_for_a_week_catches_up_at_once(frozen):
    made = make.consultation(State.ANNOUNCED)
    late = made.ends_at + timedelta(days=7)

    actions.open_due(late)
    actions.close_due(late)

    made.refresh_from_db()
    assert made.state == State.CLOSED
    assert (actions.open_due(late), actions.close_due(late)) == (0, 0)


def test_the_page_follows_the_clock_before_the_scheduler_does(frozen):
    made = make.consultation(State.ANNOUNCED)

    frozen.move_to(made.starts_at)

    assert made.state == State.ANNOUNCED
    assert made.is_open
    assert Consultation.objects.open(now()).get() == made


# --- extension --------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-11")
def test_an_extension_moves_the_end_says_why_and_publishes_it_again(frozen):
    made = make.consultation(State.OPEN)
    old_end, new_end = made.ends_on, made.ends_on + timedelta(days=7)
    made.stages.update(ends_on=old_end)

    actions.extend(made, new_end=new_end, reason="Prosiły o to organizacje.", by=None, at=now())

    made.refresh_from_db()
    extension = Extension.objects.get()
    assert (made.ends_on, made.state) == (new_end, State.OPEN)
    assert made.stages.get().ends_on == new_end, "its last stage lasts as long"
    assert (extension.old_ends_on, extension.new_ends_on) == (old_end, new_end)
    assert PublicationProof.objects.of(made).filter(purpose=Purpose.CHANGE, place=Place.WEBSITE).exists()
    assert ScheduleChange.objects.filter(
        consultation=made, what="termin", reason="Prosiły o to organizacje."
    ).exists()
    assert "Przedłużono konsultacje" in public_history(made)


@pytest.mark.rule("R-CNS-11")
def test_a_consultation_can_be_extended_twice(frozen):
    made = make.consultation(State.OPEN)
    for _time in range(2):
        actions.extend(made, new_end=made.ends_on + timedelta(days=3), reason=make.REASON, by=None, at=now())

    assert list(made.extensions.values_list("position", flat=True)) == [1, 2]


@pytest.mark.rule("R-CNS-11")
@pytest.mark.parametrize(("days", "reason"), [(0, make.REASON), (-1, make.REASON), (5, "  ")])
def test_an_extension_needs_a_later_day_and_a_reason(frozen, days, reason):
    made = make.consultation(State.OPEN)

    with pytest.raises(LawBreached):
        actions.extend(made, new_end=made.ends_on + timedelta(days=days), reason=reason, by=None, at=now())

    assert not Extension.objects.exists()


@pytest.mark.rule("R-CNS-11")
def test_what_is_over_by_the_clock_is_not_extended(frozen):
    made = make.consultation(State.OPEN)
    frozen.move_to(made.ends_at)

    with pytest.raises(LawBreached):
        actions.extend(made, new_end=made.ends_on + timedelta(days=7), reason=make.REASON, by=None, at=now())


def test_an_official_of_another_unit_cannot_extend(frozen):
    made, stranger = make.consultation(State.OPEN), make.manager()

    with pytest.raises(MoveRefused):
        actions.extend(
            made, new_end=made.ends_on + timedelta(days=7), reason=make.REASON, by=stranger, at=now()
        )


def test_an_extension_moves_the_reminders_and_tells_the_followers(frozen):
    made, person = make.consultation(State.OPEN), UserFactory()
    follow(person, made)
    before = dict(Reminder.objects.values_list("kind", "due_at"))

    actions.extend(
        made, new_end=made.ends_on + timedelta(days=7), reason="Prosiły o to organizacje.", by=None, at=now()
    )

    after = dict(Reminder.objects.values_list("kind", "due_at"))
    assert {kind: after[kind] - before[kind] for kind in before} == dict.fromkeys(before, timedelta(days=7))
    mail = OutboxMail.objects.get(to=person.email)
    assert mail.subject.startswith("Przedłużyliśmy konsultacje")
    assert "Prosiły o to organizacje." in mail.text


def test_an_extension_tells_everybody_who_takes_part_once(frozen):
    made = make.consultation(State.OPEN)
    date_to_come = meet.date_of(made)
    sender, visitor = make.submission(made), meet.signed_up(date_to_come)
    both = UserFactory(email=visitor.email.upper())
    follow(both, made)

    actions.extend(made, new_end=made.ends_on + timedelta(days=7), reason=make.REASON, by=None, at=now())

    told = OutboxMail.objects.filter(subject__startswith="Przedłużyliśmy konsultacje")
    assert sorted(told.values_list("to", flat=True)) == sorted([sender.email, visitor.email])


# --- report and outcome -----------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-18")
def test_t23_fourteen_remarks_and_one_without_a_position(frozen):
    made = make.consultation(State.OPEN)
    make.submission(made, remarks=14)
    frozen.move_to(made.ends_at)
    actions.close_due(now())
    made.refresh_from_db()
    actions.start_analysis(made, by=None, at=now())
    make.write_report(made)
    for remark in made.remarks.filter(number__lte=13):
        make.answer(remark)

    with pytest.raises(LawBreached) as refused:
        actions.publish_report(made, by=None, at=now())
    make.answer(made.remarks.get(number=14))
    actions.publish_report(made, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-18"}
    assert "1/14" in str(refused.value)
    assert made.state == State.REPORT_PUBLISHED
    assert made.remarks.filter(answered_at=None).count() == 0
    assert made.report_published_on == local_day(now())


@pytest.mark.rule("R-CNS-19")
def test_an_empty_report_is_not_published(frozen):
    made = make.consultation(State.ANALYSIS)

    with pytest.raises(LawBreached) as refused:
        actions.publish_report(made, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-19"}


@pytest.mark.rule("R-CNS-15")
def test_late_remarks_do_not_hold_the_report_up(frozen):
    made = make.consultation(State.CLOSED)
    make.submission(made)
    actions.start_analysis(made, by=None, at=now())
    make.write_report(made)

    actions.publish_report(made, by=None, at=now())

    assert made.remarks.get().answered_at is None


@pytest.mark.rule("R-CNS-20")
def test_the_report_goes_once_to_everybody_who_wrote(frozen):
    made = make.consultation(State.OPEN)
    asked = make.submission(made, who=make.sender(wants_report=True))
    silent = make.submission(made, who=make.sender(wants_report=False))
    follower = UserFactory()
    follow(follower, made)
    frozen.move_to(made.ends_at)
    actions.close_due(now())
    made.refresh_from_db()
    actions.start_analysis(made, by=None, at=now())
    make.write_report(made)
    for remark in made.remarks.all():
        make.answer(remark)

    actions.publish_report(made, by=None, at=now())

    mails = OutboxMail.objects.filter(subject__startswith="Raport z konsultacji")
    assert {mail.to for mail in mails} == {asked.email, silent.email, follower.email}
    assert len(mails) == 3
    assert asked.get_private_url() in mails.get(to=asked.email).text


def test_starting_the_analysis_makes_the_empty_report(frozen):
    made = make.consultation(State.ANALYSIS)

    assert Report.objects.get(consultation=made).is_public is False


def test_a_report_changed_after_its_publication_says_so(frozen):
    made = make.consultation(State.REPORT_PUBLISHED)
    made.report.changes = "<p>Dodano punkt.</p>"

    actions.save_report(made.report, by=None, at=now())

    assert public_history(made)[-1].startswith("Zmieniono raport")


def test_no_part_of_a_published_report_changes_in_silence(frozen):
    made = make.consultation(State.REPORT_PUBLISHED)
    for field in ("conclusions", "changes", "campaign", "course", "officials", "what_next"):
        setattr(made.report, field, "Inaczej niż dotąd.")

    actions.save_report(made.report, by=None, at=now())

    page = Client().get(made.get_absolute_url()).content.decode()
    assert (
        "wnioski, zmiany w projekcie, działania informacyjne, przebieg, kto brał udział ze strony urzędu, co dalej"
        in page.replace("\u00a0", " ")
    )


def test_a_report_without_changes_leaves_no_entry(frozen):
    made = make.consultation(State.REPORT_PUBLISHED)
    entries = AuditEntry.objects.count()

    actions.save_report(made.report, by=None, at=now())

    assert AuditEntry.objects.count() == entries


@pytest.mark.rule("R-CNS-22")
def test_an_outcome_without_words_is_refused(frozen):
    made = make.consultation(State.REPORT_PUBLISHED)

    with pytest.raises(LawBreached) as refused:
        actions.publish_outcome(made, by=None, at=now())

    assert rules_of(refused) == {"R-CNS-22"}


def test_an_outcome_that_is_being_written_stays_inside(frozen):
    made = make.consultation(State.REPORT_PUBLISHED)
    made.outcome, made.is_result_binding, made.title = "Kanarkowy wynik", False, "Nowy tytuł"

    actions.save_consultation(made, by=None, at=now(), reason="Literówka.")

    public = str(list(AuditEntry.objects.of(made).filter(is_public=True).values_list("after", flat=True)))
    inside = str(list(AuditEntry.objects.of(made).filter(is_public=False).values_list("after", flat=True)))
    assert "Nowy tytuł" in public
    assert "Kanarkowy" not in public
    assert "Kanarkowy" in inside
    assert "Kanarkowy" not in Client().get(made.get_absolute_url()).content.decode()
    assert search("kanarkowy").count == 0
    actions.publish_outcome(made, by=None, at=now())
    assert "Kanarkowy" in Client().get(made.get_absolute_url()).content.decode()
    assert search("kanarkowy").count == 1


def test_calling_off_says_why_and_drops_the_reminders(frozen):
    made, person = make.consultation(State.OPEN), UserFactory()
    sent = make.submission(made)
    follow(person, made)

    actions.cancel(made, by=None, at=now(), reason="Rada wycofała projekt.")

    assert made.cancellation_reason == "Rada wycofała projekt."
    assert not Reminder.objects.exists()
    told = OutboxMail.objects.filter(subject__startswith="Odwołaliśmy")
    assert {mail.to for mail in told} == {person.email, sent.email}
    assert PublicationProof.objects.of(made).filter(purpose=Purpose.CANCELLATION).exists()


def test_a_plan_called_off_before_its_notice_has_no_proof_to_record(frozen):
    made = planned()

    actions.cancel(made, by=None, at=now(), reason="Nie będzie takiego programu.")

    assert made.state == State.CANCELLED
    assert not PublicationProof.objects.of(made).exists()


def test_the_public_history_tells_the_whole_course(frozen):
    made = make.consultation(State.ARCHIVED)

    steps = [verb for verb in public_history(made) if not verb.startswith("Odnotowano")]

    assert steps == [
        "Wpisano do harmonogramu",
        "Ogłoszono konsultacje",
        "Rozpoczęto analizę uwag",
        "Opublikowano raport",
        "Ogłoszono wynik",
        "Przeniesiono do archiwum",
    ]


def test_reminders_come_seven_days_and_one_day_before_the_end(frozen):
    made, person = make.consultation(State.OPEN), UserFactory()

    follow(person, made)

    days = sorted(made.ends_on - local_day(r.due_at) for r in Reminder.objects.all())
    assert days == [timedelta(days=1), timedelta(days=7)]


def test_positions_count_by_code(frozen):
    made = make.consultation(State.OPEN)
    make.submission(made, remarks=2)
    make.answer(made.remarks.get(number=1), PositionCode.REJECTED)

    assert made.remarks.filter(position_code=PositionCode.REJECTED).count() == 1


def test_numbers_are_given_under_a_lock(frozen):
    made = planned()

    with transaction.atomic():
        actions.announce(made, by=None, at=now())
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
            (locks,) = cursor.fetchone()

    assert locks >= 1


# --- edges ------------------------------------------------------------------------------------------


def test_the_clock_leaves_alone_what_another_worker_or_an_extension_has_changed(frozen):
    made = make.consultation(State.OPEN)
    old_end = made.ends_at
    actions.extend(made, new_end=made.ends_on + timedelta(days=7), reason=make.REASON, by=None, at=now())

    assert move_by_clock(made.pk, State.CLOSED, old_end) is False
    assert move_by_clock(made.pk, State.OPEN, old_end) is False
    made.refresh_from_db()
    assert made.state == State.OPEN


def test_the_analysis_may_begin_before_the_scheduler_wrote_the_end_down(frozen):
    made = make.consultation(State.ANNOUNCED)
    frozen.move_to(made.ends_at)

    actions.start_analysis(made, by=None, at=now())

    assert list(made.transitions.values_list("target", flat=True))[-3:] == [
        State.OPEN,
        State.CLOSED,
        State.ANALYSIS,
    ]


def test_an_old_record_without_an_end_cannot_be_extended(frozen):
    made = make.consultation(State.OPEN)
    Consultation.objects.filter(pk=made.pk).update(ends_on=None)

    with pytest.raises(LawBreached):
        actions.extend(made, new_end=date(2027, 1, 1), reason=make.REASON, by=None, at=now())


def test_the_history_says_yes_and_no_and_names_units(frozen):
    made, other = make.consultation(State.ANNOUNCED), unit("Jednostka Nowa")
    made.accepts_remarks, made.unit = False, other

    actions.save_consultation(made, by=None, at=now(), reason="Zmiana sposobu.")

    entry = AuditEntry.objects.of(made).filter(is_public=True).first()
    assert entry.after["uwagi przez formularz portalu"] == "nie"
    assert entry.after["jednostka odpowiedzialna"] == "Jednostka Nowa"


def test_the_same_dates_and_points_again_keep_their_rows(frozen):
    made = make.draft()
    form = made.forms.first()
    rows = [list(form.dates.values_list("pk")), list(made.points.values_list("pk"))]

    actions.set_dates(form, [date.line for date in form.dates.all()])
    actions.set_points(made, [(p.number, p.is_heading, p.text) for p in made.points.all()])

    assert [list(form.dates.values_list("pk")), list(made.points.values_list("pk"))] == rows
