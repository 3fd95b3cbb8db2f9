"""The formal check as rules: what stands against each move, the clock of supplements, the portal's hints."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from competitions.enums import FormalHint, FormalMark, Intake, OfferState, State
from competitions.law import formal as law
from competitions.law import formal_hints as told_by
from competitions.law.facts import OfferCounts
from core.common.clock import WARSAW

AT = datetime(2026, 6, 10, 12, 0, tzinfo=WARSAW)
DUE = datetime(2026, 6, 17, 23, 59, tzinfo=WARSAW)
COMPLETE = law.Marked("1", "Oferta jest kompletna", True, FormalMark.YES)
IN_TIME = law.Marked("2", "Oferta wpłynęła w terminie", False, FormalMark.YES)
FACTS = law.FormalFacts(at=AT, items=(COMPLETE, IN_TIME))


def with_marks(complete: str, in_time: str, **changes) -> law.FormalFacts:
    items = (replace(COMPLETE, mark=complete), replace(IN_TIME, mark=in_time))
    return replace(FACTS, items=items, **changes)


def texts(breaches) -> str:
    return " | ".join(str(breach.message) for breach in breaches)


@pytest.mark.rule("R-CALL-23")
@pytest.mark.parametrize(
    ("complete", "in_time", "expected"),
    [
        ("yes", "yes", ""),
        ("na", "yes", ""),
        ("no", "yes", "„Oferta jest kompletna” ma odpowiedź NIE"),
        ("", "yes", "bez odpowiedzi pozostaje 1 z 2"),
        ("", "", "bez odpowiedzi pozostaje 2 z 2"),
    ],
)
def test_only_a_full_card_without_a_no_is_correct(complete, in_time, expected):
    found = law.acceptance_breaches(with_marks(complete, in_time))
    assert (expected in texts(found)) if expected else not found


@pytest.mark.rule("R-CALL-23")
def test_a_card_without_items_accepts_nothing():
    assert "nie ma jeszcze żadnego punktu" in texts(law.acceptance_breaches(replace(FACTS, items=())))


@pytest.mark.rule("R-CALL-23")
@pytest.mark.parametrize(
    ("call_state", "intake", "is_open"),
    [
        (State.FORMAL_EVALUATION, Intake.DEADLINE, True),
        (State.CORRECTIONS, Intake.DEADLINE, True),
        (State.PUBLISHED, Intake.DEADLINE, False),
        (State.PUBLISHED, Intake.CONTINUOUS, True),
        (State.MERIT_EVALUATION, Intake.DEADLINE, False),
    ],
)
def test_offers_are_checked_only_between_intake_and_committee(call_state, intake, is_open):
    assert bool(law.acceptance_breaches(replace(FACTS, call_state=call_state, intake=intake))) is not is_open


@pytest.mark.rule("R-CALL-24")
@pytest.mark.parametrize(
    ("complete", "in_time", "asked", "expected"),
    [
        ("no", "yes", {"1": "Dopisz cel."}, ""),
        ("no", "yes", {"1": "  "}, "opisz, co zrobić w punkcie „Oferta jest kompletna”"),
        ("no", "yes", None, "wskaż braki"),
        ("no", "no", {"1": "Dopisz cel."}, "„Oferta wpłynęła w terminie” nie da się uzupełnić"),
        ("yes", "yes", {}, "żaden punkt karty nie ma odpowiedzi NIE"),
    ],
)
def test_a_request_names_each_lack_that_can_be_supplemented(complete, in_time, asked, expected):
    request = None if asked is None else law.Request(DUE, tuple(asked.items()))
    found = law.request_breaches(with_marks(complete, in_time, request=request))
    assert (expected in texts(found)) if expected else not found


@pytest.mark.rule("R-CALL-24")
def test_a_request_ends_in_the_future():
    request = law.Request(AT, (("1", "Dopisz cel."),))
    assert "wybierz przyszły dzień" in texts(law.request_breaches(with_marks("no", "yes", request=request)))


@pytest.mark.rule("R-CALL-24")
@pytest.mark.parametrize(
    ("notified", "days", "last"),
    [
        (datetime(2026, 6, 10, 12, 0, tzinfo=WARSAW), 5, date(2026, 6, 17)),
        (datetime(2026, 6, 12, 15, 0, tzinfo=WARSAW), 5, date(2026, 6, 19)),
        # Corpus Christi, Thursday 4 June 2026, is a day off
        (datetime(2026, 6, 1, 9, 0, tzinfo=WARSAW), 5, date(2026, 6, 9)),
        # 24, 25 and 26 December and the first of January
        (datetime(2026, 12, 22, 9, 0, tzinfo=WARSAW), 5, date(2026, 12, 31)),
        (datetime(2026, 6, 10, 23, 59, tzinfo=WARSAW), 7, date(2026, 6, 19)),
    ],
)
def test_a_supplement_is_due_at_the_end_of_a_working_day(notified, days, last):
    due = law.supplement_due(notified, days=days).astimezone(WARSAW)
    assert (due.date(), due.hour, due.minute) == (last, 23, 59)


@pytest.mark.rule("R-CALL-24")
@pytest.mark.parametrize(
    ("moment", "is_in_time"),
    [
        (DUE, True),
        (DUE + timedelta(seconds=59), True),
        (DUE + timedelta(seconds=60), False),
    ],
)
def test_the_last_minute_counts(moment, is_in_time):
    facts = replace(FACTS, at=moment, state=OfferState.CORRECTION_REQUESTED, request=law.Request(DUE))
    assert bool(law.supplement_breaches(facts)) is not is_in_time
    rejection = law.rejection_breaches(replace(facts, reason_code="F13"))
    assert bool(rejection) is is_in_time


@pytest.mark.rule("R-CALL-24")
def test_a_rejection_needs_a_lack_and_a_code():
    assert "wybierz kod powodu" in texts(law.rejection_breaches(with_marks("no", "yes")))
    assert "żaden punkt karty" in texts(law.rejection_breaches(with_marks("yes", "yes", reason_code="F04")))
    assert not law.rejection_breaches(with_marks("no", "yes", reason_code="F04"))


@pytest.mark.rule("R-CALL-24")
def test_time_is_only_ever_added_and_with_a_reason():
    facts = replace(FACTS, state=OfferState.CORRECTION_REQUESTED, request=law.Request(DUE))
    assert not law.extension_breaches(facts, DUE + timedelta(days=2), "awaria")
    assert "napisz, dlaczego" in texts(law.extension_breaches(facts, DUE + timedelta(days=2), " "))
    assert "musi być późniejszy" in texts(law.extension_breaches(facts, DUE, "awaria"))
    assert "nie ma otwartego wezwania" in texts(law.extension_breaches(FACTS, DUE, "awaria"))


@pytest.mark.rule("R-CALL-40")
@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        (OfferCounts(), ""),
        (OfferCounts(3, 2, 1), ""),
        (OfferCounts(3, 2, 0), "bez rozstrzygnięcia pozostaje 1 z 3"),
        (OfferCounts(3, 0, 3), "konkurs trzeba unieważnić"),
    ],
)
def test_the_committee_begins_when_every_offer_is_decided_on(counts, expected):
    found = law.completion_breaches(counts)
    assert (expected in texts(found)) if expected else not found


# --- hints ----------------------------------------------------------------------------------------

KNOWN = told_by.HintFacts(
    filed_at=AT,
    deadline=AT,
    is_eligible=True,
    is_signed=True,
    has_sphere=True,
    is_on_template=True,
    task_from=date(2026, 9, 1),
    task_to=date(2026, 12, 31),
    call_from=date(2026, 9, 1),
    call_to=date(2026, 12, 31),
    requested=Decimal("9000.00"),
    total=Decimal("10000.00"),
    own=Decimal("1000.00"),
    min_grant=Decimal("5000.00"),
    max_grant=Decimal("9000.00"),
    pool=Decimal("100000.00"),
    min_own_percent=Decimal(10),
    max_cofinancing_percent=Decimal(90),
    annexes_required=("odpis",),
    offers_limit=1,
)
MET = {
    FormalHint.IN_TIME: "yes",
    FormalHint.ELIGIBLE: "yes",
    FormalHint.TEMPLATE: "yes",
    FormalHint.COMPLETE: "yes",
    FormalHint.SIGNED: "yes",
    FormalHint.SPHERE: "yes",
    FormalHint.PERIOD: "yes",
    FormalHint.LIMITS: "yes",
    FormalHint.OWN_CONTRIBUTION: "yes",
    FormalHint.ANNEXES: "",
    FormalHint.DECLARATIONS: "yes",
    FormalHint.OFFER_COUNT: "yes",
}


@pytest.mark.rule("R-CALL-23")
def test_the_portal_proposes_what_it_can_compute():
    assert {kind: hint.mark for kind, hint in told_by.hints(KNOWN).items()} == MET


@pytest.mark.rule("R-CALL-23")
@pytest.mark.parametrize(
    ("kind", "changes", "mark", "why"),
    [
        (FormalHint.IN_TIME, {"filed_at": AT + timedelta(seconds=59)}, "yes", ""),
        (FormalHint.IN_TIME, {"filed_at": AT + timedelta(seconds=60)}, "no", "termin"),
        (FormalHint.IN_TIME, {"deadline": None}, "", "portal tego nie wie"),
        (FormalHint.ELIGIBLE, {"is_eligible": False}, "no", "wyłączony"),
        (FormalHint.COMPLETE, {"empty_fields": ("Cel",)}, "no", "puste: Cel"),
        (FormalHint.SIGNED, {"is_signed": False}, "no", "nie ma dziś prawa"),
        (FormalHint.SPHERE, {"has_sphere": False}, "", "sprawdź statut"),
        (FormalHint.PERIOD, {"task_to": date(2027, 1, 1)}, "no", "1 stycznia 2027"),
        (FormalHint.PERIOD, {"task_from": None}, "", ""),
        (FormalHint.LIMITS, {"requested": Decimal("9000.01")}, "no", "najwyżej 9 000 zł"),
        (
            FormalHint.LIMITS,
            {"requested": Decimal("4999.99"), "total": Decimal(6000)},
            "no",
            "najmniej 5 000 zł",
        ),
        (FormalHint.LIMITS, {"requested": Decimal("8000"), "total": Decimal(8500)}, "no", "udział dotacji"),
        (FormalHint.LIMITS, {"pool": Decimal(6000)}, "no", "najwyżej 6 000 zł"),
        (FormalHint.OWN_CONTRIBUTION, {"own": Decimal("999.99")}, "no", "wymagane 10"),
        (FormalHint.OWN_CONTRIBUTION, {"min_own_percent": None}, "na", ""),
        (FormalHint.ANNEXES, {"annexes_missing": ("odpis",)}, "no", "brak: odpis"),
        (FormalHint.ANNEXES, {"annexes_required": ()}, "na", ""),
        (FormalHint.DECLARATIONS, {"missing_declarations": ("VII.3",)}, "no", "VII.3"),
        (FormalHint.OFFER_COUNT, {"offers": 2}, "no", "ofert tego oferenta: 2"),
        (FormalHint.OFFER_COUNT, {"offers_limit": None}, "na", ""),
    ],
)
def test_a_hint_follows_the_offer_and_the_notice(kind, changes, mark, why):
    hint = told_by.hints(replace(KNOWN, **changes))[kind]
    assert hint.mark == mark
    plain = hint.why.replace("\u00a0", " ").replace("\u2060", "")
    assert why in plain
