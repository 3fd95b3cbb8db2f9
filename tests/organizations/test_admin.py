"""The registry on the desk: who comes in, which buttons there are, what forged posts do."""

import pytest
from django.urls import reverse

from core.accounts.roles import Role
from core.common.clock import now
from core.documents.models import SearchEntry
from core.legal.models import AuditEntry
from organizations import actions
from organizations.actions import Changes
from organizations.enums import LegalForm, MandateRole, Origin, State
from organizations.models import ErrorReport, IdentityRevision, Mandate, Organization
from tests.factories import organizations as make
from tests.factories.accounts import official

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def change_url(row) -> str:
    return reverse(f"admin:organizations_{row._meta.model_name}_change", args=[row.pk])


def move_url(profile, to: str) -> str:
    return reverse("admin:organizations_organization_move", args=[profile.pk, to])


def decide_url(row, key: str) -> str:
    return reverse(f"admin:organizations_{row._meta.model_name}_decide", args=[row.pk, key])


@pytest.fixture
def desk(client):
    client.force_login(make.coordinator())
    return client


@pytest.fixture
def clerk(client):
    client.force_login(official(Role.CALL_MANAGER, password=None))
    return client


def posted(client, url: str, **changes) -> dict:
    """What the browser sends back from a desk form: every field as shown, and the changes."""
    page = client.get(url).context
    values = {}
    forms = [page["adminform"].form, *(f for fs in page["inline_admin_formsets"] for f in fs.formset.forms)]
    for formset in page["inline_admin_formsets"]:
        management = formset.formset.management_form
        values |= {field.html_name: field.value() for field in management}
    for form in forms:
        values |= {field.html_name: field.value() for field in form if field.value() not in (None, "", False)}
    return values | changes


# --- who comes in -----------------------------------------------------------------------------------------


def test_officials_look_up_and_only_the_registry_changes(clerk):
    profile = make.verified("Fundacja Most")
    profile.dossier.representatives = "Zofia Tajna"
    profile.dossier.save()

    page = clerk.get(change_url(profile))

    assert page.status_code == 200
    assert "Zofia Tajna" not in text(page)
    assert clerk.post(change_url(profile), {"name": "Inna"}).status_code == 403
    assert clerk.get(reverse("admin:organizations_organization_add")).status_code == 403
    assert clerk.post(move_url(profile, State.SUSPENDED), {"reason": "x"}).status_code == 403
    profile.refresh_from_db()
    assert (profile.name, profile.state) == ("Fundacja Most", State.VERIFIED)


@pytest.mark.parametrize("model", ["mandate", "identityrevision", "errorreport"])
def test_mandates_revisions_and_reports_are_for_the_registry(clerk, model):
    assert clerk.get(reverse(f"admin:organizations_{model}_changelist")).status_code == 403


def test_people_of_organisations_do_not_come_in(client):
    client.force_login(make.member(make.verified()))

    assert client.get(reverse("admin:organizations_organization_changelist")).status_code == 302


@pytest.mark.parametrize("typed", ["ZAZOLC", "zażółć", "0000 900 111", "900111"])
def test_the_desk_finds_by_name_in_any_writing_and_by_number(desk, typed):
    make.verified("Fundacja Zażółć", krs="0000900111")
    make.verified("Fundacja Inna", krs="0000900222")

    page = desk.get(reverse("admin:organizations_organization_changelist"), {"q": typed})

    assert [str(o) for o in page.context["cl"].result_list] == ["Fundacja Zażółć"]


def test_lists_of_the_desk_cost_the_same_at_one_and_at_ten_rows(desk, django_assert_max_num_queries):
    for _number in range(10):
        make.requested(make.verified(district=make.district()))

    for model in ("organization", "mandate"):
        with django_assert_max_num_queries(15):
            desk.get(reverse(f"admin:organizations_{model}_changelist"))


# --- moves ------------------------------------------------------------------------------------------------


def test_the_buttons_are_the_moves_of_the_table(desk):
    waiting, public = make.submitted(), make.verified()

    offered = [
        [move["verb"] for move in desk.get(change_url(p)).context["offered_moves"]] for p in (waiting, public)
    ]

    assert offered == [
        ["Potwierdź zgodność z rejestrem", "Zwróć do poprawy"],
        ["Zawieś profil", "Zapisz rozwiązanie"],
    ]


