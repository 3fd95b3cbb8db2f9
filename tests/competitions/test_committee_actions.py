"""The committee at work: from the pool to the published cards."""

from datetime import timedelta
from decimal import Decimal

import pytest

from competitions import actions
from competitions.actions import committee as acts
from competitions.enums import CandidateState, NgoAbsence, OfferState, Outcome, Seat, State
from competitions.models import AccessRefusal, Award, CommitteeCandidate, ScoreChange
from competitions.queries import committee as queries
from core.accounts.roles import Role
from core.common.clock import now
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail, Reminder
from organizations.enums import MandateRole
from tests.factories import committee as make
from tests.factories import competitions as calls
from tests.factories import organizations as registry

pytestmark = pytest.mark.django_db


def codes(refused) -> list[str]:
    return [breach.rule for breach in refused.value.breaches]


def letters(template_word: str) -> list[str]:
    return list(OutboxMail.objects.filter(key__contains=template_word).values_list("to", flat=True))


# --- the whole way --------------------------------------------------------------------------------


def test_from_the_card_to_the_published_result(frozen, unit, manager):
    call = make.scored_call(
        ("50", "35"), ("40", "30"), ("20", "10"), unit=unit, budget_total=Decimal("30000")
    )
    best, middle, worst = call.offers.order_by("pk")
    registry.member(best.organization, user=registry.person(email="najlepsza@example.org"))
    make.propose(call)
    actions.record_committee_opinion(call, by=manager, at=now())
    actions.record_decision(call, by=manager, at=now())
    for offer in (best, middle, worst):
        offer.refresh_from_db()
        assert (offer.state, offer.mean_score, offer.awarded_amount) == (OfferState.SCORED, None, None)
    calls.publish(call, calls.Purpose.RESULTS)
    with pytest.raises(LawBreached) as refused:
        actions.publish_results(call, by=manager, at=now())
    assert "zarządzenia" in str(refused.value)

    call.result.ordinance_number = "1234/2026"
    call.result.save()
    actions.publish_results(call, by=manager, at=now())

    for offer in (best, middle, worst):
        offer.refresh_from_db()
    assert [best.state, middle.state, worst.state] == [
        OfferState.AWARDED,
        OfferState.RESERVE,
        OfferState.NOT_AWARDED,
    ]
    assert best.mean_score == Decimal("85.00")
    assert best.awarded_amount == Decimal("18000.00")
    result = call.result
    result.refresh_from_db()
    assert (result.offers_submitted, result.funded) == (3, 1)
    assert "z urzędu: 2 osoby" in result.committee_note.replace("\u00a0", " ")
    names = call.committee.members.values_list("full_name", flat=True)
    assert not any(name in result.committee_note for name in names)
    assert [award.outcome for award in result.awards.all()] == [
        Outcome.AWARDED,
        Outcome.RESERVE,
        Outcome.BELOW_THRESHOLD,
    ]
    assert "najlepsza@example.org" in letters(f"offer:{best.pk}:outcome")


def test_an_award_below_the_request_asks_for_a_revision(frozen):
    call = make.scored_call(("50", "35"))
    offer = call.offers.get()
    row = queries.ranked(call)[0]
    lower = type(row)(row.offer, row.mean, row.requested, row.part, Outcome.AWARDED, Decimal("10000.00"))
    acts.save_proposal(call.committee, [lower], reason="", by=None, at=now())
    actions.record_committee_opinion(call, by=None, at=now())
    actions.record_decision(call, by=None, at=now())
    call.result.ordinance_number = "1/2026"
    call.result.save()
    calls.publish(call, calls.Purpose.RESULTS)
    actions.publish_results(call, by=None, at=now())

    offer.refresh_from_db()
    assert offer.state == OfferState.REVISION_REQUESTED


