"""The rules of consultations, with the worked examples of the domain."""

from datetime import date, datetime, time, timedelta

import pytest

from consultations import law
from consultations.enums import (
    Channel,
    FormKind,
    PositionCode,
    Regime,
    RespondentType,
    StageKind,
    State,
    VersionPurpose,
)
from core.common.clock import at_local
from core.documents.enums import Place
from core.legal.rules import REGISTRY, Breach

RESIDENTS = frozenset({Regime.RESIDENTS})
NGO = frozenset({Regime.NGO})
EVENING = law.Slot(date(2026, 10, 7), time(17))
ACCESSIBLE = {"has_place": True, "is_access_described": True}
MEETING = law.FormFacts(FormKind.OPEN_MEETING, "spotkanie", (EVENING,), **ACCESSIBLE)
FORM = law.FormFacts(FormKind.CONSULTATION_FORM, "formularz")
SURVEY = law.FormFacts(FormKind.SURVEY, "ankieta")


def facts(**changes) -> law.ConsultationFacts:
    today = changes.pop("today", date(2026, 9, 24))
    values = {
        "regimes": RESIDENTS,
        "starts_on": date(2026, 10, 1),
        "ends_on": date(2026, 10, 22),
        "forms": (MEETING, FORM, SURVEY),
        "stages": (law.StageFacts(StageKind.ASSUMPTIONS, "założenia"),),
        **changes,
    }
    return law.ConsultationFacts(today=today, at=at_local(today, time(12)), **values)


def rules_of(breaches: list[Breach], *, warnings: bool = True) -> set[str]:
    return {breach.rule for breach in breaches if warnings or not breach.is_warning}


# --- R-CNS-01 ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-01")
def test_everybody_may_answer_residents_consultations_and_only_bodies_those_of_ngos():
    assert law.respondent_types(RESIDENTS) == list(RespondentType)
    assert law.respondent_types(RESIDENTS | NGO) == list(RespondentType)
    assert RespondentType.RESIDENT not in law.respondent_types(NGO)


@pytest.mark.rule("R-CNS-01")
def test_a_consultation_has_a_regime():
    assert rules_of(law.regime_breaches(facts(regimes=frozenset()))) == {"R-CNS-01"}
    assert law.regime_breaches(facts()) == []


# --- R-CNS-03, T22 ----------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-03")
def test_t22_opening_on_1_october_ends_on_22_october_at_the_earliest():
    first_end = law.earliest_end(date(2026, 10, 1), RESIDENTS, law.Parameters())
    campaign = law.latest_campaign_start(date(2026, 10, 1), campaign_days=7)

    assert first_end == date(2026, 10, 22)
    assert campaign == date(2026, 9, 24)
    assert law.period_breaches(facts()) == []


@pytest.mark.rule("R-CNS-03")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": date(2026, 10, 21)}, "ends_on"),
        ({"today": date(2026, 9, 25)}, "starts_on"),
        ({"campaign_from": date(2026, 9, 25)}, "starts_on"),
        # a campaign cannot be dated back: it begins when the notice is published
        ({"today": date(2026, 9, 26), "campaign_from": date(2026, 9, 20)}, "starts_on"),
        ({"starts_on": None}, "starts_on"),
    ],
)
def test_t22_a_campaign_too_late_or_an_end_too_early_is_refused(changes, field):
    (breach,) = law.period_breaches(facts(**changes))

    assert breach.field == field
    assert not breach.is_warning


@pytest.mark.rule("R-CNS-03")
def test_with_two_regimes_the_longer_period_counts():
    parameters = law.Parameters(residents_days=21, ngo_days=30)

    assert law.shortest_period(RESIDENTS | NGO, parameters) == 30
    assert law.shortest_period(RESIDENTS, parameters) == 21
    assert law.shortest_period([], parameters) == 21


# --- R-CNS-04, T22 ----------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-04")
@pytest.mark.parametrize(
    "forms",
    [
        (MEETING, FORM),
        (MEETING, MEETING, FORM),
        (FORM, SURVEY, law.FormFacts(FormKind.PHONE_DUTY, "dyżur")),
        (MEETING, FORM, law.FormFacts(FormKind.OTHER, "plakaty")),
    ],
)
def test_t22_two_forms_or_no_meeting_cannot_be_published(forms):
    found = law.form_breaches(facts(forms=forms))

    assert rules_of(found, warnings=False) == {"R-CNS-04"}


