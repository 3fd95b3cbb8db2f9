"""Pages of the registry: who sees what, how many queries, nothing breaks them."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.common.clock import now
from core.documents.models import Attachment
from organizations import actions
from organizations.enums import LegalForm, MandateRole, State
from organizations.models import ErrorReport, Mandate, ResidentOffer
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db

LIST = "/organizacje/"
INFORMATOR = "/organizacje/informator/"


def names(response) -> list[str]:
    return [str(row) for row in response.context["rows"]]


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def queries(django_assert_max_num_queries, client):
    """``queries(url, most=8)``: how many queries a page costs with nothing cached."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(url: str) -> int:
        cache.clear()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    return count


# --- the list ---------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-17")
def test_only_verified_profiles_are_listed_in_every_form(client):
    make.verified("Fundacja Jawna")
    make.submitted("Fundacja Czekająca")
    actions.suspend(make.verified("Fundacja Ukryta"), by=make.coordinator(), at=now(), reason="Skarga.")

    assert names(client.get(LIST)) == ["Fundacja Jawna"]
    for form in ("csv", "json"):
        body = b"".join(client.get(LIST, {"format": form})).decode()
        assert "Fundacja Jawna" in body
        assert "Czekająca" not in body
        assert "Ukryta" not in body
    assert client.get(LIST, {"format": "xlsx"}).status_code == 200
    assert client.get(LIST, {"format": "ics"}).status_code == 404


@pytest.mark.rule("R-ORG-21")
@pytest.mark.parametrize(
    "typed", ["Zażółć", "zazolc", "ZAŻÓŁĆ", "fundacją zażółć", "0000 067 177", "67177", "676-101-37-17"]
)
def test_names_are_found_without_diacritics_and_inflected_and_by_number(client, typed):
    make.verified("Fundacja Zażółć", krs="0000067177", nip="6761013717")
    make.verified("Stowarzyszenie Inne", legal_form=LegalForm.ASSOC_REGISTERED)

    assert names(client.get(LIST, {"q": typed})) == ["Fundacja Zażółć"]


def test_facets_narrow_and_count(client):
    culture, sport = make.sphere(), make.sphere("physical_culture", "17")
    make.branch("kultura", culture)
    make.branch("sport", sport)
    place = make.district(13)
    make.verified("Teatr", district=place, has_opp_status=True, wants_volunteers=True)
    make.verified("Klub", spheres=[sport], district=place)
    make.verified("Daleko", is_outside_city=True, locality="Wieliczka", target_groups=["seniors"])

    for query, expected in (
        ({"branza": ["kultura"]}, {"Teatr", "Daleko"}),
        ({"branza": ["kultura", "sport"]}, {"Teatr", "Klub", "Daleko"}),
        ({"sfera": "physical_culture"}, {"Klub"}),
        ({"dzielnica": "13"}, {"Teatr", "Klub"}),
        ({"dzielnica": "poza"}, {"Daleko"}),
        ({"opp": "on"}, {"Teatr"}),
        ({"szuka": ["wolontariuszy"]}, {"Teatr"}),
        ({"dla": "seniors"}, {"Daleko"}),
        ({"forma": ["foundation"]}, {"Teatr", "Klub", "Daleko"}),
        ({"dzielnica": "13", "branza": ["sport"]}, {"Klub"}),
    ):
        assert set(names(client.get(LIST, query))) == expected, query

    page = client.get(LIST, {"dzielnica": "13"})
    options = dict(page.context["form"].fields["branza"].choices)
    assert options["kultura"] == 'Kultura <span class="n">(1)</span>'
    assert options["sport"] == 'Sport <span class="n">(1)</span>'
    assert dict(page.context["form"].fields["dzielnica"].choices)["poza"] == "poza miastem (1)"
    assert page.context["total"] == 3
    gate = next(gate for gate in page.context["districts"] if gate.number == 13)
    assert (gate.count, gate.tier) == (2, 2)


def test_counts_follow_every_publication_at_once(client):
    make.branch()
    make.verified("Pierwsza")
    assert client.get(LIST).context["total"] == 1

    make.verified("Druga")

    assert client.get(LIST).context["total"] == 2


