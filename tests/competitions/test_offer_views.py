"""Pages of an offer: what each shows, what is typed is kept, who finds nothing there."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competitions.actions import offers as actions
from competitions.enums import OfferState
from competitions.law import offers as law
from competitions.models import OfferConflict, OfferPresence
from core.common.clock import now
from core.documents.models import Attachment
from tests.factories import competitions as calls
from tests.factories import documents
from tests.factories import offers as made
from tests.factories import organizations as registry
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MOST_QUERIES = 15


@pytest.fixture
def call(unit):
    return calls.open_call(unit=unit)


@pytest.fixture
def organization():
    return registry.verified("Fundacja Ruch")


@pytest.fixture
def representative(organization):
    return registry.member(organization)


@pytest.fixture
def offer(call, organization, representative):
    return made.draft_offer(call, organization, by=representative)


@pytest.fixture
def ngo(client, representative):
    client.force_login(representative)
    return client


def count_queries() -> CaptureQueriesContext:
    return CaptureQueriesContext(connection)


def address(name: str, offer, *more) -> str:
    return reverse(f"competitions:{name}", args=[offer.pk, *more])


def text_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def posted(offer, key: str, **changes) -> dict:
    """What the page of a step would send."""
    section = offer.sections.get(key=key)
    table = law.template.BY_KEY[key].table
    data = {name: value for name, value in section.content.items() if isinstance(value, str)}
    data["edit_number"] = str(section.edit_number)
    rows = section.content.get(table.name, []) if table else []
    data["row"] = [str(row.get("id") or row["organization_id"]) for row in rows]
    for row in rows:
        row_id = row.get("id") or row["organization_id"]
        data |= {f"{row_id}.{name}": value for name, value in row.items() if isinstance(value, str)}
        if key == "costs":
            group = row["group"]
            data[f"{row_id}.place"] = group if group == "admin" else f"{group}:{row['action_id']}"
        data |= {f"{row_id}.years.{n}": amount for n, amount in row.get("years", {}).items()}
    return {**data, **changes}


# --- beginning ------------------------------------------------------------------------------------


def test_from_the_call_to_a_draft(ngo, call, organization):
    page = text_of(ngo.get(call.get_absolute_url()))
    start = reverse("competitions:offer_start", args=[call.slug])
    assert start in page
    assert "Fundacja Ruch" in text_of(ngo.get(start))
    answer = ngo.post(start, {"organization": organization.pk})
    made_offer = organization.call_offers.get()
    assert answer.headers["Location"] == made_offer.get_absolute_url()
    assert "Zaczęte oferty" in text_of(ngo.get(start))


def test_nobody_begins_for_a_foreign_organisation(ngo, call):
    start = reverse("competitions:offer_start", args=[call.slug])
    assert ngo.post(start, {"organization": registry.verified().pk}).status_code == 404


def test_an_excluded_body_reads_why(client, call):
    party = registry.verified(exclusion="trade_union")
    client.force_login(registry.member(party))
    start = reverse("competitions:offer_start", args=[call.slug])
    assert "związek zawodowy nie może" in text_of(client.post(start, {"organization": party.pk}))


def test_a_call_with_a_generator_elsewhere_takes_no_offer_here(ngo, organization):
    elsewhere = calls.open_call(submission_url="https://generator.example.org/")
    assert ngo.get(reverse("competitions:offer_start", args=[elsewhere.slug])).status_code == 404


# --- writing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", list(law.template.BY_KEY))
def test_every_step_opens_within_its_queries(ngo, offer, key):
    ngo.get(address("offer_section", offer, key))
    with count_queries() as queries:
        response = ngo.get(address("offer_section", offer, key))
    assert response.status_code == 200
    assert len(queries) <= MOST_QUERIES


@pytest.mark.parametrize("name", ["offer", "offer_check", "offer_annexes", "offer_partners", "offer_copy"])
def test_every_other_page_opens_within_its_queries(ngo, offer, name):
    made.with_partner(offer)
    ngo.get(address(name, offer))
    with count_queries() as queries:
        response = ngo.get(address(name, offer))
    assert response.status_code == 200
    assert len(queries) <= (MOST_QUERIES if name != "offer_check" else 20)


def test_my_offers_cost_the_same_for_one_and_for_many(ngo, call, organization, representative):
    made.draft_offer(call, organization, by=representative)
    ngo.get("/moje/oferty/")
    with count_queries() as few:
        ngo.get("/moje/oferty/")
    for _n in range(4):
        made.with_partner(made.draft_offer(calls.open_call(), organization))
    with count_queries() as many:
        page = text_of(ngo.get("/moje/oferty/"))
    assert len(many) <= max(len(few) + 1, 8)
    assert page.count("organizacja pisze ofertę") == 5


def test_a_step_is_saved_and_leads_on(ngo, offer):
    answer = ngo.post(
        address("offer_section", offer, "task"), posted(offer, "task", title="Nowy tytuł", act="next")
    )
    assert answer.headers["Location"] == address("offer_section", offer, "plan")
    assert made.fresh(offer).title == "Nowy tytuł"


@pytest.mark.parametrize(
    ("act", "order"),
    [("up:k2", ["k2", "k1"]), ("down:k1", ["k2", "k1"]), ("up:k1", ["k1", "k2"]), ("remove:k1", ["k2"])],
)
def test_rows_move_and_go_without_a_script(ngo, offer, act, order):
    ngo.post(address("offer_section", offer, "costs"), posted(offer, "costs", act=act))
    assert [row["id"] for row in offer.sections.get(key="costs").content["rows"]] == order


def test_a_row_is_added_without_a_script(ngo, offer):
    answer = ngo.post(address("offer_section", offer, "costs"), posted(offer, "costs", act="add"))
    rows = offer.sections.get(key="costs").content["rows"]
    assert len(rows) == 3
    assert answer.headers["Location"].endswith(f"#wiersz-{rows[-1]['id']}")


def test_amounts_and_places_of_costs_come_in_as_they_stand(ngo, offer):
    changes = {"k1.unit_cost": "1 200,50 zł", "k1.place": "admin"}
    ngo.post(address("offer_section", offer, "costs"), posted(offer, "costs", **changes))
    row = offer.sections.get(key="costs").content["rows"][0]
    assert (row["unit_cost"], row["group"], row["action_id"]) == ("1200.50", "admin", "")


def test_what_is_wrong_is_told_beside_the_input_and_kept(ngo, offer):
    ngo.post(
        address("offer_section", offer, "costs"), posted(offer, "costs", **{"k1.unit_cost": "sto złotych"})
    )
    page = text_of(ngo.get(address("offer_section", offer, "costs")))
    assert 'value="sto złotych"' in page
    assert "„sto złotych” to nie kwota" in page
    assert 'href="#id_k1-unit_cost"' in page


def test_a_broken_limit_is_told_in_words_and_amounts(ngo, offer):
    ngo.post(address("offer_section", offer, "sources"), posted(offer, "sources", grant="31200"))
    page = text_of(ngo.get(address("offer_section", offer, "sources")))
    assert "Dotacja przekracza limit konkursu o 1 200,00 zł" in page.replace("\u202f", " ")


def test_dates_outside_the_call_are_told(ngo, offer):
    ngo.post(address("offer_section", offer, "task"), posted(offer, "task", starts_on="2026-08-31"))
    page = text_of(ngo.get(address("offer_section", offer, "task")))
    assert "31 sierpnia 2026 jest poza czasem zadania z ogłoszenia" in page


def test_too_much_text_is_refused_and_shown_again(ngo, offer):
    novel = "x" * 100_001
    page = ngo.post(address("offer_section", offer, "task"), posted(offer, "task", needs=novel))
    assert page.status_code == 200
    assert "Nie zapisano" in text_of(page)
    assert novel in text_of(page)


def test_the_answer_of_the_script_has_number_and_words(ngo, offer):
    number = offer.sections.get(key="task").edit_number
    answer = ngo.post(address("offer_autosave", offer, "task"), posted(offer, "task", place="Huta"))
    assert answer.json()["number"] == number + 1
    assert answer.json()["saved"].startswith("Zapisano o")


def test_two_tabs_of_the_script_take_in_each_others_rows(ngo, offer):
    stale = posted(offer, "costs")
    added = {"row": [*stale["row"], "nowy"], "nowy.name": "Plakaty", "nowy.place": "admin"}
    assert ngo.post(address("offer_autosave", offer, "costs"), {**stale, **added}).status_code == 200
    answer = ngo.post(address("offer_autosave", offer, "costs"), {**stale, "k1.quantity": "61"}).json()
    assert answer["order"] == ["k1", "k2", "nowy"]
    assert "Plakaty" in answer["rows"]["nowy"]
    assert answer["fields"]["k1.quantity"] == "61"
    assert "Połączyliśmy" in answer["merged"]


def test_a_conflict_shows_both_texts_and_is_settled(ngo, offer):
    stale = posted(offer, "task", title="Mój tytuł")
    ngo.post(address("offer_section", offer, "task"), posted(offer, "task", title="Ich tytuł"))
    answer = ngo.post(address("offer_section", offer, "task"), stale)
    assert answer.headers["Location"].endswith("#wybor")
    page = text_of(ngo.get(address("offer_section", offer, "task")))
    assert "Mój tytuł" in page
    assert "Ich tytuł" in page
    conflict = OfferConflict.objects.get()
    ngo.post(address("offer_conflict", offer, conflict.pk), {"choice": "other"})
    assert made.fresh(offer).title == "Mój tytuł"


def test_who_else_is_in_the_offer_is_shown(ngo, offer, organization):
    other = registry.member(organization, user=UserFactory(full_name="Olga Ptak"))
    OfferPresence.objects.create(offer=offer, user=other, key="task", seen_at=now())
    assert "Olga Ptak" in text_of(ngo.get(address("offer_section", offer, "task")))
    OfferPresence.objects.update(seen_at=now() - timedelta(minutes=3))
    assert "Olga Ptak" not in text_of(ngo.get(address("offer_section", offer, "task")))


def test_a_session_that_ended_keeps_the_text_for_the_same_person(ngo, client, offer, representative):
    page = text_of(ngo.get(address("offer_section", offer, "task")))
    writer = re.search(r'name="writer" value="([^"]+)"', page)[1]
    data = posted(offer, "task", needs="godzina pisania", writer=writer)
    client.logout()
    answer = client.post(address("offer_section", offer, "task"), data)
    assert answer.status_code == 302
    representative.set_password(PASSWORD)
    representative.save()
    client.post(reverse("account_login"), {"login": representative.email, "password": PASSWORD})
    kept = text_of(client.get(reverse("kept_form")))
    assert "godzina pisania" in kept
    assert address("offer_section", offer, "task") in kept


def test_comments_of_the_team(ngo, offer):
    where = address("offer_comment", offer, "task")
    ngo.post(where, {"text": "Dopisz cel"})
    comment = offer.comments.get()
    assert "Dopisz cel" in text_of(ngo.get(address("offer_section", offer, "task")))
    ngo.post(where, {"resolve": comment.pk})
    comment.refresh_from_db()
    assert comment.resolved_at == now()


# --- files ----------------------------------------------------------------------------------------


def test_files_are_added_and_removed(ngo, offer):
    where = address("offer_annexes", offer)
    ngo.post(where, {"act": "add", "title": "Statut", "upload": documents.upload("statut.pdf")})
    file = Attachment.objects.of(offer).get()
    assert "Statut" in text_of(ngo.get(where))
    ngo.post(where, {"act": f"remove:{file.pk}"})
    assert not Attachment.objects.of(offer).current().exists()


def test_a_scan_of_40_mb_is_refused_with_advice(ngo, offer, settings):
    settings.UPLOAD_MAX_BYTES = 2000
    scan = documents.upload("skan.pdf", b"%PDF-1.4" + b"x" * 4000)
    page = ngo.post(address("offer_annexes", offer), {"act": "add", "title": "Skan", "upload": scan})
    assert "Zmniejsz go do" in text_of(page)
    assert 'value="Skan"' in text_of(page)


# --- filing ---------------------------------------------------------------------------------------


def file_it(client, offer, **changes):
    seen = actions.draft_checksum(made.fresh(offer))
    return client.post(
        address("offer_file", offer), {"statement": list(made.STATEMENTS), "seen": seen, **changes}
    )


def test_the_check_page_shows_the_whole_offer_and_one_button(ngo, offer):
    page = text_of(ngo.get(address("offer_check", offer)))
    for words in (
        "Zajęcia ruchowe",
        "Instruktorka",
        "Suma wszystkich kosztów",
        "10 000,00 zł",
        "Złóż ofertę",
    ):
        assert words in page


@pytest.mark.rule("R-CALL-21", "R-CALL-22")
def test_filed_with_a_receipt_and_once(ngo, offer):
    answer = file_it(ngo, offer)
    assert answer.headers["Location"] == address("offer_receipt", offer)
    page = text_of(ngo.get(answer.headers["Location"]))
    filed = made.fresh(offer)
    version = filed.versions.get()
    for words in (filed.number, version.checksum, "10 czerwca 2026, godz. 12:00:00 (CEST)"):
        assert words in page
    assert file_it(ngo, offer).headers["Location"] == address("offer_receipt", offer)
    assert filed.versions.count() == 1


def test_statements_are_all_made_or_the_offer_stays(ngo, offer):
    page = file_it(ngo, offer, statement=["truth"])
    assert page.status_code == 409
    assert "Oferta NIE jest złożona" in text_of(page)
    assert 'id="st-truth" name="statement" value="truth" checked' in text_of(page)
    assert made.fresh(offer).state == OfferState.DRAFT


@pytest.mark.rule("R-CALL-22")
def test_the_late_one_is_told_when_it_came_and_keeps_the_text(ngo, offer, call, frozen, representative):
    frozen.move_to(call.closes_at)
    ngo.force_login(representative)
    page = file_it(ngo, offer)
    assert page.status_code == 409
    assert "Oferta nie jest złożona" in text_of(page)
    assert "godz. 12:01:00" in text_of(page)
    assert made.fresh(offer).sections.get(key="task").content["title"]


@pytest.mark.rule("R-CALL-22")
def test_the_stamp_of_the_edge_decides(ngo, offer, call, frozen, settings, representative):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    frozen.move_to(call.closes_at + timedelta(seconds=20))
    ngo.force_login(representative)
    stamp = f"t={(call.closes_at - timedelta(milliseconds=1)).timestamp():.3f}"
    seen = actions.draft_checksum(made.fresh(offer))
    data = {"statement": list(made.STATEMENTS), "seen": seen}
    ngo.post(address("offer_file", offer), data, headers={"X-Request-Start": stamp})
    filed = made.fresh(offer)
    assert filed.is_filed
    assert filed.filed_at == call.closes_at - timedelta(milliseconds=1)


def test_withdrawn_by_its_page(ngo, offer):
    file_it(ngo, offer)
    assert ngo.get(address("offer_withdraw", offer)).status_code == 200
    ngo.post(address("offer_withdraw", offer))
    assert made.fresh(offer).state == OfferState.WITHDRAWN
    assert "wycofana" in text_of(ngo.get(address("offer_receipt", offer)))


def test_a_copy_for_another_call(ngo, offer, organization):
    other = calls.open_call()
    answer = ngo.post(address("offer_copy", offer), {"call": other.pk})
    assert answer.headers["Location"] == organization.call_offers.get(call=other).get_absolute_url()


# --- partners -------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-19")
def test_a_partner_is_invited_answers_and_leaves(ngo, client, offer):
    partner = registry.verified("Klub Zabłocie")
    boss = registry.member(partner)
    where = address("offer_partners", offer)
    ngo.post(where, {"act": "invite", "number": partner.krs, "may_edit": "on"})
    invited = offer.partners.get()
    client.force_login(boss)
    assert "Potwierdź udział" in text_of(client.get(where))
    assert client.get(address("offer_section", offer, "task")).status_code == 302
    client.post(where, {"act": f"accept:{invited.pk}"})
    assert client.get(address("offer_section", offer, "task")).status_code == 200
    client.post(where, {"act": f"leave:{invited.pk}", "reason": "brak czasu"})
    assert client.get(where).status_code == 404


def test_an_unknown_partner_is_told_kindly(ngo, offer):
    page = text_of(ngo.post(address("offer_partners", offer), {"act": "invite", "number": "Nieznana"}))
    assert "nie ma takiej organizacji w bazie" in page
    assert 'value="Nieznana"' in page


# --- doors ----------------------------------------------------------------------------------------

ADDRESSES = [
    ("get", "offer", ()), ("get", "offer_section", ("task",)), ("post", "offer_section", ("task",)),
    ("post", "offer_autosave", ("task",)), ("post", "offer_comment", ("task",)), ("post", "offer_conflict", (1,)),
    ("get", "offer_annexes", ()), ("post", "offer_annexes", ()), ("get", "offer_partners", ()),
    ("post", "offer_partners", ()), ("get", "offer_check", ()), ("post", "offer_file", ()),
    ("get", "offer_receipt", ()), ("get", "offer_withdraw", ()), ("post", "offer_withdraw", ()), ("get", "offer_copy", ()),
]  # fmt: skip


@pytest.mark.parametrize("is_filed", [False, True])
@pytest.mark.parametrize(("method", "name", "more"), ADDRESSES)
def test_others_find_nothing_at_any_address(client, offer, manager, stranger, method, name, more, is_filed):
    if is_filed:
        made.file(offer)
    rival = registry.member(registry.verified())
    for person in (manager, stranger, rival, UserFactory()):
        client.force_login(person)
        assert getattr(client, method)(address(name, offer, *more)).status_code == 404, person
    client.logout()
    assert getattr(client, method)(address(name, offer, *more)).status_code == 302


def test_files_of_an_offer_are_fetched_by_the_team_and_later_by_the_unit(
    client, offer, manager, stranger, representative
):
    actions.add_annex(offer, documents.upload("statut.pdf"), title="Statut", by=representative, at=now())
    file = Attachment.objects.of(offer).get()
    rival = registry.member(registry.verified())

    def answers() -> list[int]:
        found = []
        for person in (representative, manager, stranger, rival):
            client.force_login(person)
            response = client.get(file.get_absolute_url())
            if response.streaming:
                b"".join(response.streaming_content)
            found.append(response.status_code)
        return found

    assert answers() == [200, 404, 404, 404]
    made.file(offer)
    assert answers() == [200, 200, 404, 404]


def test_a_strange_step_does_not_exist(ngo, offer):
    assert ngo.get(address("offer_section", offer, "niema")).status_code == 404
    assert ngo.post(address("offer_conflict", offer, 999)).status_code == 404