@pytest.mark.rule("R-CNS-04")
def test_a_workshop_does_instead_of_a_meeting():
    workshop = law.FormFacts(FormKind.WORKSHOP, "warsztat", (EVENING,), **ACCESSIBLE)

    assert law.form_breaches(facts(forms=(workshop, FORM, SURVEY))) == []


@pytest.mark.rule("R-CNS-04")
def test_with_organisations_alone_the_forms_are_advice():
    found = law.form_breaches(facts(regimes=NGO, forms=(FORM,)))

    assert len(found) == 2
    assert all(breach.is_warning for breach in found)


@pytest.mark.rule("R-CNS-05")
def test_forms_outside_the_list_do_not_count():
    assert law.listed_forms([MEETING, MEETING, FORM, law.FormFacts(FormKind.OTHER, "ulotki")]) == {
        FormKind.OPEN_MEETING,
        FormKind.CONSULTATION_FORM,
    }


# --- R-CNS-06 ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-06")
@pytest.mark.parametrize(
    ("slot", "is_after_work"),
    [
        (law.Slot(date(2026, 10, 7), time(16, 30)), True),
        (law.Slot(date(2026, 10, 7), time(16, 29)), False),
        (law.Slot(date(2026, 10, 7)), False),
        (law.Slot(date(2026, 10, 10), time(9)), True),  # a Saturday
        (law.Slot(date(2026, 11, 11), time(9)), True),  # a holiday
        (law.Slot(None), False),
    ],
)
def test_a_meeting_after_work_begins_at_half_past_four_or_on_a_day_off(slot, is_after_work):
    assert law.is_after_work(slot, evening_minutes=990) is is_after_work


@pytest.mark.rule("R-CNS-06")
def test_meetings_only_in_office_hours_are_a_warning():
    morning = law.FormFacts(
        FormKind.OPEN_MEETING, "spotkanie", (law.Slot(date(2026, 10, 7), time(10)),), **ACCESSIBLE
    )

    (warning,) = law.meeting_breaches(facts(forms=(morning, FORM, SURVEY)))

    assert warning.is_warning
    assert "16:30" in str(warning.message)


@pytest.mark.rule("R-CNS-06")
@pytest.mark.parametrize(
    "form",
    [
        law.FormFacts(FormKind.OPEN_MEETING, "spotkanie", (), **ACCESSIBLE),
        law.FormFacts(FormKind.OPEN_MEETING, "spotkanie", (EVENING,), is_access_described=True),
        law.FormFacts(FormKind.OPEN_MEETING, "spotkanie", (EVENING,), has_place=True),
        law.FormFacts(FormKind.ONLINE_MEETING, "spotkanie", (EVENING,), is_online=True),
    ],
)
def test_a_meeting_needs_date_place_and_access_data(form):
    (breach,) = law.meeting_breaches(facts(forms=(form,)))

    assert not breach.is_warning
    assert "spotkanie" in str(breach.message)


@pytest.mark.rule("R-CNS-06")
def test_an_online_meeting_with_its_address_is_complete():
    online = law.FormFacts(
        FormKind.ONLINE_MEETING, "spotkanie", (EVENING,), is_online=True, has_online_link=True
    )

    assert law.meeting_breaches(facts(forms=(online,))) == []


# --- R-CNS-07 ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-07")
def test_stages_exist_stand_in_order_and_begin_with_the_assumptions():
    draft, assumptions = (
        law.StageFacts(StageKind.DRAFT, "projekt"),
        law.StageFacts(StageKind.ASSUMPTIONS, "założenia"),
    )

    assert law.stage_breaches(facts(stages=(assumptions, draft))) == []
    assert [b.is_warning for b in law.stage_breaches(facts(stages=()))] == [False]
    assert [b.is_warning for b in law.stage_breaches(facts(stages=(draft, assumptions)))] == [False]
    assert [b.is_warning for b in law.stage_breaches(facts(stages=(draft,)))] == [True]


@pytest.mark.rule("R-CNS-07")
def test_a_stage_does_not_end_before_it_begins():
    wrong = law.StageFacts(StageKind.ASSUMPTIONS, "założenia", date(2026, 10, 5), date(2026, 10, 4))

    (breach,) = law.stage_date_breaches(facts(stages=(wrong,)))

    assert "założenia" in str(breach.message)