def test_the_list_sorts_by_freshness_and_by_the_polish_alphabet(client, frozen):
    make.verified("Łódka")
    frozen.shift(timedelta(days=1))
    make.verified("Zorza")
    frozen.shift(timedelta(days=1))
    make.verified("Latawiec")
    actions.import_profile("o-1", {"name": "Lato", "legal_form": "foundation"}, spheres=[], by=None, at=now())

    assert names(client.get(LIST)) == ["Latawiec", "Zorza", "Łódka", "Lato"]
    assert names(client.get(LIST, {"sort": "nazwa"})) == ["Latawiec", "Lato", "Łódka", "Zorza"]


@pytest.mark.parametrize(
    "url", [LIST, f"{LIST}?q=fundacja&branza=kultura", INFORMATOR, "/organizacje/branze/kultura/"]
)
def test_lists_cost_the_same_at_one_and_at_thirty_rows(queries, url):
    make.branch()
    make.with_offer(make.verified("Fundacja 0", district=make.district()))
    at_one = queries(url)
    for number in range(1, 31):
        make.with_offer(make.verified(f"Fundacja {number}", district=make.district()))

    assert queries(url) == at_one <= 8


@pytest.mark.parametrize("form", ["csv", "json"])
def test_files_cost_the_same_at_one_and_at_ten_rows(client, django_assert_num_queries, form):
    def cost() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            b"".join(client.get(LIST, {"format": form}))
        return len(captured)

    make.verified(district=make.district())
    at_one = cost()
    for _number in range(10):
        make.verified(district=make.district())

    assert cost() == at_one


def test_the_json_names_licence_and_only_public_columns(client):
    profile = make.verified("Fundacja", krs="0000000390")
    profile.dossier.contact_person = "Zofia Tajna"
    profile.dossier.save()

    body = json.loads(client.get(LIST, {"format": "json"}).content)

    assert body["licence"] == "CC BY 4.0"
    assert body["items"][0]["krs"] == "0000000390"
    assert "Zofia" not in json.dumps(body)


NASTY = [
    {"q": "\x00"},
    {"q": "'\"\\:*&|!()"},
    {"q": "a" * 5000},
    {"q": "🦄 ąę"},
    {"q": "9" * 300},
    {"page": "99999999999999999999"},
    {"page": "-1"},
    {"page": "x"},
    {"sort": "nazwa; drop"},
    {"branza": "nie-ma"},
    {"forma": ["x", "\x00"]},
    {"dzielnica": "99999999999999999999"},
    {"dzielnica": "٣"},
    {"sfera": "' or 1=1"},
    {"dla": "{seniors}"},
    {"opp": "\x00"},
    {"rodzaj": "x"},
    {"bezplatnie": "?"},
    {"format": "exe"},
]


@pytest.mark.parametrize("query", NASTY, ids=lambda q: str(q)[:40])
@pytest.mark.parametrize("url", [LIST, INFORMATOR, "/organizacje/branze/kultura/"])
def test_no_input_breaks_a_list(client, url, query):
    make.branch()
    make.with_offer(make.verified())

    assert client.get(url, query).status_code in (200, 400, 404)


# --- the Informator and branches --------------------------------------------------------------------------


def test_the_informator_lists_offers_of_public_organisations(client):
    make.branch()
    make.with_offer(make.verified("Fundacja Jawna", district=make.district()), title="Szachy")
    hidden = make.with_offer(make.verified("Fundacja Ukryta"), title="Tajne")
    actions.suspend(hidden, by=make.coordinator(), at=now(), reason="Skarga.")

    for query in (
        {},
        {"q": "szachów"},
        {"rodzaj": "meetings"},
        {"bezplatnie": "on"},
        {"dzielnica": "13"},
        {"branza": "kultura"},
    ):
        assert names(client.get(INFORMATOR, query)) == ["Szachy"], query
    for query in ({"q": "tenis"}, {"rodzaj": "sport"}, {"dla": "seniors"}):
        assert names(client.get(INFORMATOR, query)) == []
    assert "Tajne" not in b"".join(client.get(INFORMATOR, {"format": "csv"})).decode()


def test_a_branch_has_its_own_page(client):
    make.branch("kultura")
    make.branch("sport", make.sphere("physical_culture", "17"))
    make.verified("Teatr")

    assert names(client.get("/organizacje/branze/kultura/")) == ["Teatr"]
    assert names(client.get("/organizacje/branze/sport/")) == []
    assert client.get("/organizacje/branze/nie-ma/").status_code == 404