# --- the gate -------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-31")
def test_a_member_named_by_a_partner_is_blocked_for_the_whole_call(frozen):
    """T16, with a partner that joined after the appointment."""
    naming = registry.verified()
    call = calls.call_in(State.MERIT_EVALUATION)
    made = make.committee(call, ngo=naming)
    make.filed_offer(call, partners=(naming,))
    make.filed_offer(call)
    member = made.members.get(seat=Seat.NGO)

    access = make.declare(member)

    assert access.is_blocked
    assert not queries.offers_for(call, access).exists()
    assert AccessRefusal.objects.get(member=member).organization == naming
    assert AuditEntry.objects.filter(verb="Zamknięcie dostępu do ofert").count() == 1


@pytest.mark.rule("R-CALL-31")
def test_a_new_offer_closes_everything_until_the_declaration_is_made_anew(frozen):
    call = make.judged_call()
    member = call.committee.members.first()
    assert queries.access_of(member).is_declared

    make.filed_offer(call)
    assert not queries.access_of(member).is_declared
    assert not queries.offers_for(call, queries.access_of(member)).exists()
    assert acts.tell_new_parties(call, at=now()) == 3
    assert acts.tell_new_parties(call, at=now()) == 3
    assert len(letters(":list:")) == 3

    make.declare(member)
    assert queries.offers_for(call, queries.access_of(member)).count() == 3


@pytest.mark.rule("R-CALL-31")
def test_in_a_call_with_parts_a_mandate_closes_only_its_part(frozen):
    call = calls.call_in(State.MERIT_EVALUATION)
    first, second = call.parts.create(no="1", name="A"), call.parts.create(no="2", name="B")
    own = registry.verified()
    make.filed_offer(call, own, part=first)
    other = make.filed_offer(call, part=second)
    made = make.committee(call)
    member = made.members.first()
    registry.member(own, MandateRole.NGO_EDITOR, user=member.user)

    access = make.declare(member)

    assert not access.is_blocked
    assert list(queries.offers_for(call, access)) == [other]


@pytest.mark.rule("R-CALL-29")
def test_a_declared_conflict_takes_the_card_back_and_stays(frozen):
    call = make.judged_call()
    card = call.offers.first().cards.first()
    member = card.member

    make.declare(member, {card.offer.organization_id: ("family", "")})

    card.refresh_from_db()
    assert card.withdrawn_at
    with pytest.raises(MoveRefused):
        acts.save_card(card, make.typed(call, "50", "30"), by=member.user, at=now())
    assert make.declare(member).is_blocked, "a later declaration does not lift a conflict"


def test_only_the_member_itself_declares_and_not_before_the_list_is_known(frozen):
    call = calls.open_call()
    made = make.committee(call)
    member = made.members.first()
    with pytest.raises(LawBreached):
        make.declare(member)
    with pytest.raises(MoveRefused):
        acts.declare(member, conflicts={}, is_confirmed=True, by=registry.person(), at=now())


# --- composition ----------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-26")
def test_a_person_named_by_an_offeror_cannot_join(frozen):
    call = calls.call_in(State.FORMAL_EVALUATION)
    offer = make.filed_offer(call)
    made = acts.open_committee(call, by=None, at=now())
    person = make.candidate(organization=offer.organization)
    with pytest.raises(LawBreached) as refused:
        acts.add_member(made, candidate=person, seat=Seat.NGO, by=None, at=now())
    assert codes(refused) == ["R-CALL-26"]


@pytest.mark.rule("R-CALL-27")
def test_without_candidates_the_committee_works_once_the_case_is_recorded(frozen):
    """T17."""
    call = calls.call_in(State.FORMAL_EVALUATION)
    made = acts.open_committee(call, by=None, at=now())
    acts.add_member(made, user=registry.person(), seat=Seat.OFFICE, role="chair", by=None, at=now())
    with pytest.raises(LawBreached) as refused:
        acts.appoint(made, ordinance_number="1", by=None, at=now())
    assert codes(refused) == ["R-CALL-26"]

    from competitions.actions.committee.appointing import suggested_absence

    made.ngo_absence = suggested_absence(made)
    acts.save_committee(made, by=None, at=now())
    assert acts.appoint(made, ordinance_number="1", by=None, at=now()).ngo_absence == NgoAbsence.NONE_NAMED