def stage(name: str, starts_on: date | None, ends_on: date | None) -> law.StageFacts:
    return law.StageFacts("", name, starts_on, ends_on)


JUNE, JULY = (
    stage("pierwszy", date(2026, 6, 1), date(2026, 6, 30)),
    stage("drugi", date(2026, 7, 6), date(2026, 7, 31)),
)


@pytest.mark.rule("R-CNS-07")
@pytest.mark.parametrize(
    ("stages", "words"),
    [
        ((JUNE, JULY), ""),
        ((stage("jedyny", None, None),), ""),
        ((JUNE, stage("drugi", date(2026, 6, 30), date(2026, 7, 31))), "zanim skończy się etap „pierwszy”"),
        ((stage("pierwszy", date(2026, 6, 1), None), JULY), "zanim skończy się etap „pierwszy”"),
        ((JULY, JUNE), "„pierwszy”: zaczyna się, zanim skończy się etap „drugi”"),
        ((stage("pierwszy", date(2026, 5, 31), date(2026, 6, 30)),), "przed 1 czerwca 2026"),
        ((stage("pierwszy", date(2026, 6, 1), date(2026, 8, 1)),), "po 31 lipca 2026"),
        ((JUNE, stage("drugi", None, None)), "„drugi”: podaj, od kiedy do kiedy trwa"),
    ],
)
def test_stages_follow_each_other_within_the_consultation(stages, words):
    term = {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 7, 31)}

    found = [str(breach.message) for breach in law.stage_date_breaches(facts(stages=stages, **term))]

    assert len(found) == bool(words)
    assert words.replace(" ", "") in "".join(found).replace("\u00a0", "").replace(" ", "")


@pytest.mark.rule("R-CNS-07")
@pytest.mark.parametrize(
    ("on", "place", "states"),
    [
        (date(2026, 5, 1), 0, ["next", "next"]),
        (date(2026, 6, 1), 0, ["now", "next"]),
        (date(2026, 6, 30), 0, ["now", "next"]),
        (date(2026, 7, 1), 0, ["done", "next"]),  # between two stages
        (date(2026, 7, 6), 1, ["done", "now"]),
        (date(2026, 9, 1), 1, ["done", "done"]),
    ],
)
def test_a_day_has_its_stage(on, place, states):
    assert law.stage_on((JUNE, JULY), on) == place
    assert [law.stage_state(one, on) for one in (JUNE, JULY)] == states


@pytest.mark.rule("R-CNS-07")
def test_a_stage_without_dates_is_the_only_one_or_none():
    bare = stage("założenia", None, None)

    assert law.stage_on((bare,), date(2026, 6, 1)) == 0
    assert law.stage_on((), date(2026, 6, 1)) is None
    assert law.stage_state(bare, date(2026, 6, 1)) == ""


# --- the document -----------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-19")
@pytest.mark.parametrize(
    ("purpose", "states"),
    [
        (VersionPurpose.CONSULTED, {State.DRAFT, State.PLANNED, State.ANNOUNCED, State.OPEN}),
        (
            VersionPurpose.AFTER,
            {State.CLOSED, State.ANALYSIS, State.REPORT_PUBLISHED, State.OUTCOME_PUBLISHED, State.ARCHIVED},
        ),
        (VersionPurpose.ADOPTED, {State.REPORT_PUBLISHED, State.OUTCOME_PUBLISHED, State.ARCHIVED}),
    ],
)
def test_what_was_asked_about_is_fixed_and_what_was_changed_comes_later(purpose, states):
    allowed = {
        state
        for state in State
        if not law.version_breaches(purpose=purpose, state=state, has_points=True, reason="po uwagach")
    }

    assert allowed == states


def test_a_version_says_something_and_after_the_notice_why():
    given = {"purpose": VersionPurpose.CONSULTED, "has_points": False, "reason": " "}

    assert [b.field for b in law.version_breaches(state=State.DRAFT, **given)] == ["upload"]
    assert [b.field for b in law.version_breaches(state=State.OPEN, **given)] == ["upload", "reason"]


