"""Registering step by step: drafts, duplicates, prefilled values, sending; who sees them."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.common.clock import now
from core.legal.models import AuditEntry
from organizations import actions, tasks
from organizations.enums import LegalForm, MandateRole, RegisterOutcome, State
from organizations.models import (
    Dossier,
    DuplicateDecision,
    Mandate,
    Organization,
    RegisterComparison,
    RegistrationDraft,
)
from tests.factories import organizations as make
from tests.support.registers import Registers, Told, recorded

pytestmark = pytest.mark.django_db

START = "/organizacje/zarejestruj/"
KRS = "0000900901"


@pytest.fixture
def register(settings):
    with Registers() as running:
        running.tell_krs(KRS, "krs_association.json")
        yield running.switch_on(settings)


@pytest.fixture
def person(client):
    user = make.person()
    client.force_login(user)
    return user


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def step_url(draft, step: str) -> str:
    return f"{START}{draft.pk}/{step}/"


def name_values(**fields) -> dict[str, str]:
    return {
        "name": "Fundacja Most na Podgórze",
        "legal_form": LegalForm.FOUNDATION,
        "is_nonprofit_declared": "on",
    } | fields


def seat_values(**fields) -> dict[str, str]:
    return {
        "address": "ul. Przykładowa 5",
        "postal_code": "30001",
        "locality": "Kraków",
        "place": str(make.district().pk),
        "email": "biuro@example.org",
    } | fields


def activity_values(**fields) -> dict[str, str]:
    return {"mission": "Pomagamy sąsiadkom i sąsiadom.", "main_sphere": str(make.sphere().pk)} | fields


PERSON = {"role": "ngo_representative", "evidence": "wpis w KRS", "representatives": "Ala Testowa – prezeska"}


def begun(client, krs: str = "900777") -> RegistrationDraft:
    client.post(START, {"krs": krs} if krs else {"without": "1"})
    return RegistrationDraft.objects.latest("pk")


def filled(client, draft, **name) -> None:
    """Goes through all the steps with values that hold no mistake."""
    for step, values in (
        ("nazwa", name_values(**name)),
        ("siedziba", seat_values()),
        ("dzialalnosc", activity_values()),
        ("ty", PERSON),
    ):
        answer = client.post(step_url(draft, step), values)
        assert answer.status_code == 302, answer.context["form"].errors


# --- the whole way -------------------------------------------------------------------------------------------


def test_registering_needs_an_account(client):
    assert client.get(START).status_code == 302
    assert client.get(f"{START}1/nazwa/").status_code == 302


@pytest.mark.rule("R-ORG-17")
def test_a_registration_goes_step_by_step_without_any_register(client, person):
    assert client.get(START).status_code == 200
    answer = client.post(START, {"krs": "KRS 900777"})
    draft = RegistrationDraft.objects.get()
    assert client.get(answer.url).url == step_url(draft, "nazwa")
    for step, values, following in (
        ("nazwa", name_values(), "siedziba"),
        ("siedziba", seat_values(website="most.example.org"), "dzialalnosc"),
        ("dzialalnosc", activity_values(), "ty"),
        ("ty", PERSON, "sprawdz"),
    ):
        assert client.get(step_url(draft, step)).status_code == 200
        assert client.post(step_url(draft, step), values).url == step_url(draft, following)
    page = client.get(step_url(draft, "sprawdz"))
    assert "Fundacja Most na Podgórze" in text(page)
    assert not Organization.objects.exists()

    answer = client.post(step_url(draft, "sprawdz"))

    profile = Organization.objects.get()
    assert answer.url == profile.get_absolute_url()
    assert (profile.state, profile.krs, profile.postal_code) == (State.SUBMITTED, "0000900777", "30-001")
    assert profile.website == "https://most.example.org"
    assert profile.district == make.district()
    assert list(profile.spheres.all()) == [make.sphere()]
    assert Dossier.objects.get().representatives == "Ala Testowa – prezeska"
    assert Mandate.objects.get().role == MandateRole.NGO_REPRESENTATIVE
    draft.refresh_from_db()
    assert (draft.organization, draft.data) == (profile, {})


def test_sent_twice_it_is_one_registration(client, person):
    draft = begun(client)
    filled(client, draft)
    first, second = client.post(step_url(draft, "sprawdz")), client.post(step_url(draft, "sprawdz"))

    assert first.url == second.url
    assert Organization.objects.count() == 1


@pytest.mark.rule("R-ORG-06")
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"legal_form": "assoc_ordinary", "register_name": "Ewidencja", "register_number": "77/2019"},
            ("", "77/2019"),
        ),
        ({"legal_form": "kgw", "register_name": "Krajowy Rejestr KGW", "register_number": "5"}, ("", "5")),
        ({"legal_form": "other", "legal_form_label": "grupa"}, ("", "")),
    ],
)
def test_an_organisation_without_krs_is_registered(client, person, fields, expected):
    draft = begun(client, krs="")
    filled(client, draft, **fields)

    client.post(step_url(draft, "sprawdz"))

    profile = Organization.objects.get()
    assert (profile.krs, profile.register_number) == expected
    assert profile.state == State.SUBMITTED


# --- what the register gives ------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-13")
def test_the_register_fills_the_steps_in_and_says_so(client, person, register):
    draft = begun(client, KRS)

    page = client.get(step_url(draft, "numer"))
    assert "Czy to Twoja organizacja?" in text(page)
    assert "Stowarzyszenie Most na Podgórze" in text(page)
    name = client.get(step_url(draft, "nazwa"))
    form = name.context["form"]
    assert [form[field].value() for field in ("name", "legal_form", "nip", "regon", "has_opp_status")] == [
        "Stowarzyszenie Most na Podgórze", "assoc_registered", "6761013717", "351554057", "True",
    ]  # fmt: skip
    assert "Z KRS, stan na 9 czerwca 2026. Możesz zmienić." in text(name)
    seat = client.get(step_url(draft, "siedziba")).context["form"]
    assert [seat[field].value() for field in ("address", "postal_code", "locality")] == [
        "ul. Mogilska 5/3", "31-516", "Kraków",
    ]  # fmt: skip
    people = client.get(step_url(draft, "ty"))
    assert "KRS nie podaje nazwisk, tylko funkcje: prezes zarządu, skarbnik." in text(people)
    assert "dwaj" in people.context["form"]["representation"].value().lower()


def test_what_the_person_changes_is_kept_and_the_difference_is_shown(client, person, register):
    draft = begun(client, KRS)
    filled(
        client,
        draft,
        name="Most na Podgórze",
        legal_form="assoc_registered",
        nip="6761013717",
        regon="351554057",
    )

    page = text(client.get(step_url(draft, "sprawdz")))

    assert "Inaczej niż w rejestrze" in page
    assert "wpisano „Most na Podgórze”, w rejestrze jest „Stowarzyszenie Most na Podgórze”" in page
    assert "W KRS (stan na 9 czerwca 2026) jest: Stowarzyszenie Most na Podgórze." in text(
        client.get(step_url(draft, "nazwa"))
    )
    client.post(step_url(draft, "sprawdz"))
    profile = Organization.objects.get()
    assert (profile.name, profile.registered) == ("Most na Podgórze", "2012-03-08")


def test_what_a_register_says_cannot_write_into_our_page(client, person, register):
    nasty = (
        recorded("krs_association.json")
        .decode()
        .replace("STOWARZYSZENIE MOST NA PODGÓRZE", "<script>x</script>")
    )
    register.krs[(KRS, "S")] = Told(content=nasty.encode())
    draft = begun(client, KRS)
    actions.save_step(draft, {"name": "Inna"}, at=now())

    for step in ("numer", "nazwa"):
        assert "<script>x" not in text(client.get(step_url(draft, step)))


@pytest.mark.rule("R-ORG-06")
def test_a_number_that_belongs_to_another_form_is_caught(client, person, register):
    draft = begun(client, KRS)

    page = client.post(step_url(draft, "nazwa"), name_values())

    assert page.context["form"].errors["legal_form"] == [
        "pod tym numerem w rejestrze jest: stowarzyszenie. Wybierz tę formę albo popraw numer"
    ]


def test_an_ordinary_business_is_no_organisation(client, person, register):
    body = (
        recorded("krs_social_coop.json")
        .decode()
        .replace("SPÓŁDZIELNIA SOCJALNA SMAK", "SPÓŁDZIELNIA MLECZARSKA")
    )
    register.krs[("0000900902", "P")] = Told(content=body.encode())
    draft = begun(client, "900902")

    assert "nie jest organizacją pozarządową" in text(client.get(step_url(draft, "numer")))
    page = client.post(step_url(draft, "nazwa"), name_values(legal_form="social_coop"))
    assert "nie jest organizacją pozarządową" in str(page.context["form"].non_field_errors())


@pytest.mark.parametrize(
    ("told", "said", "goes_on"),
    [
        ({"status": 404}, "W rejestrze nie ma numeru", True),
        ({"status": 204}, "została wykreślona z rejestru", False),
        ({"status": 500}, "To nie szkodzi: wpisz dane z odpisu", True),
    ],
)
def test_without_an_answer_the_person_goes_on_by_hand(client, person, register, told, said, goes_on):
    register.tell_krs("0000900777", **told)
    draft = begun(client)

    page = text(client.get(step_url(draft, "numer")))

    assert said in page
    assert ("Wpiszę dane bez rejestru" in page) is goes_on
    assert client.get(step_url(draft, "nazwa")).status_code == 200


def test_a_body_without_krs_is_filled_in_from_regon(client, person, register):
    register.regon["351554057"] = recorded("regon_row.xml").decode()

    answer = client.post(START, {"without": "1", "number": "351-554-057"})

    draft = RegistrationDraft.objects.get()
    assert answer.url == step_url(draft, "numer")
    form = client.get(step_url(draft, "nazwa")).context["form"]
    assert [form[field].value() for field in ("legal_form", "register_number", "nip", "founded")] == [
        "assoc_ordinary", "77/2019", "6761013717", "2019-08-20",
    ]  # fmt: skip


@pytest.mark.parametrize("is_demo", [True, False])
def test_numbers_to_try_are_named_in_the_demo_only(client, person, settings, is_demo):
    settings.DEMO_KRS_NUMBERS, settings.IS_DEMO = ["0009999101"], is_demo

    assert ("0009999101" in text(client.get(START))) is is_demo


def test_asking_too_often_is_like_a_register_that_is_silent(client, person, register):
    for number in range(20):
        client.post(START, {"krs": str(910_000 + number)})
        RegistrationDraft.objects.all().delete()
    asked = len(register.asked)

    draft = begun(client, KRS)

    assert len(register.asked) == asked
    assert draft.answer["outcome"] == RegisterOutcome.UNAVAILABLE


# --- mistakes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "fields", "field", "message"),
    [
        ("nazwa", {"nip": "123456"}, "nip", "wpisz 10 cyfr, jest 6"),
        ("nazwa", {"regon": "123456784"}, "regon", "cyfra kontrolna się nie zgadza: porównaj z dokumentem grupy 123-456-784"),
        ("nazwa", {"legal_form": "other"}, "legal_form_label", "napisz, jaka to forma"),
        ("nazwa", {"legal_form": "nonprofit_company", "is_nonprofit_declared": ""}, "is_nonprofit_declared", "To pole jest wymagane."),
        ("siedziba", {"postal_code": "3000"}, "postal_code", "wpisz 5 cyfr, na przykład 31-004"),
        ("siedziba", {"website": "javascript:alert(1)"}, "website", "wpisz adres strony, na przykład fundacja.example.org"),
    ],
)  # fmt: skip
def test_a_mistake_is_said_beside_its_field_and_nothing_typed_is_lost(
    client, person, step, fields, field, message
):
    draft = begun(client)
    values = name_values() if step == "nazwa" else seat_values()

    page = client.post(step_url(draft, step), values | fields)

    assert page.status_code == 200
    assert page.context["form"].errors[field][0] == message or field == "is_nonprofit_declared"
    assert "<title>Błąd:" in text(page)
    assert next(iter(values.values())) in text(page)
    assert not RegistrationDraft.objects.filter(data__has_key="name").exists()


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"legal_form": "kgw"}, "register_number", "wpisz numer z tego rejestru"),
        ({"legal_form": "assoc_branch"}, "parent_krs", "wskaż stowarzyszenie, którego to oddział"),
        ({"legal_form": "foundation"}, "legal_form", None),
    ],
)
def test_forms_without_krs_want_their_own_number(client, person, fields, field, message):
    draft = begun(client, krs="")

    errors = client.post(step_url(draft, "nazwa"), name_values(**fields)).context["form"].errors

    assert message is None or errors[field] == [message]
    assert field in errors


@pytest.mark.parametrize("typed", ["", "12a", "0", "12345678901", "\x00", "9" * 400, "🦄"])
def test_a_wrong_krs_number_begins_nothing(client, person, typed):
    page = client.post(START, {"krs": typed})

    assert page.status_code == 200
    assert page.context["krs_form"].errors["krs"]
    assert not RegistrationDraft.objects.exists()


@pytest.mark.rule("R-ORG-08")
def test_a_slip_that_leads_to_a_known_number_is_pointed_out_and_never_put_right(client, person, register):
    register.regon["6761013717"] = recorded("regon_row.xml").decode()

    page = client.post(START, {"without": "1", "number": "671-601-37-17"})

    errors = page.context["other_form"].errors["number"]
    assert errors[-1] == "w rejestrze jest numer z zamienionymi cyframi 3 i 4: sprawdź je"
    assert "6761013717" not in text(page)
    assert not RegistrationDraft.objects.exists()


def test_nasty_text_breaks_nothing(client, person):
    draft = begun(client)
    for value in ("\x00", "x" * 100_000, "🦄", "9" * 400, "<b>"):
        for step in ("nazwa", "siedziba", "dzialalnosc", "ty"):
            fields = dict.fromkeys(
                (*name_values(), *seat_values(), *activity_values(), *PERSON, "nip"), value
            )
            assert client.post(step_url(draft, step), fields).status_code == 200
    assert client.get(f"{START}{draft.pk}/nie-ma/").status_code == 404
    assert client.get(f"{START}{10**30}/nazwa/").status_code == 404


# --- saved as one goes ---------------------------------------------------------------------------------------------


def test_a_draft_survives_logging_out_and_is_found_again(client, person):
    draft = begun(client)
    client.post(step_url(draft, "nazwa"), name_values())
    client.logout()
    client.force_login(person)

    assert "Dokończ zaczęte zgłoszenie" in text(client.get(START))
    assert "Dokończ zgłoszenie: Fundacja Most na Podgórze" in text(client.get("/moje/"))
    assert client.get(step_url(draft, "sprawdz")).url == step_url(draft, "siedziba")
    assert client.get(step_url(draft, "nazwa")).context["form"]["name"].value() == "Fundacja Most na Podgórze"


def test_the_same_number_takes_up_the_same_draft(client, person, register):
    draft = begun(client, KRS)
    client.post(step_url(draft, "nazwa"), name_values(name="Moja nazwa", legal_form="assoc_registered"))

    assert begun(client, KRS) == draft
    draft.refresh_from_db()
    assert draft.data["name"] == "Moja nazwa"


def test_a_draft_is_thrown_away_by_its_person_only(client, person):
    draft = begun(client)
    client.force_login(make.person())
    assert client.post(step_url(draft, "usun")).status_code == 404
    client.force_login(person)
    assert client.get(step_url(draft, "usun")).status_code == 405

    assert client.post(step_url(draft, "usun")).url == START
    assert not RegistrationDraft.objects.exists()


@pytest.mark.parametrize("step", ["numer", "nazwa", "siedziba", "dzialalnosc", "ty", "sprawdz", "podobne"])
def test_nobody_else_sees_a_draft(client, person, step):
    draft = begun(client)
    for other in (make.person(), make.coordinator()):
        client.force_login(other)
        assert client.get(step_url(draft, step)).status_code == 404
        assert client.post(step_url(draft, step), name_values()).status_code == 404


def test_no_more_than_ten_are_begun(client, person):
    for number in range(10):
        begun(client, str(920_000 + number))

    page = client.post(START, {"krs": "930000"})

    assert "Masz już 10 zaczętych zgłoszeń" in text(page)
    assert RegistrationDraft.objects.count() == 10


def test_a_draft_that_nobody_touches_is_deleted(client, person):
    old, kept = begun(client, "900001"), begun(client, "900002")
    RegistrationDraft.objects.filter(pk=old.pk).update(saved_at=now() - timedelta(days=31))

    assert tasks.forget_drafts() == 1
    assert RegistrationDraft.objects.get() == kept


def test_a_draft_that_is_gone_takes_nothing_more(client, person):
    draft = begun(client)
    actions.discard_draft(draft)

    for act in (
        lambda: actions.save_step(draft, {"name": "Most"}, at=now()),
        lambda: actions.become_branch(draft, at=now()),
        lambda: actions.call_others(draft, [], at=now()),
    ):
        with pytest.raises(RegistrationDraft.DoesNotExist):
            act()
    assert client.post(step_url(draft, "nazwa"), name_values()).status_code == 404


# --- duplicates ------------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-10")
def test_the_same_number_leads_to_the_entry_that_is_there(client, person):
    there = make.verified("Fundacja Most", krs="0000900777")

    answer = client.post(START, {"krs": "900777"})

    draft = RegistrationDraft.objects.get()
    assert answer.url == step_url(draft, "podobne")
    page = text(client.get(answer.url))
    assert "Ta organizacja jest już w bazie" in page
    assert reverse("organizations:claim", args=[there.slug]) in page
    # »another organisation« is no answer to the same number
    assert client.post(answer.url, {"decision": "other"}).url == answer.url
    assert client.get(answer.url).status_code == 200


@pytest.mark.rule("R-ORG-10")
def test_a_branch_may_share_the_number_of_its_parent(client, person):
    parent = make.verified("Stowarzyszenie Macierz", krs="0000900777", legal_form=LegalForm.ASSOC_REGISTERED)
    draft = begun(client)

    client.post(step_url(draft, "podobne"), {"decision": "branch"})
    filled(client, draft, name="Oddział w Krakowie", legal_form="assoc_branch", parent_krs="900777")
    if client.get(step_url(draft, "sprawdz")).status_code == 302:
        client.post(step_url(draft, "podobne"), {"decision": "other"})
    client.post(step_url(draft, "sprawdz"))

    branch = Organization.objects.exclude(pk=parent.pk).get()
    assert (branch.parent, branch.legal_form, branch.krs) == (parent, LegalForm.ASSOC_BRANCH, "")


def test_a_registration_of_somebody_else_is_not_given_away(client, person):
    make.submitted("Fundacja Tajna", krs="0000900777")

    page = text(client.get(client.post(START, {"krs": "900777"}).url))

    assert "Wpis, którego jeszcze nie widać" in page
    assert "Fundacja Tajna" not in page


@pytest.mark.rule("R-ORG-10")
@pytest.mark.parametrize(
    "typed", ["Fundacja „Most na Podgórze”", "Stowarzyszenie Most na Podgórze w Krakowie"]
)
def test_a_similar_name_is_shown_and_the_decision_is_kept_for_the_coordinator(client, person, typed):
    there = make.verified("Fundacja Most na Podgórze")
    draft = begun(client)

    answer = client.post(step_url(draft, "nazwa"), name_values(name=typed))
    assert answer.url == step_url(draft, "podobne")
    assert there.name in text(client.get(answer.url)).replace("\u2060", "")
    client.post(answer.url, {"decision": "other"})
    filled_steps = (("siedziba", seat_values()), ("dzialalnosc", activity_values()), ("ty", PERSON))
    for step, values in filled_steps:
        client.post(step_url(draft, step), values)
    client.post(step_url(draft, "sprawdz"))

    decision = DuplicateDecision.objects.get()
    assert (decision.other, decision.decided_by) == (there, person)
    assert AuditEntry.objects.of(decision.organization).filter(verb__contains="inną organizację").exists()
    client.force_login(make.coordinator())
    page = client.get(reverse("admin:organizations_organization_change", args=[decision.organization.pk]))
    assert "Zgłaszająca osoba uznała, że to inne organizacje niż:" in text(page)


def test_a_number_taken_meanwhile_is_said_before_sending(client, person):
    draft = begun(client)
    filled(client, draft)
    make.verified("Zupełnie Inna Nazwa", krs="0000900777")

    assert client.post(step_url(draft, "sprawdz")).url == step_url(draft, "podobne")
    assert Organization.objects.count() == 1


# --- comparing afterwards ------------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-13")
def test_after_sending_the_registers_are_asked_and_the_desk_shows_what_differs(
    client, person, register, django_capture_on_commit_callbacks
):
    draft = begun(client, KRS)
    filled(
        client,
        draft,
        name="Most na Podgórze",
        legal_form="assoc_registered",
        nip="6761013717",
        regon="351554057",
    )
    cache.clear()

    with django_capture_on_commit_callbacks(execute=True):
        client.post(step_url(draft, "sprawdz"))

    profile = Organization.objects.get()
    assert profile.state == State.SUBMITTED  # a person verifies, whatever the register says
    krs = RegisterComparison.objects.get(register="krs")
    found = {row["field"]: row["agreement"] for row in krs.rows}
    assert (found["name"], found["nip"], found["legal_form"]) == ("differs", "agrees", "agrees")
    # words that may name people stay in the dossier
    assert "dwaj" not in str(krs.rows).lower()
    assert RegisterComparison.objects.get(register="regon").outcome == RegisterOutcome.NOT_FOUND
    [entry] = AuditEntry.objects.of(profile).filter(verb="Porównanie z rejestrami publicznymi")
    assert entry.after == {"krs": "found", "regon": "not_found"}

    client.force_login(make.coordinator())
    page = text(client.get(reverse("admin:organizations_organization_change", args=[profile.pk])))
    assert "Krajowy Rejestr Sądowy: jest w rejestrze" in page
    assert "Stowarzyszenie Most na Podgórze" in page
    assert "różni się" in page


@pytest.mark.rule("R-ORG-13")
def test_the_coordinator_asks_again_and_nobody_else_may(client, register, django_capture_on_commit_callbacks):
    profile = make.submitted(krs=KRS)
    url = reverse("admin:organizations_organization_ask_registers", args=[profile.pk])
    client.force_login(make.coordinator())
    assert client.get(url).status_code == 405

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(url).status_code == 302

    assert RegisterComparison.objects.filter(register="krs", asked_by=make.coordinator()).count() == 1
    client.force_login(make.person())
    assert client.post(url).status_code in (302, 403)
    assert RegisterComparison.objects.filter(register="krs").count() == 1


def test_a_silent_register_is_asked_again_by_the_hourly_round(register):
    profile = make.submitted(krs=KRS)
    register.tell_krs(KRS, status=500)
    tasks.compare_with_registers(profile.pk)
    assert RegisterComparison.objects.get(register="krs").outcome == RegisterOutcome.UNAVAILABLE
    register.tell_krs(KRS, "krs_association.json")

    assert tasks.compare_unanswered() == 1
    assert RegisterComparison.objects.get(register="krs").outcome == RegisterOutcome.FOUND
    assert tasks.compare_unanswered() == 0
    assert tasks.compare_with_registers(0) == 0


def test_without_registers_everything_works_and_nothing_is_compared(client, person):
    profile = make.submitted()

    assert tasks.compare_with_registers(profile.pk) == 0
    assert tasks.compare_unanswered() == 0
    client.force_login(make.coordinator())
    page = text(client.get(reverse("admin:organizations_organization_change", args=[profile.pk])))
    assert "Portal nie pyta rejestrów" in page
    assert actions.verify(profile, by=make.coordinator(), at=now()).state == State.VERIFIED


# --- how much a page costs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", ["", "numer", "nazwa", "siedziba", "dzialalnosc", "ty", "sprawdz"])
def test_pages_cost_the_same_with_one_draft_and_with_ten(client, person, register, step):
    draft = begun(client, KRS)
    filled(client, draft, name="Most", legal_form="assoc_registered", nip="6761013717", regon="351554057")
    url = step_url(draft, step) if step else START

    def cost() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    with_one = cost()
    for number in range(9):
        actions.begin_draft(krs=str(900_100 + number).zfill(10), by=person, at=now())

    assert cost() == with_one <= 15