# --- the profile ------------------------------------------------------------------------------------------


def test_a_profile_shows_public_data_only(client):
    profile = make.verified(
        "Fundacja Most", krs="0000000390", nip="1234567854", has_opp_status=True, website="most.example.org"
    )
    profile.dossier.representatives = "Zofia Tajna"
    profile.dossier.bank_account = "61109010140000071219812874"
    profile.dossier.save()

    page = text(client.get(profile.get_absolute_url()))

    assert "0000000390" in page
    assert "dane zgodne z KRS" in page
    assert 'href="https://most.example.org"' in page
    assert "Zofia" not in page
    assert "61109010140000071219812874" not in page


@pytest.mark.rule("R-ORG-18")
def test_unconfirmed_data_have_a_badge_even_before_the_nightly_run(client, frozen):
    """T26: confirmed thirteen months ago."""
    profile = make.verified()
    frozen.shift(timedelta(days=396))

    page = text(client.get(profile.get_absolute_url()))

    assert "dane niepotwierdzone" in page
    assert "ostatnio potwierdzone 10 czerwca 2026" in page


@pytest.mark.rule("R-ORG-18")
@pytest.mark.parametrize("is_marked", [False, True])
def test_page_row_and_file_name_the_day_from_which_data_are_unconfirmed(client, frozen, is_marked):
    """The day a year after the confirmation, not the day of the confirmation; before and after the nightly run."""
    profile = make.verified()
    fresh = text(client.get("/organizacje/"))
    frozen.shift(timedelta(days=366))
    if is_marked:
        actions.mark_stale(at=now())

    row = text(client.get("/organizacje/"))
    (told,) = client.get("/organizacje/?format=json").json()["items"]

    assert "potwierdzone 10 czerwca 2026" in fresh
    assert "dane niepotwierdzone od 10 czerwca 2027" in row
    assert "dane niepotwierdzone od 10 czerwca 2027" in text(client.get(profile.get_absolute_url()))
    assert told["unconfirmed_since"] == "2027-06-10"


def test_an_imported_profile_says_where_its_data_come_from(client):
    values = {
        "name": "Fundacja Daleka",
        "legal_form": "foundation",
        "source": "https://przyklad.example.org/x",
        "note": "Już nie działa.",
    }
    actions.import_profile("org-1", values, spheres=[], by=None, at=now())

    page = text(client.get("/organizacje/fundacja-daleka/"))

    assert "niepotwierdzone przez organizację" in page
    assert "Już nie działa." in page
    assert 'href="https://przyklad.example.org/x"' in page


@pytest.mark.parametrize("state", [State.SUBMITTED, State.RETURNED, State.SUSPENDED])
def test_a_profile_that_is_not_public_is_nowhere(client, state):
    profile = make.submitted() if state in (State.SUBMITTED, State.RETURNED) else make.verified()
    act = {
        State.RETURNED: actions.return_for_correction,
        State.SUSPENDED: actions.suspend,
    }.get(state)
    if act:
        act(profile, by=make.coordinator(), at=now(), reason="Powód.")

    for name in ("detail", "report_error"):
        assert client.get(reverse(f"organizations:{name}", args=[profile.slug])).status_code == 404
    client.force_login(make.person())
    for name in ("detail", "edit", "offers", "people", "claim"):
        assert client.get(reverse(f"organizations:{name}", args=[profile.slug])).status_code == 404


def test_who_registered_sees_the_own_registration(client):
    person = make.person()
    profile = make.submitted("Fundacja Moja", by=person)
    client.force_login(person)

    page = client.get(profile.get_absolute_url())

    assert page.status_code == 200
    assert 'name="robots" content="noindex"' in text(page)


def test_a_profile_costs_at_most_eight_queries_however_much_it_holds(queries):
    small = make.verified(district=make.district())
    make.branch()
    big = make.verified(spheres=[make.sphere(), make.sphere("sport", "17")], district=make.district())
    actions.save_offers(big, [make.OFFER] * 5, by=make.coordinator(), at=now())

    assert queries(small.get_absolute_url()) == queries(big.get_absolute_url()) <= 8