@pytest.mark.rule("R-CNS-22")
def test_used_is_the_same_on_every_page():
    assert {code for code in PositionCode if law.was_used(code)} == {
        PositionCode.ACCEPTED,
        PositionCode.PARTLY,
        PositionCode.ALREADY_DONE,
        PositionCode.POSSIBLE_IN_OTHER_FORM,
    }


# --- R-CNS-09, 10, 24 -------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-09")
def test_every_missing_part_of_the_notice_is_named_with_its_field():
    parts = dict.fromkeys(law.NOTICE_PARTS, False)

    found = law.notice_breaches(facts(notice=parts))

    assert [breach.field for breach in found] == [field for field, _text in law.NOTICE_PARTS.values()]
    assert law.notice_breaches(facts(notice=dict.fromkeys(law.NOTICE_PARTS, True))) == []


@pytest.mark.rule("R-CNS-10")
def test_a_notice_stands_in_bip_on_the_portal_and_on_paper():
    assert law.missing_places([]) == [Place.BIP, Place.WEBSITE, Place.NOTICE_BOARD]
    assert law.missing_places([Place.BIP, Place.NOTICE_BOARD, Place.WEBSITE]) == []


@pytest.mark.rule("R-CNS-10")
def test_proofs_that_are_missing_when_it_is_announced_are_warnings():
    found = law.place_breaches(facts(places=frozenset({Place.BIP})))

    assert [breach.is_warning for breach in found] == [True]
    assert "tablica" in str(found[0].message)


@pytest.mark.rule("R-CNS-24")
def test_the_checklist_sorts_what_is_missing_by_part_of_the_standard():
    breaches = [
        Breach("R-CNS-03", "za krótko"),
        Breach("R-CNS-09", "bez tytułu"),
        Breach("R-CNS-09", "bez obszaru"),
        Breach("R-CNS-09", "bez dni", "starts_on"),
    ]

    found = [len(part) for _label, part in law.checklist(breaches)]

    assert found == [2, 0, 0, 2, 0]


# --- R-CNS-11 ---------------------------------------------------------------------------------------

OPENS, CLOSES = at_local(date(2026, 10, 1)), at_local(date(2026, 10, 23))
SECOND = timedelta(seconds=1)


@pytest.mark.rule("R-CNS-11")
@pytest.mark.parametrize(
    ("state", "at", "expected"),
    [
        (State.ANNOUNCED, OPENS - SECOND, State.ANNOUNCED),
        (State.ANNOUNCED, OPENS, State.OPEN),
        (State.OPEN, CLOSES - SECOND, State.OPEN),
        (State.OPEN, CLOSES, State.CLOSED),
        (State.ANNOUNCED, CLOSES, State.CLOSED),
        (State.PLANNED, CLOSES, State.PLANNED),
        (State.CANCELLED, OPENS, State.CANCELLED),
        (State.ANALYSIS, CLOSES, State.ANALYSIS),
    ],
)
def test_the_clock_opens_and_closes(state, at, expected):
    assert law.state_by_clock(state, OPENS, CLOSES, at) == expected


@pytest.mark.rule("R-CNS-11")
def test_a_consultation_without_an_end_stays_open():
    assert law.state_by_clock(State.OPEN, OPENS, None, CLOSES) == State.OPEN


@pytest.mark.rule("R-CNS-11")
@pytest.mark.parametrize(
    ("state", "new_end", "is_allowed"),
    [
        (State.OPEN, date(2026, 10, 30), True),
        (State.ANNOUNCED, date(2026, 10, 30), True),
        (State.OPEN, date(2027, 10, 22), True),
        (State.OPEN, date(2027, 10, 23), False),
        (State.OPEN, date(2026, 10, 22), False),
        (State.OPEN, None, False),
        (State.CLOSED, date(2026, 10, 30), False),
    ],
)
def test_only_a_running_consultation_is_extended_and_only_to_a_later_day(state, new_end, is_allowed):
    found = law.extension_breaches(old_end=date(2026, 10, 22), new_end=new_end, state=state)

    assert (found == []) is is_allowed


# --- R-CNS-12 to 15 ---------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-12")
def test_epuap_ended_with_2025():
    assert law.channel_breaches(Channel.EPUAP, date(2025, 12, 31)) == []
    assert rules_of(law.channel_breaches(Channel.EPUAP, date(2026, 1, 1))) == {"R-CNS-12"}
    assert law.channel_breaches(Channel.E_DELIVERY, date(2026, 1, 1)) == []