def test_a_profile_is_verified_suspended_and_restored_by_buttons(desk):
    profile = make.submitted()
    for to, reason in ((State.VERIFIED, ""), (State.SUSPENDED, "Skarga."), (State.VERIFIED, "Wyjaśnione.")):
        assert desk.get(move_url(profile, to)).status_code == 200
        assert desk.post(move_url(profile, to), {"reason": reason}).status_code == 302
        profile.refresh_from_db()
        assert profile.state == to

    assert profile.verified_by == make.coordinator()
    assert SearchEntry.objects.count() == 1


def test_returning_without_a_reason_is_refused_in_polish(desk):
    profile = make.submitted()

    page = desk.post(move_url(profile, State.RETURNED), {"reason": " "})

    assert page.status_code == 200
    profile.refresh_from_db()
    assert profile.state == State.SUBMITTED


def test_what_stands_against_a_move_is_said_beside_the_button(desk):
    profile = make.submitted()
    Organization.objects.filter(pk=profile.pk).update(krs="", nip="1234567890")

    page = text(desk.get(change_url(profile)))

    assert "Numer KRS: wpisz 10 cyfr z odpisu, ta forma prawna jest w KRS" in page
    assert "NIP: cyfra kontrolna się nie zgadza" in page
    assert desk.post(move_url(profile, State.VERIFIED), {"reason": ""}).status_code == 200
    profile.refresh_from_db()
    assert profile.state == State.SUBMITTED


def test_a_move_that_is_not_in_the_table_goes_nowhere(desk):
    profile = make.submitted()

    for to in (State.STALE, State.DISSOLVED, "cokolwiek"):
        desk.post(move_url(profile, to), {"reason": "x"})

    profile.refresh_from_db()
    assert profile.state == State.SUBMITTED


# --- editing ----------------------------------------------------------------------------------------------


def test_the_office_corrects_a_profile_and_search_follows(desk):
    profile = make.verified("Fundacja Most", district=make.district())

    answer = desk.post(
        change_url(profile),
        posted(desk, change_url(profile), name="Fundacja Kładka", legal_form="social_coop"),
    )

    assert answer.status_code == 302
    profile.refresh_from_db()
    assert (profile.name, profile.entity_class) == ("Fundacja Kładka", "art_3_3")
    assert SearchEntry.objects.get().title == "Fundacja Kładka"
    assert AuditEntry.objects.of(profile).first().before["name"] == "Fundacja Most"


def test_forged_fields_change_nothing(desk):
    profile = make.submitted()
    forged = posted(
        desk,
        change_url(profile),
        state=State.VERIFIED,
        origin=Origin.IMPORTED,
        verified_at_0="2026-01-01",
        slug="x",
    )

    desk.post(change_url(profile), forged)

    kept = Organization.objects.get(pk=profile.pk)
    assert (kept.state, kept.origin, kept.verified_at, kept.slug) == (
        State.SUBMITTED,
        Origin.REGISTERED,
        None,
        profile.slug,
    )


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"nip": "123-456-78-90"}, "nip"),
        ({"regon": "1"}, "regon"),
        ({"krs": "0000900333"}, "krs"),
        ({"rspo": "x"}, "rspo"),
    ],
)
def test_wrong_and_taken_numbers_are_said_beside_the_field(desk, fields, field):
    make.verified(krs="0000900333")
    profile = make.verified()

    page = desk.post(change_url(profile), posted(desk, change_url(profile), **fields))

    assert list(page.context["adminform"].form.errors) == [field]


def test_an_imported_profile_without_a_number_can_be_edited(desk):
    actions.import_profile(
        "o-1", {"name": "Fundacja", "legal_form": "foundation", "has_opp_status": True, "sources_extra": ["a"]},
        spheres=[make.sphere()], by=None, at=now(),
    )  # fmt: skip
    profile = Organization.objects.get()

    answer = desk.post(
        change_url(profile), posted(desk, change_url(profile), phone="1", sources_extra="a\nb")
    )

    assert answer.status_code == 302
    profile.refresh_from_db()
    assert (profile.phone, profile.sources_extra) == ("1", ["a", "b"])


def test_a_new_entry_of_the_office_is_a_draft(desk):
    url = reverse("admin:organizations_organization_add")

    desk.post(url, posted(desk, url, name="Fundacja Nowa", legal_form=LegalForm.FOUNDATION, krs="900444"))

    profile = Organization.objects.get()
    assert (profile.state, profile.origin, profile.krs) == (State.DRAFT, Origin.OFFICIAL, "0000900444")
    assert profile.transitions.count() == 1
    assert not SearchEntry.objects.exists()