def test_the_history_of_changes_is_public_without_persons(client):
    profile = make.verified(phone="111")
    person = make.member(profile)
    actions.update_profile(profile, actions.Changes({"phone": "222"}), by=person, at=now())

    page = text(client.get(profile.get_absolute_url()))

    assert "<del>111</del>" in page
    assert "<ins>222</ins>" in page
    assert person.email not in page


# --- editing ----------------------------------------------------------------------------------------------


def shown_values(client, url: str) -> dict:
    """What the browser would send back from the form as it is shown."""
    form = client.get(url).context["form"]
    values = {}
    for field in form:
        value = field.value()
        if value is None or value is False or value == "":
            continue
        values[field.html_name] = (
            value
            if isinstance(value, list)
            else "on"
            if value is True and field.name != "has_opp_status"
            else value
        )
    return values


def test_who_acts_for_the_organisation_edits_it(client):
    profile = make.verified("Fundacja Most", phone="1", district=make.district(), is_nonprofit_declared=True)
    client.force_login(make.member(profile, MandateRole.NGO_EDITOR))
    url = reverse("organizations:edit", args=[profile.slug])

    answer = client.post(
        url, shown_values(client, url) | {"phone": "12 345 67 89", "name": "Fundacja Kładka"}
    )

    assert answer.url == profile.get_absolute_url()
    profile.refresh_from_db()
    assert (profile.phone, profile.name) == ("12 345 67 89", "Fundacja Most")
    assert profile.revisions.get().values == {"name": "Fundacja Kładka"}


@pytest.mark.parametrize(
    ("fields", "field", "message"),
    [
        ({"bank_account": "123"}, "bank_account", "wpisz 26 cyfr, jest 3"),
        ({"rspo": "abc"}, "rspo", "wpisz same cyfry albo zostaw pole puste"),
        (
            {"social": "most.example.org/a\nnic"},
            "social",
            "wpisz adres strony, na przykład fundacja.example.org",
        ),
    ],
)
def test_mistakes_of_the_whole_profile_stand_beside_their_fields(client, fields, field, message):
    profile = make.verified(district=make.district(), is_nonprofit_declared=True)
    client.force_login(make.member(profile))
    url = reverse("organizations:edit", args=[profile.slug])

    page = client.post(url, shown_values(client, url) | fields)

    assert page.context["form"].errors[field] == [message]


def test_social_media_are_written_one_in_a_line(client):
    profile = make.verified(district=make.district(), is_nonprofit_declared=True)
    client.force_login(make.member(profile))
    url = reverse("organizations:edit", args=[profile.slug])

    client.post(url, shown_values(client, url) | {"social": "most.example.org/a\n\nhttps://x.example.org"})

    profile.refresh_from_db()
    assert profile.social_media == ["https://most.example.org/a", "https://x.example.org"]


def test_saving_an_unchanged_form_changes_nothing(client):
    profile = make.verified(
        "Fundacja Most",
        district=make.district(),
        is_nonprofit_declared=True,
        social_media=["https://a.example.org"],
    )
    client.force_login(make.member(profile))
    url = reverse("organizations:edit", args=[profile.slug])
    entries = set(profile.transitions.values_list("pk", flat=True))

    client.post(url, shown_values(client, url))

    assert not profile.revisions.exists()
    assert set(profile.transitions.values_list("pk", flat=True)) == entries
    assert "Zmiana danych w profilu" not in text(client.get(profile.get_absolute_url()))


def test_a_second_colleague_is_told_that_the_profile_has_changed(client):
    profile = make.verified(district=make.district(), is_nonprofit_declared=True)
    client.force_login(make.member(profile))
    url = reverse("organizations:edit", args=[profile.slug])
    page = client.get(url)
    values = shown_values(client, url) | {"seen_at": page.context["seen_at"]}
    client.post(url, values | {"phone": "1"})

    answer = client.post(url, values | {"phone": "2"})

    assert "Ktoś inny zapisał ten profil" in text(answer)
    profile.refresh_from_db()
    assert profile.phone == "1"


def test_a_returned_registration_is_sent_again_from_the_same_page(client):
    person = make.person()
    profile = make.submitted(by=person, district=make.district(), is_nonprofit_declared=True)
    actions.return_for_correction(profile, by=make.coordinator(), at=now(), reason="Zły adres.")
    client.force_login(person)
    url = reverse("organizations:edit", args=[profile.slug])

    client.post(url, shown_values(client, url) | {"address": "ul. Nowa 1"})

    profile.refresh_from_db()
    assert (profile.state, profile.address) == (State.SUBMITTED, "ul. Nowa 1")


