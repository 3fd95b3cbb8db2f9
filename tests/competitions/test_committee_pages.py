"""Pages of members, candidates and readers; and what nobody may see a second too early, or at all."""

import json
import re

import pytest
from django.urls import reverse

from competitions import actions
from competitions.actions import committee as acts
from competitions.admin.acts import change_url
from competitions.admin.committee_forms import SecondLookForm
from competitions.admin.forms import ConfirmationForm
from competitions.enums import CandidateState, Seat, State
from competitions.models import (
    AwardProposal,
    CommitteeCandidate,
    ImpartialityDeclaration,
    ReasonRequest,
    ScoreCard,
)
from competitions.permissions import is_kept_from
from competitions.queries import committee as queries
from competitions.queries.conflicts import is_kept_from_some
from core.accounts.roles import Role
from core.city.models import RoleGrant
from core.common.clock import now
from core.legal.rules import LawBreached
from organizations.enums import MandateRole
from tests.factories import committee as make
from tests.factories import competitions as calls
from tests.factories import organizations as registry
from tests.factories.accounts import official

pytestmark = pytest.mark.django_db


def text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode().replace("\u00a0", " ").replace("\u2060", "")


def as_user(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def judged(frozen, unit):
    return make.judged_call(unit=unit)


@pytest.fixture
def member(judged):
    return judged.committee.members.get(seat=Seat.NGO)


# --- the member's way -----------------------------------------------------------------------------


def test_a_member_declares_reads_scores_and_signs(client, frozen):
    call = calls.call_in(State.MERIT_EVALUATION)
    offer = make.filed_offer(call)
    made = make.committee(call)
    member = made.members.first()
    as_user(client, member.user)
    assert call.title in text(client.get("/moje/komisja/"))
    desk = reverse("committee:desk", args=[made.pk])
    assert offer.title not in text(client.get(desk))
    declare = reverse("committee:declare", args=[made.pk])
    page = text(client.get(declare))
    assert offer.organization.name in page
    assert offer.title not in page

    refused = client.post(declare, {f"has_{offer.organization_id}": ""})
    assert "potwierdź oświadczenie" in text(refused)
    assert client.post(declare, {"is_confirmed": "on"}).status_code == 302
    acts.assign(made, by=None, at=now())
    card = ScoreCard.objects.get(member=member)
    assert offer.title in text(client.get(desk))
    url = reverse("committee:card", args=[card.pk])
    assert "Osoby starsze rzadko wychodzą" in text(client.get(url))

    quality, costs = call.criteria.all()
    typed = {f"points_{quality.pk}": "61", f"why_{quality.pk}": "krótko", f"points_{costs.pk}": "x"}
    shown = text(client.post(url, {**typed, "sign": "1"}))
    assert "wpisz punkty od 0 do 60, jest 61" in shown
    assert "wpisz liczbę od 0 do 40" in shown
    assert 'value="61"' in shown
    assert "krótko" in shown
    card.refresh_from_db()
    assert card.signed_at is None

    quiet = client.post(url, {**typed, f"points_{quality.pk}": "50"}, headers={"X-Autosave": "1"})
    assert json.loads(quiet.content)["total"] == "50"
    good = {f"points_{quality.pk}": "50", f"points_{costs.pk}": "30"}
    good |= {f"why_{one.pk}": make.WHY for one in (quality, costs)}
    assert client.post(url, {**good, "sign": "1"}).status_code == 302
    card.refresh_from_db()
    assert card.signed_at
    unchanged = text(client.post(url, {**good, f"points_{quality.pk}": "55"}))
    assert "dlaczego zmieniasz" in unchanged
    client.post(url, {**good, f"points_{quality.pk}": "55", "reason": "Po rozmowie."})
    assert card.changes.get().reason == "Po rozmowie."


def test_a_declared_conflict_closes_the_desk_at_once(client, judged, member):
    card = member.cards.first()
    as_user(client, member.user)
    declare = reverse("committee:declare", args=[judged.committee.pk])
    answer = client.post(
        declare, {"is_confirmed": "on", f"kind_{card.offer.organization_id}": "work"}, follow=True
    )
    page = text(answer)
    assert "Ten konkurs jest dla Ciebie zamknięty" in page
    assert card.offer.title not in page
    assert client.get(reverse("committee:card", args=[card.pk])).status_code == 404
    assert ImpartialityDeclaration.objects.filter(member=member).count() == 2


# --- leaks ----------------------------------------------------------------------------------------


def closed_addresses(call, offer, card) -> list[str]:
    made = call.committee
    return [
        reverse("committee:desk", args=[made.pk]),
        reverse("committee:declare", args=[made.pk]),
        reverse("committee:offer", args=[made.pk, offer.pk]),
        reverse("committee:card", args=[card.pk]),
    ]


def test_nobody_but_the_member_opens_what_is_the_members(client, judged, member, stranger, manager):
    offer = judged.offers.first()
    card = member.cards.get(offer=offer)
    rival = make.committee(calls.call_in(State.MERIT_EVALUATION)).members.first()
    applicant = registry.member(offer.organization)
    colleague = judged.committee.members.exclude(pk=member.pk).first()
    for user in (rival.user, applicant, stranger, manager, registry.person()):
        as_user(client, user)
        for address in closed_addresses(judged, offer, card):
            assert client.get(address).status_code == 404, (user, address)
            assert client.post(address, {"is_confirmed": "on"}).status_code in (404, 405), (user, address)
        assert offer.title not in text(client.get("/moje/komisja/"))
    as_user(client, colleague.user)
    assert client.get(reverse("committee:card", args=[card.pk])).status_code == 404, "not a colleague's card"
    client.logout()
    for address in closed_addresses(judged, offer, card):
        assert client.get(address).status_code == 302


def test_a_blocked_member_sees_no_offer_score_count_or_file(client, judged, member):
    offer = judged.offers.first()
    card = member.cards.get(offer=offer)
    assert queries.is_open_to_member(member.user, offer)
    registry.member(offer.organization, MandateRole.NGO_EDITOR, user=member.user)

    as_user(client, member.user)
    page = text(client.get(reverse("committee:desk", args=[judged.committee.pk])))
    assert "zamknięty" in page
    others = judged.offers.exclude(pk=offer.pk)
    assert not any(one.title in page or one.number in page for one in [offer, *others])
    assert not re.search(r"\d z \d", page)
    assert client.get(reverse("committee:card", args=[card.pk])).status_code == 404
    assert client.post(reverse("committee:card", args=[card.pk]), {"sign": "1"}).status_code == 404
    for one in judged.offers.all():
        assert client.get(reverse("committee:offer", args=[judged.committee.pk, one.pk])).status_code == 404
    assert not queries.is_open_to_member(member.user, others.first())


@pytest.mark.rule("R-CALL-31")
def test_an_official_with_a_conflict_reads_no_offer_at_the_desk_either(client, judged, member, unit):
    member.user.is_staff = True
    member.user.save(update_fields=["is_staff"])
    RoleGrant.objects.create(user=member.user, role=Role.CALL_MANAGER, unit=unit)
    offer = judged.offers.first()
    as_user(client, member.user)
    listed, paper = (
        reverse("admin:competitions_offer_changelist"),
        reverse("competitions:offer_pdf", args=[offer.pk]),
    )
    dossiers = reverse("admin:competitions_call_dossiers", args=[judged.pk])
    assert offer.title in text(client.get(listed))
    assert client.get(dossiers).status_code == 200

    declare = reverse("committee:declare", args=[judged.committee.pk])
    client.post(declare, {"is_confirmed": "on", f"kind_{offer.organization_id}": "work"})

    assert offer.title not in text(client.get(listed))
    change = client.get(reverse("admin:competitions_offer_change", args=[offer.pk]))
    assert change.status_code in (302, 404)
    assert client.get(paper).status_code == 404
    assert client.get(dossiers).status_code == 403
    colleague = official(Role.CALL_MANAGER, unit)
    assert offer.title in text(as_user(client, colleague).get(listed))


def tied(client, member, unit, *roles):
    """A sitting member who works at the office too, with a mandate in the organisation of the first offer."""
    member.user.is_staff = True
    member.user.save(update_fields=["is_staff"])
    for role in roles:
        RoleGrant.objects.create(user=member.user, role=role, unit=unit)
    return as_user(client, member.user)


@pytest.mark.rule("R-CALL-31")
@pytest.mark.parametrize("tie", ["mandate", "partner", "named", "joined"])
def test_a_tie_closes_the_desk_before_anything_is_declared(client, frozen, unit, tie):
    call, own = calls.call_in(State.MERIT_EVALUATION, unit=unit), registry.verified()
    partners = (own,) if tie == "partner" else ()
    made = make.committee(call, ngo=own if tie == "named" else None)
    offer = make.filed_offer(call, registry.verified() if partners else own, partners=partners)
    member = made.members.get(seat=Seat.NGO)
    tied(client, member, unit, Role.CALL_MANAGER)
    ranking = reverse("admin:competitions_committee_ranking", args=[made.pk])
    minutes = reverse("admin:competitions_committee_minutes", args=[made.pk])
    letters = reverse("admin:competitions_call_letters", args=[call.pk])
    listed = reverse("admin:competitions_offer_changelist")
    call_page = reverse("admin:competitions_call_change", args=[call.pk])
    if tie in ("mandate", "partner", "joined"):
        assert offer.title in text(client.get(listed)), "who merely has not declared works on"
        assert [client.get(url).status_code for url in (ranking, letters, minutes)] == [200, 200, 200]
        assert offer.title in text(client.get(change_url(made)))
        assert letters in text(client.get(call_page))
    if tie in ("mandate", "partner"):
        registry.member(own, user=member.user)
    elif tie == "joined":
        member.organizations.add(own)

    assert offer.title not in text(client.get(listed))
    assert [client.get(url).status_code for url in (ranking, letters, minutes)] == [403, 403, 403]
    assert offer.title not in text(client.get(change_url(made)))
    assert minutes not in text(client.get(change_url(made)))
    assert letters not in text(client.get(call_page))
    assert is_kept_from(member.user, offer)
    assert not SecondLookForm(committee=made, user=member.user).fields["offer"].queryset.exists()
    form = ConfirmationForm(
        {"number": offer.number, "way": "e-Doręczenia", "on_0": "2026-06-01", "on_1": "9:00"}
    )
    form.is_valid()
    with pytest.raises(LawBreached):
        form.offer_of(call, member.user)
    assert form.offer_of(call, official(Role.CALL_MANAGER, unit)) == offer


@pytest.mark.rule("R-CALL-31")
def test_a_tie_in_one_part_leaves_the_other_part_open(frozen, unit):
    call, own = calls.call_in(State.MERIT_EVALUATION, unit=unit), registry.verified()
    first, second = call.parts.create(no="1", name="A"), call.parts.create(no="2", name="B")
    closed, open_one = make.filed_offer(call, own, part=first), make.filed_offer(call, part=second)
    member = make.committee(call).members.get(seat=Seat.NGO)
    registry.member(own, user=member.user)
    assert is_kept_from(member.user, closed)
    assert not is_kept_from(member.user, open_one)
    assert is_kept_from_some(member.user, call)


@pytest.mark.rule("R-CALL-31")
def test_an_auditor_with_a_conflict_reads_no_paper(client, judged, member, unit):
    offer = judged.offers.first()
    paper = reverse("competitions:offer_pdf", args=[offer.pk])
    tied(client, member, None, Role.AUDITOR)
    assert client.get(paper).status_code == 200
    member.organizations.add(offer.organization)
    assert client.get(paper).status_code == 404


def test_a_removed_member_is_out_with_the_next_request(client, judged, member):
    as_user(client, member.user)
    desk = reverse("committee:desk", args=[judged.committee.pk])
    assert client.get(desk).status_code == 200
    acts.remove_member(member, reason="wyjazd", by=None, at=now())
    assert client.get(desk).status_code == 404


PUBLIC = [
    "competitions:outcome",
    "competitions:results_json",
    "competitions:results",
    "competitions:ask_reasons",
]


def surfaces(client, call) -> str:
    """Everything the public can read of a call, lists, files and feeds included."""
    addresses = [
        call.get_absolute_url(),
        reverse("competitions:committee", args=[call.slug]),
        "/konkursy/",
        "/konkursy/?format=json",
        "/konkursy/?format=csv",
        "/konkursy/?format=rss",
        "/konkursy/dotacje/",
        "/konkursy/dotacje/?format=json",
        f"/szukaj/?q={call.title.replace(' ', '+')}",
        "/kalendarz/",
        "/sitemap.xml",
        *(one.organization.get_absolute_url() for one in call.offers.select_related("organization")),
    ]
    return "".join(text(client.get(address)) for address in addresses)


def test_nothing_of_the_choice_is_public_before_it_is_published(client, frozen, unit, stranger):
    call = make.decided_call(("50", "35.00"), ("41", "31"), unit=unit)
    offer = call.offers.order_by("pk").first()
    applicant = registry.member(offer.organization)
    award = call.result.awards.order_by("-score").first()
    cards = reverse("competitions:cards", args=[call.slug, award.pk])
    for user in (None, applicant, stranger, call.committee.members.first().user):
        client.logout() if user is None else as_user(client, user)
        for name in PUBLIC:
            assert client.get(reverse(name, args=[call.slug])).status_code == 404, (user, name)
        assert client.get(cards).status_code == 404
        seen = surfaces(client, call)
        assert make.WHY not in seen
        assert "1234/2026" not in seen
        assert "85,00" not in seen
    before = client.get(call.get_absolute_url())

    actions.publish_results(call, by=None, at=now())

    client.logout()
    for name in PUBLIC:
        assert client.get(reverse(name, args=[call.slug])).status_code == 200, name
    page = text(client.get(cards))
    assert make.WHY in page
    assert "Osoba oceniająca 1" in page.replace("osoba", "Osoba")
    etag = before.headers.get("ETag")
    if etag:
        again = client.get(call.get_absolute_url(), headers={"If-None-Match": etag})
        assert again.status_code == 200, "an old copy is not good any more"


def test_public_pages_name_no_member_candidate_or_contact(client, frozen, unit):
    call = make.resolved_call(("50", "35"), ("41", "31"), unit=unit, includes_committee_call=True)
    people = list(call.committee.members.values_list("full_name", "user__email"))
    award = call.result.awards.first()
    seen = surfaces(client, call)
    seen += text(client.get(reverse("competitions:outcome", args=[call.slug])))
    seen += text(client.get(reverse("competitions:results_json", args=[call.slug])))
    seen += text(client.get(reverse("competitions:results", args=[call.slug])))
    seen += text(client.get(reverse("competitions:cards", args=[call.slug, award.pk])))
    for name, email in people:
        assert name not in seen
        assert email not in seen


def test_cards_of_another_call_or_of_no_offer_are_not_found(client, frozen):
    call, other = make.resolved_call(("50", "35")), make.resolved_call(("50", "35"))
    award = other.result.awards.get()
    assert client.get(reverse("competitions:cards", args=[call.slug, award.pk])).status_code == 404
    settled = calls.settled_call()
    plain = settled.result.awards.first()
    assert client.get(reverse("competitions:cards", args=[settled.slug, plain.pk])).status_code == 404


# --- results --------------------------------------------------------------------------------------


def test_results_are_ordered_by_links_and_given_away_with_a_dictionary(client, frozen):
    call = make.resolved_call(("30", "35"), ("50", "35"))
    address = reverse("competitions:outcome", args=[call.slug])
    first, second = (one.organization.name for one in call.offers.order_by("pk"))
    by_points = text(client.get(address))
    assert by_points.index(second) < by_points.index(first)
    by_name = text(client.get(f"{address}?kolejnosc=organizacja"))
    assert (by_name.index(first) < by_name.index(second)) is (first.casefold() < second.casefold())
    assert client.get(f"{address}?kolejnosc=<script>").status_code == 200

    data = json.loads(client.get(reverse("competitions:results_json", args=[call.slug])).content)
    assert data["count"] == 2
    item = data["items"][0]
    assert item["recipientOrganization:0:id"].startswith("PL-KRS-")
    assert (item["currency"], item["amount"]) == ("PLN", "18000.00")
    assert {row["name"] for row in data["dictionary"]} >= set(item)


def test_the_awards_of_an_organisation_are_a_list_and_a_file(client, frozen, django_assert_max_num_queries):
    call = make.resolved_call(("30", "35"), ("50", "35"))
    waiting = make.decided_call(("50", "35"))
    first, second = (one.organization for one in call.offers.order_by("pk"))
    client.get("/konkursy/dotacje/")
    with django_assert_max_num_queries(8):
        listed = text(client.get("/konkursy/dotacje/"))
    assert first.name in listed
    assert waiting.offers.get().organization.name not in listed
    own = text(client.get(f"/konkursy/dotacje/?organizacja={second.slug}"))
    assert second.name in own
    assert first.name not in own
    items = json.loads(client.get("/konkursy/dotacje/?format=json").content)["items"]
    assert {item["organization"] for item in items} == {first.name, second.name}
    assert f"organizacja={second.slug}" in text(client.get(second.get_absolute_url()))


def test_anybody_asks_for_reasons_and_a_public_answer_is_read_by_all(client, frozen, settings):
    call = make.resolved_call(("50", "35"))
    address = reverse("competitions:ask_reasons", args=[call.slug])
    page = client.get(address)
    assert "nie ma odwołania" in text(page)
    stamp = page.context["form"]["shown_at"].value()
    frozen.shift(5)
    award = call.result.awards.get()
    sent = {
        "about": f"a{award.pk}",
        "text": "Skąd taka kwota?",
        "email": "kto@example.org",
        "shown_at": stamp,
    }
    wrong = client.post(address, {**sent, "email": "kto"})
    assert "Skąd taka kwota?" in text(wrong)
    assert client.post(address, sent).status_code == 302
    asked = ReasonRequest.objects.get()
    assert asked.award == award
    outcome = reverse("competitions:outcome", args=[call.slug])
    assert "Skąd taka kwota?" not in text(client.get(outcome))
    acts.answer_reasons(asked, answer="Z rankingu.", is_public=True, by=None, at=now())
    answered = text(client.get(outcome))
    assert "Skąd taka kwota?" in answered
    assert "kto@example.org" not in answered


def test_the_committee_page_gives_numbers_and_the_draw_only(client, frozen):
    call = calls.call_in(State.FORMAL_EVALUATION, includes_committee_call=True)
    spheres = list(call.spheres.all())
    people = [make.candidate(spheres=spheres) for _n in range(3)]
    made = acts.open_committee(call, by=None, at=now())
    acts.add_member(made, user=registry.person(), seat=Seat.OFFICE, role="chair", by=None, at=now())
    record = acts.draw_members(made, seats=1, by=None, at=now())
    address = reverse("competitions:committee", args=[call.slug])
    assert record.seed not in text(client.get(address))
    acts.appoint(made, ordinance_number="5/2026", by=None, at=now())
    page = text(client.get(address))
    assert record.seed in page
    assert "5/2026" in page
    assert not any(one.full_name in page for one in people)


# --- candidates -----------------------------------------------------------------------------------


def test_a_person_applies_once_and_takes_it_back(client, frozen):
    call = calls.open_call(includes_committee_call=True)
    person = registry.person(full_name="Maria Nowa")
    as_user(client, person)
    address = f"{reverse('committee:apply')}?konkurs={call.slug}"
    assert call.title in text(client.get(address))
    sent = {
        "full_name": "Maria Nowa",
        "experience": "Dziesięć lat.",
        "memberships": "",
        "has_consented": "on",
    }
    assert "zaznacz oświadczenie" in text(client.post(address, sent))
    bad = text(client.post(address, {**sent, "has_full_rights": "on", "memberships": "99"}))
    assert "nie ma w bazie organizacji o numerze KRS 99" in bad
    assert client.post(address, {**sent, "has_full_rights": "on"}).status_code == 302
    assert "już mamy" in text(client.post(address, {**sent, "has_full_rights": "on"}))
    own = CommitteeCandidate.objects.get()
    as_user(client, registry.person())
    assert client.post(reverse("committee:withdraw", args=[own.pk])).status_code == 404
    as_user(client, person)
    client.post(reverse("committee:withdraw", args=[own.pk]))
    own.refresh_from_db()
    assert own.state == CandidateState.WITHDRAWN
    plain = calls.open_call(includes_committee_call=False)
    assert client.get(f"{reverse('committee:apply')}?konkurs={plain.slug}").status_code == 404


def test_only_a_representative_names_and_only_the_named_consents(client, frozen):
    organization = registry.verified()
    boss = registry.member(organization)
    as_user(client, registry.person())
    assert client.get(reverse("committee:name")).status_code == 404
    as_user(client, boss)
    sent = {
        "full_name": "Jan Próba",
        "email": "jan@example.org",
        "experience": "Pięć lat.",
        "spheres": [registry.sphere().pk],
    }
    assert client.post(reverse("committee:name"), sent).status_code == 302
    named = CommitteeCandidate.objects.get()
    consent = reverse("committee:consent", args=[named.pk])
    assert client.get(consent).status_code == 404
    as_user(client, registry.person(email="jan@example.org"))
    assert organization.name in text(client.get(consent))
    assert client.post(consent, {"has_full_rights": "on", "has_consented": "on"}).status_code == 302
    named.refresh_from_db()
    assert named.state == CandidateState.APPLIED


# --- the desk -------------------------------------------------------------------------------------

COMMITTEES = "/admin/competitions/committee/"


def test_a_clerk_builds_appoints_ranks_and_reads_the_minutes(client, frozen, unit, manager):
    call = calls.call_in(State.MERIT_EVALUATION, unit=unit)
    offer = make.filed_offer(call)
    as_user(client, manager)
    client.post(f"/admin/competitions/call/{call.pk}/czynnosc/komisja/")
    made = call.committee
    base = f"{COMMITTEES}{made.pk}/czynnosc"
    office = [registry.person(full_name="Ada Urząd"), registry.person(full_name="Bob Urząd")]
    assert "nie ma jeszcze konta" in text(
        client.post(f"{base}/osoba/", {"email": "nikt@example.org", "seat": "office", "role": "chair"})
    )
    for person, role in zip(office, ("chair", "member"), strict=True):
        client.post(f"{base}/osoba/", {"email": person.email, "seat": "office", "role": role})
    assert "dodaj osobę wskazaną" in text(client.post(f"{base}/powolaj/", {"ordinance_number": "3/2026"}))
    ngo = make.candidate(spheres=list(call.spheres.all()))
    client.post(f"{base}/kandydat/", {"candidate": ngo.pk, "role": "member"})
    assert client.post(f"{base}/powolaj/", {"ordinance_number": "3/2026"}).status_code == 302
    for member in made.members.all():
        make.declare(member)
    assert client.post(f"{base}/przydziel/").status_code == 302
    for card in ScoreCard.objects.all():
        make.score(card, "50", "35")
    made.refresh_from_db()
    make.hold_meeting(made)

    ranking = f"{COMMITTEES}{made.pk}/ranking/"
    assert "18 000" in text(client.get(ranking))
    trial = text(client.get(f"{ranking}?pool=9000&takes_rest=on"))
    assert "9000,00" in trial
    assert not AwardProposal.objects.exists()
    over = {f"outcome_{offer.pk}": "awarded", f"amount_{offer.pk}": "18000,01", "reason": ""}
    assert "nie może przekroczyć kwoty z oferty" in text(client.post(ranking, over))
    assert client.post(ranking, {**over, f"amount_{offer.pk}": "17 500,00"}).status_code == 302
    assert AwardProposal.objects.get().amount == 17500

    panel = text(client.get(f"{COMMITTEES}{made.pk}/change/"))
    assert "Można zapisać opinię komisji" in panel
    minutes = text(client.get(f"{COMMITTEES}{made.pk}/protokol/"))
    assert "Ada Urząd" in minutes
    assert "17 500,00" in minutes


def test_the_minutes_are_a_paper_everybody_can_read(client, judged, manager):
    from tests.support.papers import assert_accessible

    make.hold_meeting(judged.committee)
    as_user(client, manager)
    answer = client.get(f"{COMMITTEES}{judged.committee.pk}/protokol.pdf")
    assert answer.status_code == 200
    assert_accessible(answer.content)


def test_another_unit_and_an_editor_see_neither_committee_nor_candidates(client, judged, stranger, editor):
    own = make.candidate(call=None)
    for user in (stranger, editor):
        as_user(client, user)
        for address in ("change/", "ranking/", "protokol/", "protokol.pdf", "czynnosc/losuj/"):
            answer = client.get(f"{COMMITTEES}{judged.committee.pk}/{address}")
            assert answer.status_code in (302, 403, 404), (user, address)
        listed = client.get(COMMITTEES)
        assert listed.status_code == 403 or judged.title not in text(listed)
    as_user(client, editor)
    assert client.get("/admin/competitions/committeecandidate/").status_code == 403
    assert client.get(f"/admin/competitions/committeecandidate/{own.pk}/change/").status_code == 403


def test_a_forged_offer_in_the_ranking_changes_nothing(client, frozen, unit, manager):
    call = make.scored_call(("50", "35"), unit=unit)
    other = make.scored_call(("50", "35"))
    foreign = other.offers.get()
    as_user(client, manager)
    own = call.offers.get()
    sent = {f"outcome_{own.pk}": "awarded", f"amount_{own.pk}": "1000", "reason": ""}
    sent |= {f"outcome_{foreign.pk}": "awarded", f"amount_{foreign.pk}": "18000"}
    client.post(f"{COMMITTEES}{call.committee.pk}/ranking/", sent)
    assert not AwardProposal.objects.filter(offer=foreign).exists()
    assert client.get(f"{COMMITTEES}{other.committee.pk}/ranking/").status_code == 404


def test_a_clerk_answers_a_question_for_reasons(client, frozen, unit, manager, stranger):
    call = make.resolved_call(("50", "35"), unit=unit)
    asked = acts.ask_reasons(call, text="Dlaczego?", email="kto@example.org", at=now())
    address = f"/admin/competitions/reasonrequest/{asked.pk}/change/"
    as_user(client, stranger)
    assert client.get(address).status_code == 302
    as_user(client, manager)
    assert "Dlaczego?" in text(client.get(address))
    client.post(address, {"answer": "Z punktów.", "is_public": "on"})
    asked.refresh_from_db()
    assert (asked.answer, asked.is_public) == ("Z punktów.", True)


# --- queries --------------------------------------------------------------------------------------


def address_of(name: str, call, member) -> str:
    if name == "desk":
        return reverse("committee:desk", args=[call.committee.pk])
    if name == "card":
        return reverse("committee:card", args=[member.cards.first().pk])
    if name == "cards":
        return reverse("competitions:cards", args=[call.slug, call.result.awards.first().pk])
    return reverse(f"competitions:{name}", args=[call.slug])


@pytest.mark.parametrize("name", ["desk", "card", "outcome", "cards", "committee"])
def test_pages_cost_the_same_for_one_offer_and_for_many(client, frozen, name, django_assert_max_num_queries):
    is_private = name in ("desk", "card")
    made = make.scored_call if is_private else make.resolved_call
    counts = []
    for call in (made(("50", "35")), made(*[("50", "35")] * 5)):
        member = call.committee.members.first()
        address = address_of(name, call, member)
        if is_private:
            as_user(client, member.user)
        client.get(address)
        with django_assert_max_num_queries(15 if is_private else 8) as counted:
            assert client.get(address).status_code == 200
        counts.append(len(counted))
    assert counts[0] == counts[1]