@pytest.mark.rule("R-CALL-30")
def test_the_draw_leaves_out_the_tied_and_can_be_repeated(frozen):
    call = calls.call_in(State.FORMAL_EVALUATION)
    offer = make.filed_offer(call)
    spheres = list(call.spheres.all())
    free = [make.candidate(spheres=spheres) for _n in range(4)]
    make.candidate(spheres=spheres, organization=offer.organization)
    make.candidate(spheres=spheres, organizations=[offer.organization])
    make.candidate(spheres=[registry.sphere("sport", "17")])
    made = acts.open_committee(call, by=None, at=now())

    record = acts.draw_members(made, seats=2, by=None, at=now())

    from competitions import law

    assert record.pool == sorted(one.pk for one in free)
    assert law.draw(record.pool, 2, seed=record.seed) == record.drawn
    assert set(made.members.values_list("candidate_id", flat=True)) == set(record.drawn)


def test_a_removed_member_loses_role_cards_and_reminders(frozen):
    call = make.judged_call()
    member = call.committee.members.get(seat=Seat.NGO)
    assert member.user.role_grants.filter(role=Role.COMMITTEE_MEMBER, valid_until=None).exists()

    acts.remove_member(member, reason="choroba", by=None, at=now())

    assert not member.cards.valid().exists()
    assert not queries.seats_of(member.user).exists()
    assert not member.user.role_grants.filter(valid_until=None).exists()
    assert letters(f"member:{member.pk}:removed") == [member.user.email]


def test_a_stranger_changes_nothing(frozen, stranger):
    call = make.judged_call()
    made = call.committee
    attempts = [
        lambda: acts.open_committee(call, by=stranger, at=now()),
        lambda: acts.save_committee(made, by=stranger, at=now()),
        lambda: acts.appoint(made, ordinance_number="1", by=stranger, at=now()),
        lambda: acts.draw_members(made, seats=1, by=stranger, at=now()),
        lambda: acts.assign(made, by=stranger, at=now()),
        lambda: acts.save_proposal(made, [], reason="", by=stranger, at=now()),
        lambda: acts.plan_meeting(made, starts_at=now(), place="x", by=stranger, at=now()),
        lambda: acts.remove_member(made.members.first(), reason="x", by=stranger, at=now()),
        lambda: acts.record_no_offers(call, by=stranger, at=now()),
    ]
    for attempt in attempts:
        with pytest.raises(MoveRefused):
            attempt()


# --- the pool -------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-30")
def test_a_representative_names_and_the_person_agrees(frozen):
    organization = registry.verified()
    boss = registry.member(organization)
    person = registry.person(email="wskazana@example.org")
    profile = acts.Profile("Maria Nowa", "Dziesięć lat w kulturze.", [registry.sphere()])
    with pytest.raises(MoveRefused):
        acts.name_candidate(organization, profile, email=person.email, by=person, at=now())

    named = acts.name_candidate(organization, profile, email=person.email, by=boss, at=now())
    assert letters(":named") == [person.email]
    assert CommitteeCandidate.objects.of_person(person).get() == named
    with pytest.raises(MoveRefused):
        acts.accept(named, by=None, at=now())
    with pytest.raises(LawBreached) as refused:
        acts.consent(named, has_full_rights=False, has_consented=True, by=person, at=now())
    assert codes(refused) == ["R-CALL-30"]
    with pytest.raises(MoveRefused):
        acts.consent(named, has_full_rights=True, has_consented=True, by=boss, at=now())
    acts.consent(named, has_full_rights=True, has_consented=True, by=person, at=now())

    named.refresh_from_db()
    assert (named.state, named.user) == (CandidateState.APPLIED, person)
    with pytest.raises(LawBreached):
        acts.name_candidate(organization, profile, email=person.email, by=boss, at=now())


