"""Reads of the registry: for whom people act, what waits, what search, sitemap and start page get."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from core.accounts.roles import Role
from core.common.clock import now, today
from core.documents.search import search
from core.notifications.reminders import BUILDERS, run_due
from organizations import actions, queries, reminders
from organizations.actions import Changes
from organizations.enums import MandateRole, Origin, State
from organizations.models import Mandate, Organization
from tests.factories import organizations as make
from tests.factories.accounts import official

pytestmark = pytest.mark.django_db


def titles(items) -> list[str]:
    return [item.title for item in items]


# --- for whom people act ----------------------------------------------------------------------------------


def test_people_act_for_the_chosen_organisation_or_the_first():
    first, second, foreign = make.verified("Alfa"), make.verified("Beta"), make.verified("Gamma")
    person = make.member(second)
    make.member(first, MandateRole.NGO_EDITOR, user=person)

    assert queries.organizations_of(person) == [first, second]
    assert queries.organization_of(person, second.pk) == second
    for wrong in (foreign.pk, None, "x", 10**30):
        assert queries.organization_of(person, wrong) == first
    assert queries.organization_of(make.person(), first.pk) is None


def test_visitors_act_for_nobody_and_cost_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert queries.organizations_of(AnonymousUser()) == []


def test_two_mandates_for_one_organisation_list_it_once():
    profile = make.verified()
    person = make.member(profile)
    make.member(profile, MandateRole.NGO_EDITOR, user=person)

    assert queries.organizations_of(person) == [profile]


@pytest.mark.rule("R-WEB-14")
def test_a_mandate_that_has_run_out_or_was_not_checked_gives_nothing(frozen):
    profile = make.verified()
    person = make.requested(profile, MandateRole.NGO_REPRESENTATIVE).user
    assert queries.organizations_of(person) == []

    actions.grant_mandate(
        Mandate.objects.get(user=person), by=make.coordinator(), at=now(), valid_until=today()
    )
    assert queries.organizations_of(person) == [profile]

    frozen.shift(timedelta(days=1))
    assert queries.organizations_of(person) == []


# --- what waits -------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-18")
def test_confirming_waits_from_the_eleventh_month_with_its_date(frozen):
    profile = make.with_offer(make.verified())
    person = make.member(profile)
    assert queries.matters_for(person, profile) == []

    frozen.shift(timedelta(days=340))
    [near] = queries.matters_for(person, profile)
    frozen.shift(timedelta(days=60))
    [late] = queries.matters_for(person, profile)

    assert (near.title, near.due_at.date().isoformat()) == ("Potwierdź dane organizacji", "2027-06-10")
    assert late.due_at is None
    assert "Urząd nie przygotuje umowy" in late.reason


def test_own_registrations_wait_with_the_reason_of_the_office():
    person = make.person()
    profile = make.submitted("Fundacja Most", by=person)
    assert titles(queries.matters_for(person, None)) == ["Fundacja Most"]

    actions.return_for_correction(profile, by=make.coordinator(), at=now(), reason="Zły numer.")

    [matter] = queries.matters_for(person, None)
    assert (matter.title, matter.reason) == ("Popraw zgłoszenie: Fundacja Most", "Zły numer.")
    assert queries.matters_for(make.person(), None) == []


def test_requests_wait_for_representatives_not_for_editors():
    profile = make.with_offer(make.verified())
    representative, editor = make.member(profile), make.member(profile, MandateRole.NGO_EDITOR)
    make.requested(profile)
    make.requested(profile, MandateRole.NGO_REPRESENTATIVE)

    assert len(queries.matters_for(representative, profile)) == 1
    assert queries.matters_for(editor, profile) == []


def test_an_organisation_without_an_offer_is_invited_to_the_informator():
    profile = make.verified()

    assert titles(queries.matters_for(make.member(profile), profile)) == [
        "Opisz ofertę dla mieszkanek i mieszkańców"
    ]


def test_the_desk_of_the_registry_shows_what_waits():
    profile = make.verified("Fundacja Most")
    make.submitted("Fundacja Nowa")
    make.requested(profile)
    actions.update_profile(profile, Changes({"name": "Inna"}), by=make.member(profile), at=now())
    actions.report_error(profile, text="Zły telefon", at=now())

    waiting = queries.waiting_for(make.coordinator())

    assert titles(waiting)[0] == "Kolejka rejestru organizacji: 4\u00a0sprawy"
    assert set(titles(waiting)[1:]) == {
        "Nowe zgłoszenie: Fundacja Nowa",
        "Upoważnienie: Fundacja Most",
        "Zmiana danych rejestrowych: Fundacja Most",
        "Zgłoszony błąd: Fundacja Most",
    }
    assert queries.waiting_for(official(Role.CALL_MANAGER, password=None)) == []


# --- search, sitemap, figures -----------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["sąsiadami gotowanie", "culture kultura", "Podgórzu", "seniorom", "OPP"])
def test_search_knows_a_profile_by_everything_it_says(words):
    make.branch("kultura", make.sphere())
    profile = make.verified(
        mission="Gotowanie z sąsiadami.",
        district=make.district(13, "Podgórze"),
        target_groups=["seniors"],
        has_opp_status=True,
    )
    profile = make.with_offer(profile, description="culture")

    found = search(words, kinds=["organization"])

    assert [entry.url for entry in found.entries] == [profile.get_absolute_url()]


def test_entries_for_a_new_index_are_the_public_profiles(django_assert_max_num_queries):
    for _number in range(3):
        make.with_offer(make.verified())
    make.submitted()
    cache.clear()

    with django_assert_max_num_queries(6):
        entries = list(queries.search_entries())

    assert {entry["obj"].state for entry in entries} == {State.VERIFIED}
    assert len(entries) == 3


def test_the_sitemap_names_public_profiles_and_branches():
    make.branch("kultura")
    profile = make.verified()
    make.submitted()

    urls = [entry.url for entry in queries.sitemap_entries()]

    assert urls == [profile.get_absolute_url(), "/organizacje/branze/kultura/"]


def test_figures_of_the_start_page_cost_one_query(django_assert_num_queries):
    make.with_offer(make.verified())
    make.verified()
    make.submitted()

    with django_assert_num_queries(1):
        assert queries.figures() == {"published": 2, "informator": 1}


def test_the_catalogue_of_open_data_has_a_dictionary():
    for entry in queries.export_catalogue():
        assert entry["dictionary"]
        assert entry["url"].startswith("/organizacje/")


@pytest.mark.rule("R-ORG-10")
@pytest.mark.parametrize("name", ["Fundacja Most", "FUNDACJA „MOST”", "fundacja most", "Fundacji Mostów"])
def test_similar_names_are_found_in_any_writing(name):
    profile = make.verified("Fundacja Most")
    make.verified("Fundacja Kładka")

    assert queries.similar_to(name) == [profile]


# --- reminders --------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-18")
def test_the_yearly_reminder_is_a_letter_to_who_acts(frozen):
    profile = make.verified("Fundacja Most")
    person = make.member(profile)
    reminder = person.reminders.get()
    reminder.about = profile

    letter = BUILDERS[reminders.CONFIRMATION](reminder)
    assert letter.context["due_on"].isoformat() == "2027-06-10"

    frozen.shift(timedelta(days=335))
    assert run_due() == 2  # who registered edits the profile too
    assert person.reminders.get().sent_at == now()


def test_no_reminder_makes_sense_after_the_mandate_or_the_profile_is_gone():
    profile = make.verified()
    person = make.member(profile)
    reminder = person.reminders.get()
    reminder.about = actions.suspend(profile, by=make.coordinator(), at=now(), reason="Skarga.")

    assert BUILDERS[reminders.CONFIRMATION](reminder) is None


# --- letters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["received", "returned", "verified", "stale", "confirm", "granted", "refused", "revoked", "revision"],
)
def test_every_letter_can_be_written(name):
    from core.notifications.letters import compose
    from organizations.emails import FOLDER

    profile = make.verified("Fundacja Most")
    person = make.member(profile)
    mandate = Mandate.objects.get(user=person)
    revision = actions.update_profile(profile, Changes({"name": "Inna"}), by=person, at=now())
    facts = {
        "organization": profile,
        "mandate": mandate,
        "revision": revision,
        "reason": "Powód.",
        "due_on": today(),
        "url": "http://testserver/organizacje/fundacja-most/",
    }

    letter = compose(f"{FOLDER}/{name}", facts | {"why": "działasz w imieniu tej organizacji"})

    assert "Fundacja Most" in letter.subject
    assert "None" not in letter.text
    assert "http://testserver/organizacje/fundacja-most/" in letter.text


def test_imported_profiles_are_told_apart():
    actions.import_profile(
        "o-1", {"name": "Fundacja", "legal_form": "foundation"}, spheres=[], by=None, at=now()
    )

    profile = Organization.objects.get()

    assert (profile.origin, queries.is_unconfirmed(profile, today())) == (Origin.IMPORTED, True)
