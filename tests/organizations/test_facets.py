"""The counts beside the filters say exactly what each option would leave."""

import random
from datetime import timedelta

import pytest
from django.http import QueryDict

from core.city.models import TaskSphere
from core.common.clock import now
from organizations import actions
from organizations.enums import LegalForm
from organizations.filters import OrganizationFilter
from organizations.models import Organization
from organizations.queries.facets import counted
from tests.factories import organizations as make

pytestmark = pytest.mark.django_db

CHOICES = {
    "forma": ["foundation", "assoc_registered"],
    "sfera": ["culture", "physical_culture", "ecology"],
    "branza": ["kultura", "sport"],
    "dzielnica": ["1", "13", "poza"],
    "dla": ["seniors", "youth"],
    "opp": ["on"],
    "dostepna": ["on"],
    "szuka": ["wolontariuszy", "partnera", "lokalu"],
    "dane": ["potwierdzone", "niepotwierdzone", "ze-zrodel"],
}


@pytest.fixture
def registry(db):
    """Forty profiles of every sort, the same in every run; some not public."""
    dice = random.Random(7)
    spheres = [make.sphere(), make.sphere("physical_culture", "17"), make.sphere("ecology", "18")]
    make.branch("kultura", spheres[0], spheres[2])
    make.branch("sport", spheres[1])
    places = [make.district(1, "Stare Miasto"), make.district(13)]
    for n in range(40):
        place = dice.choice([*places, None])
        fields = {
            "legal_form": dice.choice([LegalForm.FOUNDATION, LegalForm.ASSOC_REGISTERED]),
            "has_opp_status": dice.choice([True, False, None]),
            "wants_volunteers": dice.random() < 0.4,
            "wants_partner": dice.random() < 0.4,
            "wants_premises": dice.random() < 0.2,
            "district": place,
            "is_outside_city": place is None and dice.random() < 0.5,
            "target_groups": dice.sample(["seniors", "youth", "women"], dice.randint(0, 3)),
            "seat_features": dice.sample(["step_free", "loop", "lift"], dice.randint(0, 3)),
            "state": dice.choice(["verified", "verified", "stale", "suspended"]),
        }
        fields["confirmed_at"] = None if fields["state"] == "verified" and dice.random() < 0.5 else now()
        row = make.draft(f"Organizacja {n}", **fields)
        row.slug = f"organizacja-{n}"
        row.state_since = now()
        row.save()
        row.spheres.set(dice.sample(spheres, dice.randint(0, 3)))


def found(query: str) -> set[int]:
    return set(
        OrganizationFilter(QueryDict(query), queryset=Organization.objects.published()).qs.values_list(
            "pk", flat=True
        )
    )


def without(query: str, facet: str) -> str:
    return "&".join(part for part in query.split("&") if part and not part.startswith(f"{facet}="))


@pytest.mark.rule("R-ORG-21")
@pytest.mark.parametrize(
    "query",
    [
        "",
        "opp=on",
        "dzielnica=13&forma=foundation",
        "branza=kultura&szuka=wolontariuszy&szuka=lokalu",
        "dane=niepotwierdzone&dostepna=on",
        "dla=seniors&sfera=ecology&dzielnica=poza",
        "forma=foundation&forma=assoc_registered&opp=on&dla=youth",
    ],
)
def test_every_count_is_what_the_list_would_show(registry, query):
    filterset = OrganizationFilter(QueryDict(query), queryset=Organization.objects.published())
    counts = counted(filterset.conditions)

    assert counts["wszystkie"]["wszystkie"] == len(found(""))
    assert counts["znalezione"]["znalezione"] == len(found(query))
    for facet, options in CHOICES.items():
        for option in options:
            expected = len(found(f"{without(query, facet)}&{facet}={option}"))
            assert counts.get(facet, {}).get(option, 0) == expected, (query, facet, option)


@pytest.mark.parametrize("query", ["", "opp=on&forma=foundation&dzielnica=1&branza=sport", "q=nicniema"])
def test_all_counts_are_one_query(registry, django_assert_num_queries, query):
    filterset = OrganizationFilter(QueryDict(query), queryset=Organization.objects.published())
    conditions = filterset.conditions
    with django_assert_num_queries(1):
        counted(conditions)