@pytest.mark.rule("R-ORG-18")
def test_one_click_confirms_and_only_by_post(client):
    profile = make.verified()
    client.force_login(make.member(profile))
    url = reverse("organizations:confirm", args=[profile.slug])
    before = profile.confirmed_at

    assert client.get(url).status_code == 405
    assert client.post(url).status_code == 302

    profile.refresh_from_db()
    assert profile.confirmed_at > before


@pytest.mark.parametrize("name", ["edit", "confirm", "offers", "people"])
def test_pages_of_an_organisation_are_closed_to_others(client, name):
    profile, other = make.verified(), make.verified()
    url = reverse(f"organizations:{name}", args=[profile.slug])

    assert client.post(url).status_code == 302
    client.force_login(make.member(other))
    assert client.post(url).status_code == 404


def test_offers_are_written_on_one_page(client):
    profile = make.with_offer(make.verified())
    client.force_login(make.member(profile))
    old = ResidentOffer.objects.get()
    url = reverse("organizations:offers", args=[profile.slug])
    assert client.get(url).status_code == 200

    sent = {
        "oferty-TOTAL_FORMS": "2",
        "oferty-INITIAL_FORMS": "1",
        "oferty-0-id": str(old.pk),
        "oferty-0-title": "Klub szachowy",
        "oferty-0-kind": "meetings",
        "oferty-1-title": "Porady",
        "oferty-1-kind": "advice",
        "oferty-1-is_free": "True",
    }
    assert client.post(url, sent).status_code == 302

    assert list(ResidentOffer.objects.values_list("title", "is_free")) == [
        ("Klub szachowy", None),
        ("Porady", True),
    ]


def test_offers_of_others_cannot_be_named(client):
    foreign = make.with_offer(make.verified(), title="Cudza")
    profile = make.verified()
    client.force_login(make.member(profile))
    sent = {
        "oferty-TOTAL_FORMS": "1",
        "oferty-INITIAL_FORMS": "1",
        "oferty-0-id": str(foreign.offers.get().pk),
        "oferty-0-title": "Moja",
        "oferty-0-kind": "meetings",
    }

    client.post(reverse("organizations:offers", args=[profile.slug]), sent)

    assert foreign.offers.get().title == "Cudza"


# --- acting for an organisation ---------------------------------------------------------------------------


def test_people_switch_between_their_organisations_only(client):
    first, second, foreign = make.verified("Pierwsza"), make.verified("Druga"), make.verified("Obca")
    person = make.member(first)
    make.member(second, user=person)
    client.force_login(person)

    answer = client.post("/organizacje/wybierz/", {"organization": first.pk, "next": "/organizacje/"})

    assert (answer.status_code, answer.url) == (302, "/organizacje/")
    assert client.session["organization"] == first.pk
    assert client.get(LIST).wsgi_request.organization == first
    for wrong in (foreign.pk, "x", "", "9" * 40):
        assert client.post("/organizacje/wybierz/", {"organization": wrong}).status_code == 403


@pytest.mark.parametrize(
    "path", ["https://zly.example.com/", "//zly.example.com/", "javascript:alert(1)", "/\\zly.example.com"]
)
def test_switching_leads_nowhere_else(client, path):
    profile = make.verified()
    client.force_login(make.member(profile))

    assert client.post("/organizacje/wybierz/", {"organization": profile.pk, "next": path}).url == "/moje/"


@pytest.mark.rule("R-ORG-19")
def test_a_public_profile_is_claimed_with_evidence(client):
    profile = make.verified()
    client.force_login(make.person())
    url = reverse("organizations:claim", args=[profile.slug])
    assert client.get(url).status_code == 200

    assert "evidence" in client.post(url, {"role": "ngo_editor", "evidence": ""}).context["form"].errors
    assert client.post(url, {"role": "ngo_editor", "evidence": "uchwała"}).status_code == 302
    again = client.post(url, {"role": "ngo_editor", "evidence": "uchwała"})

    assert again.context["form"].errors["role"] == ["masz już taką rolę albo czekasz na decyzję urzędu"]
    assert Mandate.objects.requested().filter(organization=profile).count() == 1