@pytest.mark.rule("R-CALL-30")
def test_recruitment_with_a_call_ends_with_its_own_date(frozen):
    call = calls.open_call(includes_committee_call=True)
    made = acts.open_committee(call, by=None, at=now())
    made.candidates_until = now() + timedelta(days=3)
    acts.save_committee(made, by=None, at=now())
    frozen.shift(timedelta(days=4))
    with pytest.raises(LawBreached) as refused:
        make.candidate(call=call)
    assert codes(refused) == ["R-CALL-30"]


def test_old_applications_lose_the_person_but_not_the_number(frozen):
    old = make.candidate()
    frozen.shift(timedelta(days=366 * 2))
    assert acts.erase_old_candidates(now()) == 1
    old.refresh_from_db()
    assert (old.full_name, old.user, old.experience) == ("", None, "")
    assert acts.erase_old_candidates(now()) == 0


# --- cards ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-35")
def test_a_card_is_saved_as_typed_and_signed_only_when_whole(frozen):
    call = make.judged_call()
    card = call.offers.first().cards.first()
    quality, costs = call.criteria.all()
    by = card.member.user
    faults = acts.save_card(
        card,
        {quality.pk: acts.Typed(Decimal(61), {}, "krótko"), costs.pk: acts.Typed(Decimal(30), {}, make.WHY)},
        by=by,
        at=now(),
    )
    assert [fault.field for fault in faults] == [f"points_{quality.pk}"]
    card.refresh_from_db()
    assert card.total == Decimal(30)
    assert card.scores.get(criterion=quality).justification == "krótko"
    with pytest.raises(LawBreached) as refused:
        acts.sign_card(card, by=by, at=now())
    assert {breach.field for breach in refused.value.breaches} == {
        f"points_{quality.pk}",
        f"why_{quality.pk}",
    }

    make.score(card, "50", "30")
    with pytest.raises(MoveRefused):
        acts.save_card(card, make.typed(call, "60", "40"), by=by, at=now())


@pytest.mark.rule("R-CALL-35")
def test_points_of_sub_criteria_are_added_up_by_half_points(frozen):
    call = calls.draft()
    call.criteria.all().delete()
    acts.use_default_card(call, strategic="Oferta wspólna", strategic_points=5, by=None, at=now())
    with pytest.raises(LawBreached):
        acts.use_default_card(call, by=None, at=now())
    first = call.criteria.first()
    one, two = first.subs.all()
    from competitions.actions.committee.scoring import points_of

    whole = acts.Typed(subs={one.pk: Decimal("7.5"), two.pk: Decimal(10)})
    assert points_of(first, whole, Decimal("0.5")) == (
        Decimal("17.5"),
        {str(one.pk): "7.5", str(two.pk): "10"},
        [],
    )
    assert points_of(first, whole, Decimal(1))[0] is None
    half = acts.Typed(subs={one.pk: Decimal("7.5")})
    assert points_of(first, half, Decimal("0.5"))[0] is None
    assert call.criteria.count() == 7


def test_a_change_after_signing_needs_a_reason_and_leaves_a_trace(frozen):
    call = make.judged_call()
    card = make.score(call.offers.first().cards.first(), "50", "30")
    by = card.member.user
    with pytest.raises(LawBreached):
        acts.change_card(card, make.typed(call, "55", "30"), reason=" ", by=by, at=now())
    with pytest.raises(LawBreached):
        acts.change_card(card, make.typed(call, "50", "30"), reason="nic", by=by, at=now())
    acts.change_card(card, make.typed(call, "55", "30"), reason="Po rozmowie komisji.", by=by, at=now())

    trace = ScoreChange.objects.get()
    card.refresh_from_db()
    assert (trace.points_before, trace.points_after, card.total) == (Decimal(50), Decimal(55), Decimal(85))
    with pytest.raises(LawBreached):
        acts.change_card(card, make.typed(call, "99", "30"), reason="za dużo", by=by, at=now())
    card.refresh_from_db()
    assert card.total == Decimal(85)