# --- decisions --------------------------------------------------------------------------------------------


@pytest.mark.rule("R-WEB-14")
def test_the_office_decides_on_mandates(desk):
    profile = make.verified()
    first, second = make.requested(profile, MandateRole.NGO_REPRESENTATIVE), make.requested(profile)
    offered = [d["verb"] for d in desk.get(change_url(first)).context["decisions"]]
    assert offered == ["Nadaj upoważnienie", "Zwróć do uzupełnienia", "Odmów"]

    desk.post(decide_url(first, "nadaj"), {"reason": ""})
    assert desk.post(decide_url(second, "odmow"), {"reason": ""}).status_code == 200
    desk.post(decide_url(second, "odmow"), {"reason": "Brak uchwały."})

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.is_in_force
    assert second.end_reason == "Brak uchwały."
    desk.post(decide_url(first, "odwolaj"), {"reason": "Koniec kadencji."})
    first.refresh_from_db()
    assert not first.is_in_force
    assert desk.post(decide_url(first, "nadaj"), {"reason": ""}).status_code == 302
    assert desk.get(decide_url(first, "cokolwiek")).status_code == 403


def test_a_mandate_is_entered_with_its_evidence(desk):
    profile, person = make.verified(), make.person()
    url = reverse("admin:organizations_mandate_add")
    sent = {
        "organization": profile.pk,
        "user": person.pk,
        "role": MandateRole.NGO_EDITOR,
        "evidence": "",
        "valid_from": "",
        "valid_until": "",
    }

    page = desk.post(url, sent)
    assert list(page.context["adminform"].form.errors) == ["evidence"]
    assert desk.post(url, sent | {"evidence": "pełnomocnictwo"}).status_code == 302

    assert Mandate.objects.get(user=person).is_in_force
    page = desk.post(url, sent | {"evidence": "pełnomocnictwo"})
    assert list(page.context["adminform"].form.errors) == ["role"]


def test_the_office_compares_and_decides_on_changes_of_identity(desk):
    profile = make.verified("Fundacja Most")
    person = make.member(profile)
    revision = actions.update_profile(profile, Changes({"name": "Fundacja Kładka"}), by=person, at=now())
    page = text(desk.get(change_url(revision)))
    assert page.count("<del>") == page.count("</del>") > 0
    assert page.count("<ins>") == page.count("</ins>") > 0

    desk.post(decide_url(revision, "zatwierdz"), {"reason": ""})

    profile.refresh_from_db()
    assert profile.name == "Fundacja Kładka"
    assert IdentityRevision.objects.get().is_approved


def test_a_change_that_no_longer_fits_is_refused_in_polish(desk):
    profile = make.verified()
    revision = actions.update_profile(
        profile, Changes({"nip": "1234567854"}), by=make.member(profile), at=now()
    )
    make.verified(nip="1234567854")

    page = desk.post(decide_url(revision, "zatwierdz"), {"reason": ""})

    assert "NIP: organizacja z tym numerem jest już w bazie" in text(page)


@pytest.mark.rule("R-ORG-20")
def test_reported_errors_are_settled_with_a_sentence(desk):
    report = actions.report_error(make.verified(), text="Zły telefon", at=now())

    desk.post(decide_url(report, "zalatwione"), {"reason": "Poprawiono."})

    assert ErrorReport.objects.get().outcome == "Poprawiono."
    assert desk.get(change_url(report)).context["decisions"] == []


def test_decisions_are_not_for_others(clerk):
    profile = make.verified()
    asked = make.requested(profile)

    assert clerk.post(decide_url(asked, "nadaj"), {"reason": ""}).status_code in (403, 404)
    asked.refresh_from_db()
    assert asked.is_requested


@pytest.mark.parametrize("role", [Role.AUDITOR])
def test_the_auditor_reads_and_decides_nothing(client, role):
    client.force_login(official(role, password=None))
    profile = make.verified()
    asked = make.requested(profile)

    assert client.get(change_url(asked)).status_code == 200
    assert client.get(change_url(asked)).context["decisions"] == []
    assert client.post(decide_url(asked, "nadaj"), {"reason": ""}).status_code == 403
    assert client.get(change_url(profile)).context["offered_moves"] == []