@pytest.mark.rule("R-CNS-13")
def test_a_submission_has_a_remark_that_says_what_it_wants():
    assert rules_of(law.remark_breaches([])) == {"R-CNS-13"}
    assert rules_of(law.remark_breaches([{"proposed_wording": "  "}])) == {"R-CNS-13"}
    assert rules_of(law.remark_breaches([{"proposed_wording": "", "justification": "bo tak"}])) == {
        "R-CNS-13"
    }
    assert law.remark_breaches([{"proposed_wording": "Więcej sal"}, {"proposed_wording": ""}]) == []


def who(regimes, respondent_type=RespondentType.RESIDENT, **changes):
    values = {"name": "Anna", "organisation": "", "email": "a@example.org", **changes}
    return [b.field for b in law.identity_breaches(regimes, respondent_type=respondent_type, **values)]


@pytest.mark.rule("R-CNS-14")
def test_residents_give_name_and_address_and_organisations_their_name_too():
    assert who(RESIDENTS) == []
    assert who(RESIDENTS, name="", email="") == ["name", "email"]
    assert who(RESIDENTS, RespondentType.NGO) == ["organisation_name"]
    assert who(RESIDENTS, RespondentType.NGO, organisation="Fundacja") == []


@pytest.mark.rule("R-CNS-14")
def test_with_organisations_alone_nobody_writes_anonymously():
    assert who(NGO) == ["respondent_type"]
    assert who(NGO, RespondentType.OTHER, organisation="Firma") == ["respondent_type"]
    assert who(NGO, RespondentType.DISTRICT_COUNCIL, organisation="Rada") == ["respondent_type"]
    assert who(NGO, RespondentType.NGO, organisation="") == ["organisation_name"]
    assert who(NGO, RespondentType.COUNCIL, organisation="KRDPP") == []


@pytest.mark.rule("R-CNS-14")
@pytest.mark.parametrize(
    ("respondent_type", "may_publish", "expected"),
    [
        (RespondentType.RESIDENT, False, "mieszkanka lub mieszkaniec"),
        (RespondentType.RESIDENT, True, "Anna Sekretna"),
        (RespondentType.NGO, False, "Fundacja Próbna"),
        (RespondentType.COMMISSION, False, "Fundacja Próbna"),
        (RespondentType.OTHER, False, "inny podmiot"),
        (RespondentType.OTHER, True, "Fundacja Próbna"),
    ],
)
def test_a_private_name_is_published_only_with_consent(respondent_type, may_publish, expected):
    organisation = "" if respondent_type == RespondentType.RESIDENT else "Fundacja Próbna"

    shown = law.public_author(
        respondent_type, name="Anna Sekretna", organisation=organisation, may_publish_name=may_publish
    )

    assert str(shown) == expected


@pytest.mark.rule("R-CNS-15")
def test_the_receipt_has_a_number():
    assert law.receipt_number(12, 2026, 7) == "K/12/2026/0007"


@pytest.mark.rule("R-CNS-15")
def test_what_comes_at_the_end_or_later_is_late_and_cannot_be_edited():
    assert not law.is_late(CLOSES - SECOND, CLOSES)
    assert law.is_late(CLOSES, CLOSES)
    assert not law.is_late(CLOSES, None)
    assert law.may_edit(CLOSES - SECOND, OPENS, CLOSES)
    assert not law.may_edit(CLOSES, OPENS, CLOSES)
    assert not law.may_edit(OPENS - SECOND, OPENS, CLOSES)
    assert not law.may_edit(OPENS, None, CLOSES)


# --- R-CNS-16 to 19, 22 -----------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-16")
def test_the_table_of_demands_has_five_columns_and_names_the_unit():
    headings = law.table_headings("projekt programu", "Wydział Próbny")

    assert len(headings) == 5
    assert headings[0] == "Lp."
    assert headings[4].endswith("Wydział Próbny")


@pytest.mark.rule("R-CNS-16")
def test_a_position_of_another_unit_is_headed_by_its_name():
    assert law.position_text("Tak.", unit="ZBK", default_unit="Wydział") == "ZBK: Tak."
    assert law.position_text("Tak.", unit="Wydział", default_unit="Wydział") == "Tak."
    assert law.position_text("", unit="ZBK", default_unit="Wydział") == ""