def test_filters_stay_in_the_address_and_are_shown_with_a_way_out(client, registry):
    page = client.get("/organizacje/?dzielnica=13&dostepna=on&dane=potwierdzone")

    chips = {str(chip.label): chip for chip in page.context["chips"]}
    assert len(chips) == 3
    one = next(chip for label, chip in chips.items() if label.startswith("siedziba bez stopni"))
    assert one.value == "tak"
    assert "dostepna" not in one.url
    assert "dzielnica=13" in one.url
    assert 'siedziba bez stopni <span class="n">(' in page.content.decode().replace("\u00a0", " ")
    links = {gate.number: gate.url for gate in page.context["districts"]}
    assert "dostepna=on" in links[1]
    assert "dzielnica=1&" in links[1] or links[1].endswith("dzielnica=1")


def test_the_map_is_links_with_words_and_a_table_without_scripts(client):
    square = {"type": "Polygon", "coordinates": [[[20, 50], [20.1, 50], [20.1, 50.1], [20, 50]]]}
    place = make.district(13)
    place.outline = square
    place.save()
    make.verified("Tutejsza", district=place)

    page = client.get("/organizacje/?forma=foundation").content.decode()
    shown = page.partition('<svg class="dmap-s"')[2].partition("</svg>")[0]
    link, label = shown.partition("</a>")[0], shown.partition("</a>")[2]
    assert "/organizacje/?forma=foundation&amp;dzielnica=13" in link
    assert 'aria-label="Dzielnica XIII Podgórze, organizacji: 1"' in link
    assert "<text" not in link
    assert 'aria-hidden="true"' in label
    table = page.partition('<details class="dmap-d"')[2].partition("</details>")[0]
    assert "XIII Podgórze" in table
    assert "OpenStreetMap" in page


def test_values_that_make_no_sense_are_no_filters(client, registry):
    everybody = client.get("/organizacje/").context["count"]

    for query in ("dane=brednie", "dla=%00", "dzielnica=999", "sfera=x", "forma=x"):
        answer = client.get(f"/organizacje/?{query}")
        assert answer.status_code in (200, 400)
        if answer.status_code == 200:
            assert answer.context["count"] == everybody


@pytest.mark.rule("R-ORG-21")
@pytest.mark.parametrize(
    "typed",
    [
        "0000067177", "67177", "KRS 0000067177", "krs: 67177", "676-101-37-17", "PL 676 101 37 17", "NIP PL6761013717",
        "350570210", "35057021000000", "REGON 350570210", "Zażółć", "zazolc", "fundacjami", "hipoterapią", "hipoterpia",
        "Zwierzyniecka", "prądnik", "Niepełnosprawnościami",
    ],
)  # fmt: skip
def test_one_field_finds_by_number_name_place_inflected_word_and_with_a_slip(client, typed):
    make.verified(
        "Fundacja Zażółć",
        krs="0000067177",
        nip="6761013717",
        regon="350570210",
        mission="Prowadzimy zajęcia z hipoterapii.",
        address="ul. Zwierzyniecka 29",
        district=make.district(4, "Prądnik Biały"),
        target_groups=["disabled"],
    )
    make.verified("Stowarzyszenie Inne", legal_form=LegalForm.ASSOC_REGISTERED, mission="Szachy.")

    assert [str(row) for row in client.get("/organizacje/", {"q": typed}).context["rows"]] == [
        "Fundacja Zażółć"
    ]
    everywhere = client.get("/szukaj/", {"q": typed})
    assert "Fundacja Zażółć" in everywhere.content.decode().replace("<mark>", "").replace(
        "</mark>", ""
    ).replace("\u00a0", " ")
    assert "Stowarzyszenie Inne" not in everywhere.content.decode()


def test_a_number_of_nobody_finds_nobody(client):
    make.verified("Fundacja Zażółć", krs="0000067177")

    assert client.get("/organizacje/", {"q": "0000000001"}).context["count"] == 0


def test_a_withdrawn_profile_leaves_list_counts_and_search_at_once(client):
    gone = make.verified("Fundacja Znikająca", district=make.district())
    assert client.get("/organizacje/").context["count"] == 1

    actions.suspend(gone, by=make.coordinator(), at=now() + timedelta(minutes=1), reason="Skarga.")

    page = client.get("/organizacje/")
    assert page.context["count"] == 0
    assert all(gate.count == 0 for gate in page.context["districts"])
    assert (
        "Znikająca"
        not in client.get("/szukaj/", {"q": "Znikająca"})
        .content.decode()
        .split("<main")[1]
        .split("value=")[0]
    )
    assert TaskSphere.objects.exists()