def test_a_representative_decides_on_the_page_of_people(client):
    profile = make.verified()
    asked, second = make.requested(profile), make.requested(profile)
    client.force_login(make.member(profile))
    page = client.get(reverse("organizations:people", args=[profile.slug]))
    assert asked.user.email in text(page)

    client.post(reverse("organizations:decide", args=[profile.slug, asked.pk]), {"decision": "grant"})
    client.post(
        reverse("organizations:decide", args=[profile.slug, second.pk]),
        {"decision": "end", "reason": "Nie znamy."},
    )

    asked.refresh_from_db()
    second.refresh_from_db()
    assert asked.is_in_force
    assert second.end_reason == "Nie znamy."


def test_mandates_of_other_organisations_cannot_be_decided(client):
    profile, other = make.verified(), make.verified()
    foreign = make.requested(other)
    client.force_login(make.member(profile))

    answer = client.post(
        reverse("organizations:decide", args=[profile.slug, foreign.pk]), {"decision": "grant"}
    )

    assert answer.status_code == 404
    editor = make.member(profile, MandateRole.NGO_EDITOR)
    client.force_login(editor)
    asked = make.requested(profile)
    assert (
        client.post(
            reverse("organizations:decide", args=[profile.slug, asked.pk]), {"decision": "grant"}
        ).status_code
        == 403
    )


def test_the_office_is_not_needed_to_leave(client):
    profile = make.verified()
    make.member(profile)
    person = make.member(profile)
    mandate = Mandate.objects.get(user=person)
    client.force_login(person)

    client.post(reverse("organizations:leave", args=[profile.slug, mandate.pk]), {"reason": "Odchodzę."})

    assert not Mandate.objects.get(pk=mandate.pk).is_in_force


# --- reporting errors -------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-20")
def test_anybody_reports_an_error(client, frozen):
    profile = make.verified()
    url = reverse("organizations:report_error", args=[profile.slug])
    shown_at = client.get(url).context["form"]["shown_at"].value()
    frozen.shift(timedelta(seconds=20))

    answer = client.post(url, {"text": "Zły telefon", "email": "", "shown_at": shown_at})

    assert answer.url == profile.get_absolute_url()
    assert ErrorReport.objects.get().text == "Zły telefon"


@pytest.mark.parametrize(
    ("seconds", "fields"),
    [
        (1, {}),
        (20, {"website_of_sender": "x"}),
        (20, {"shown_at": "podrobione"}),
        (20, {"shown_at": ""}),
        (900_000, {}),
    ],
)
def test_machines_do_not_get_through_and_people_lose_nothing(client, frozen, seconds, fields):
    profile = make.verified()
    url = reverse("organizations:report_error", args=[profile.slug])
    shown_at = client.get(url).context["form"]["shown_at"].value()
    frozen.shift(timedelta(seconds=seconds))

    page = client.post(url, {"text": "Zły telefon", "shown_at": shown_at} | fields)

    assert "Nie przyjęliśmy formularza" in text(page)
    assert "Zły telefon" in text(page)
    assert not ErrorReport.objects.exists()

    again = {
        "text": "Zły telefon",
        "shown_at": page.context["form"]["shown_at"].value(),
        "website_of_sender": page.context["form"]["website_of_sender"].value(),
    }
    frozen.shift(timedelta(seconds=20))
    assert client.post(url, again).status_code == 302


def test_one_place_does_not_flood_the_office(client, frozen):
    profile = make.verified()
    url = reverse("organizations:report_error", args=[profile.slug])
    shown_at = client.get(url).context["form"]["shown_at"].value()
    frozen.shift(timedelta(seconds=20))

    answers = [client.post(url, {"text": "x", "shown_at": shown_at}).status_code for _ in range(12)]

    assert answers == [302] * 10 + [200] * 2
    assert ErrorReport.objects.count() == 10


def test_files_of_a_profile_are_listed(client):
    profile = make.verified()
    Attachment.objects.create(
        subject_kind="organizations.organization", subject_id=profile.pk, title="Statut", original_name="statut.pdf",
        content_type="application/pdf", size=1000, sha256="0" * 64, uploaded_at=now(), file="x.pdf",
    )  # fmt: skip

    assert "Statut" in text(client.get(profile.get_absolute_url()))