def test_work_is_shared_and_missing_cards_are_added_for_a_replacement(frozen):
    call = make.judged_call(offers=4)
    made = call.committee
    assert [member.cards.count() for member in made.members.all()] == [4, 4, 4]
    member = made.members.get(seat=Seat.NGO)
    acts.remove_member(member, reason="konflikt", by=None, at=now())
    new = acts.add_member(made, candidate=make.candidate(), seat=Seat.NGO, by=None, at=now())
    make.declare(new)

    assert acts.assign(made, by=None, at=now()) == 4
    assert new.cards.valid().count() == 4
    assert acts.assign(made, by=None, at=now()) == 0


@pytest.mark.rule("R-CALL-32")
def test_a_common_card_is_the_chairs_or_where_excluded_the_deputys(frozen):
    call = calls.call_in(State.MERIT_EVALUATION)
    first, second = make.filed_offer(call), make.filed_offer(call)
    made = make.committee(call)
    chair, deputy = made.members.filter(seat=Seat.OFFICE)
    deputy.role = "deputy"
    deputy.save(update_fields=["role"])
    made.method = "consensus"
    acts.save_committee(made, by=None, at=now())
    for member in made.members.all():
        make.declare(member)
    acts.assign(made, by=None, at=now())
    assert [card.member for card in (first.cards.get(), second.cards.get())] == [chair, chair]
    assert first.cards.get().is_consensus
    made.score_step = Decimal("0.50")
    with pytest.raises(LawBreached):
        acts.save_committee(made, by=None, at=now())

    make.declare(chair, {first.organization_id: ("work", "")})
    acts.assign(made, by=None, at=now())
    assert first.cards.valid().get().member == deputy


@pytest.mark.rule("R-CALL-28")
def test_an_experts_card_is_read_but_neither_counts_nor_holds_up(frozen):
    call = calls.call_in(State.MERIT_EVALUATION)
    offer = make.filed_offer(call)
    made = make.committee(call)
    with pytest.raises(LawBreached):
        acts.add_member(made, user=registry.person(), seat=Seat.EXPERT, role="deputy", by=None, at=now())
    expert = acts.add_member(made, user=registry.person(), seat=Seat.EXPERT, by=None, at=now())
    for member in made.members.all():
        make.declare(member)
    acts.assign(made, by=None, at=now())
    for card in offer.cards.exclude(member=expert):
        make.score(card, "50", "30")
    standing = queries.standings_of(made)[0]
    assert (standing.is_finished, standing.mean) == (True, Decimal("80.00"))
    make.score(offer.cards.get(member=expert), "0", "0")
    assert queries.standings_of(made)[0].mean == Decimal("80.00")


def test_reminders_wait_for_the_date_and_go_with_the_last_signature(frozen):
    call = calls.call_in(State.MERIT_EVALUATION)
    make.filed_offer(call)
    made = make.committee(call)
    made.scores_due_at = now() + timedelta(days=10)
    acts.save_committee(made, by=None, at=now())
    for member in made.members.all():
        make.declare(member)
    acts.assign(made, by=None, at=now())
    member = made.members.first()
    assert Reminder.objects.of(member).waiting().count() == 3
    make.score(member.cards.get(), "50", "30")
    assert not Reminder.objects.of(member).waiting().exists()


@pytest.mark.rule("R-CALL-32")
def test_the_opinion_waits_for_cards_second_look_meeting_and_proposal(frozen):
    call = make.judged_call(offers=1)
    offer = call.offers.get()
    for card, points in zip(offer.cards.all(), ("60", "20", "60"), strict=True):
        make.score(card, points, "40")
    with pytest.raises(LawBreached) as refused:
        actions.record_committee_opinion(call, by=None, at=now())
    assert codes(refused) == ["R-CALL-32", "R-CALL-32", "R-CALL-41"]

    meeting = make.hold_meeting(call.committee)
    acts.record_second_look(meeting, offer, note="Zgoda co do potrzeby.", by=None, at=now())
    make.propose(call)
    actions.record_committee_opinion(call, by=None, at=now())
    offer.refresh_from_db()
    assert offer.state == OfferState.SCORED


@pytest.mark.rule("R-CALL-33")
def test_one_valid_offer_is_judged_and_chosen(frozen):
    """T20."""
    call = make.resolved_call(("50", "30"))
    assert call.state == State.RESULTS_PUBLISHED
    assert Award.objects.get(result__call=call).outcome == Outcome.AWARDED