@pytest.mark.rule("R-CNS-17")
def test_positions_are_counted_by_code():
    counts = {"nieznany": 4, PositionCode.REJECTED: 1, PositionCode.ACCEPTED: 2, PositionCode.PARTLY: 0}

    assert list(law.by_position(counts).items()) == [(PositionCode.ACCEPTED, 2), (PositionCode.REJECTED, 1)]
    assert len(PositionCode) == 10


@pytest.mark.rule("R-CNS-18")
def test_t23_a_report_with_one_remark_unanswered_is_refused_and_names_it():
    answered = [law.RemarkFacts(f"6/{n}", PositionCode.ACCEPTED, "x" * 20) for n in range(1, 14)]
    missing = law.RemarkFacts("6/14")

    (breach,) = law.answer_breaches(facts(remarks=(*answered, missing)))

    assert "6/14" in str(breach.message)
    assert law.answer_breaches(facts(remarks=tuple(answered))) == []


@pytest.mark.rule("R-CNS-18")
@pytest.mark.parametrize(
    ("code", "reason", "is_answered"),
    [
        (PositionCode.REJECTED, "x" * 20, True),
        (PositionCode.REJECTED, "x" * 19, False),
        (PositionCode.REJECTED, " " * 30, False),
        ("", "x" * 20, False),
    ],
)
def test_an_answer_is_a_code_and_twenty_characters(code, reason, is_answered):
    assert law.is_answered(law.RemarkFacts("1", code, reason), reason_length=20) is is_answered


@pytest.mark.rule("R-CNS-19")
def test_a_report_says_something():
    assert rules_of(law.report_breaches(facts())) == {"R-CNS-19"}
    assert law.report_breaches(facts(has_report=True)) == []


@pytest.mark.rule("R-CNS-22")
def test_an_outcome_says_what_was_decided():
    assert rules_of(law.outcome_breaches(facts())) == {"R-CNS-22"}
    assert law.outcome_breaches(facts(has_outcome=True)) == []


# --- R-CNS-20 ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-20")
def test_the_report_is_due_in_30_days_or_60_with_several_stages_moved_past_days_off():
    assert law.report_due(date(2026, 6, 26), days=30) == date(2026, 7, 27)  # Sunday → Monday
    assert law.report_due(date(2026, 6, 26), days=60) == date(2026, 8, 25)
    assert [law.report_parameter(stages) for stages in (0, 1, 2)] == [
        "consultation_report", "consultation_report", "consultation_report_stages",
    ]  # fmt: skip


@pytest.mark.rule("R-CNS-20")
def test_delay_is_counted_in_days_until_the_report_comes():
    due = date(2026, 7, 27)

    assert law.days_late(due, due) == 0
    assert law.days_late(due, due + timedelta(days=5)) == 5
    assert law.days_late(due, date(2026, 12, 1), published_on=due + timedelta(days=2)) == 2


# --- R-CNS-23 ---------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-23")
def test_an_entry_of_the_schedule_has_title_unit_and_at_least_a_month():
    complete = {"title": True, "unit": True, "subject": False}

    assert law.entry_breaches(facts(notice=complete, has_term=True)) == []
    found = law.entry_breaches(facts(notice={"title": False, "unit": False}, has_term=False))
    assert [breach.field for breach in found] == ["title", "unit", "starts_about"]


@pytest.mark.rule("R-CNS-23")
def test_what_changed_in_an_entry_is_listed():
    before = {"termin": "maj 2026", "tytuł": "Sale"}

    assert law.entry_changes(before, {"termin": "czerwiec 2026", "tytuł": "Sale"}) == [
        ("termin", "maj 2026", "czerwiec 2026")
    ]
    assert law.entry_changes(before, before) == []


def test_every_rule_has_a_sentence_and_a_source():
    own = [rule for code, rule in REGISTRY.items() if code.startswith("R-CNS-")]

    assert len(own) >= 20
    assert all(rule.statement.endswith(".") and rule.source for rule in own)


def test_moments_of_the_facts_are_aware():
    assert isinstance(facts().at, datetime)
    assert facts().at.tzinfo is not None