@pytest.mark.rule("R-CALL-40")
def test_three_rejected_offers_lead_to_cancelling(frozen):
    """T21."""
    call = calls.call_in(State.FORMAL_EVALUATION, cancellation_reservation="")
    for _number in range(3):
        make.filed_offer(call, state=OfferState.FORMALLY_REJECTED)
    calls.publish(call, calls.Purpose.CANCELLATION)
    acts.record_no_offers(call, by=None, at=now())
    actions.cancel(call, by=None, at=now(), reason="brak ofert")
    assert call.state == State.CANCELLED

    other = calls.call_in(State.FORMAL_EVALUATION)
    make.filed_offer(other)
    with pytest.raises(LawBreached):
        acts.record_no_offers(other, by=None, at=now())


# --- money ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-41")
def test_after_the_opinion_another_choice_needs_a_reason_and_never_exceeds_the_pool(frozen):
    call = make.scored_call(
        ("50", "35"), ("40", "30"), budget_total=Decimal("20000"), max_grant=Decimal("20000")
    )
    make.propose(call)
    actions.record_committee_opinion(call, by=None, at=now())
    rows = queries.ranked(call)
    kind = type(rows[0])
    both = [kind(r.offer, r.mean, r.requested, r.part, Outcome.AWARDED, Decimal("18000")) for r in rows]
    with pytest.raises(LawBreached) as refused:
        acts.save_proposal(call.committee, both, reason="bo tak", by=None, at=now())
    assert codes(refused) == ["R-CALL-41"]
    fair = [kind(r.offer, r.mean, r.requested, r.part, Outcome.AWARDED, Decimal("10000")) for r in rows]
    with pytest.raises(LawBreached) as refused:
        acts.save_proposal(call.committee, fair, reason="", by=None, at=now())
    assert codes(refused) == ["R-CALL-37"]
    acts.save_proposal(call.committee, fair, reason="Obie oferty są potrzebne.", by=None, at=now())
    assert AuditEntry.objects.filter(verb="Propozycja podziału dotacji").latest("pk").reason


# --- reasons --------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-39")
def test_reasons_are_asked_within_30_days_and_answered(frozen, manager, stranger):
    call = make.resolved_call(("50", "30"))
    award = Award.objects.get()
    asked = acts.ask_reasons(call, text="Dlaczego?", email="kto@example.org", award=award, at=now())
    assert letters("reasons:") == ["kto@example.org"]
    with pytest.raises(MoveRefused):
        acts.answer_reasons(asked, answer="Bo tak.", is_public=True, by=stranger, at=now())
    with pytest.raises(LawBreached):
        acts.answer_reasons(asked, answer=" ", is_public=True, by=None, at=now())
    acts.answer_reasons(asked, answer="Najwyższa ocena.", is_public=True, by=None, at=now())
    assert len(letters("reasons:")) == 2

    frozen.shift(timedelta(days=31))
    with pytest.raises(LawBreached) as refused:
        acts.ask_reasons(call, text="Za późno?", email="kto@example.org", at=now())
    assert codes(refused) == ["R-CALL-39"]
    with pytest.raises(LawBreached):
        acts.ask_reasons(calls.open_call(), text="Za wcześnie?", email="kto@example.org", at=now())


def test_who_asked_long_ago_is_forgotten_but_the_answer_stays(frozen):
    call = make.resolved_call(("50", "30"))
    asked = acts.ask_reasons(call, text="Dlaczego?", email="kto@example.org", by=registry.person(), at=now())
    acts.answer_reasons(asked, answer="Z punktów.", is_public=True, by=None, at=now())
    frozen.shift(timedelta(days=366 * 5))
    assert acts.forget_askers(now()) == 0
    frozen.shift(timedelta(days=366))
    assert acts.forget_askers(now()) == 1
    asked.refresh_from_db()
    assert (asked.email, asked.asked_by, asked.answer) == ("", None, "Z punktów.")
