"""Finding: the fit check, saved searches, what was paid before, questions."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from competitions import actions
from competitions.filters import calls_of
from competitions.models import SavedSearch
from competitions.tasks import tell_saved_searches
from core.common.clock import at_local, now
from core.legal.rules import LawBreached
from core.notifications import preferences
from core.notifications.models import OutboxMail
from tests.factories import competitions as make
from tests.factories.accounts import UserFactory
from tests.factories.city import SphereFactory

from .entering import text

pytestmark = pytest.mark.django_db
FIT, SEARCHES = "/konkursy/sprawdz/", "/konkursy/wyszukiwania/"


# --- the fit check --------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-03")
def test_the_check_says_what_suits_and_what_lacks_and_stores_nothing(client, frozen):
    sphere, other = SphereFactory(), SphereFactory()
    fits = make.open_call(title="Pasuje nam", spheres=[sphere])
    lacks = make.open_call(title="Nie pasuje nam", spheres=[other])
    make.entry(title="Planowany dla nas", month="2026-11")

    page = client.get(FIT, {"sfera": [sphere.statutory_no], "kwota": "20 000", "wklad": "12,5"})

    assert [match.call for match in page.context["suitable"]] == [fits]
    assert [match.call for match in page.context["others"]] == [lacks]
    assert "Kwota, której potrzebujecie, mieści się w limitach." in text(page)
    assert not SavedSearch.objects.exists()
    assert not client.session.keys()


def test_wrong_answers_are_named_and_an_empty_check_only_asks(client, frozen):
    make.open_call()
    assert "Pasują teraz" not in text(client.get(FIT))
    page = client.get(FIT, {"kwota": "dużo", "wklad": "200", "sfera": "999"})
    assert "wpisz kwotę w złotych" in text(page)
    assert "Pasują teraz" not in text(page)


def test_the_check_costs_the_same_with_many_calls(client, frozen, django_assert_max_num_queries):
    for _n in range(12):
        make.open_call()
        make.entry(month="2026-11")
    with django_assert_max_num_queries(10):
        client.get(FIT, {"kwota": "20000"})


# --- saved searches -------------------------------------------------------------------------------


@pytest.fixture
def person(client):
    user = UserFactory(email="szuka@example.org")
    client.force_login(user)
    return user


def save(client, query: str = "q=skoki", **data):
    return client.post(f"{SEARCHES}zapisz/?{query}", {"name": "Skoki", "alert": "now", **data})


def letters(user) -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(to=user.email).order_by("pk"))


def test_a_search_is_saved_from_the_list_and_told_at_once(client, person, frozen):
    make.open_call(title="Stare skoki")
    assert "zapisz/?q=skoki" in text(client.get("/konkursy/?q=skoki"))
    assert save(client, "q=skoki&page=2&zle=1").status_code == 302
    assert SavedSearch.objects.get().query == "q=skoki"
    frozen.shift(60)
    new = make.open_call(title="Nowe skoki w parku")
    make.open_call(title="Coś innego")
    frozen.shift(600)

    tell_saved_searches()
    tell_saved_searches()

    (letter,) = letters(person)
    assert letter.subject == "Nowy konkurs: Nowe skoki w parku"
    assert new.get_absolute_url() in letter.text
    assert "Stare skoki" not in letter.text
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_weekly_search_writes_on_monday_morning(client, person, frozen):
    save(client, alert="weekly")
    frozen.shift(60)
    make.open_call(title="Skoki pierwsze")
    make.open_call(title="Skoki drugie")
    frozen.shift(timedelta(days=2))
    tell_saved_searches()
    assert letters(person) == []
    frozen.move_to(at_local(date(2026, 6, 15), time(8)))  # Monday

    tell_saved_searches()

    (letter,) = letters(person)
    assert letter.subject == "Nowe konkursy (2): Skoki"


def test_one_click_stops_a_search_without_logging_in(client, person, frozen):
    save(client)
    search = SavedSearch.objects.get()
    client.logout()
    address = f"{SEARCHES}stop/{search.token}/"
    assert "Zatrzymać wiadomości?" in text(client.get(address))
    search.refresh_from_db()
    assert search.is_active
    assert "Już nie piszemy" in text(client.post(address, {"List-Unsubscribe": "One-Click"}))
    search.refresh_from_db()
    assert not search.is_active
    assert client.post(f"{SEARCHES}stop/1:forged/").status_code == 404


def test_muted_people_get_no_letter_and_lose_no_search(client, person, frozen):
    save(client, "")
    preferences.mute(person, "call_search")
    frozen.shift(60)
    make.open_call()
    frozen.shift(600)
    tell_saved_searches()
    assert letters(person) == []
    assert SavedSearch.objects.count() == 1


def test_ones_searches_are_changed_and_deleted_by_oneself_only(client, person, frozen):
    save(client)
    search = SavedSearch.objects.get()
    address = f"{SEARCHES}{search.pk}/"
    client.post(address, {"name": "Inna nazwa", "alert": "weekly", "is_active": ""})
    search.refresh_from_db()
    assert (search.name, search.alert, search.is_active) == ("Inna nazwa", "weekly", False)
    client.post(address, {"name": "Inna nazwa", "alert": "now", "is_active": "on"})
    search.refresh_from_db()
    assert search.is_active
    assert search.told_until == now()
    client.force_login(UserFactory())
    assert client.get(address).status_code == 404
    assert "Inna nazwa" not in text(client.get(SEARCHES))
    client.force_login(person)
    client.post(address, {"delete": "1"})
    assert not SavedSearch.objects.exists()


def test_twenty_searches_are_enough(person, frozen):
    for number in range(20):
        actions.save_search(user=person, name=str(number), query="", alert="now", at=now())
    with pytest.raises(LawBreached):
        actions.save_search(user=person, name="21", query="", alert="now", at=now())


def test_strangers_are_asked_to_log_in(client, db):
    assert client.get(SEARCHES).status_code == 302
    assert client.get(f"{SEARCHES}zapisz/").status_code == 302


def test_filters_of_an_address_find_the_same_calls_as_the_list(frozen):
    call = make.open_call(title="Zajęcia w parku", max_grant=Decimal(30000))
    make.open_call(title="Zajęcia w parku", max_grant=Decimal(9000))
    assert list(calls_of("q=park&kwota_od=20000")) == [call]
    assert calls_of("kwota_od=źle").count() == 2


# --- what was paid --------------------------------------------------------------------------------


def test_what_the_city_paid_is_shown_by_year_and_as_a_file(client, frozen):
    call = make.settled_call(title="Ruch seniorów w parku")
    make.decided_call(title="Ruch tajny")  # decided, not published
    page = client.get("/konkursy/wydatki/", {"q": "ruch"})
    assert "25 000 zł" in text(page)
    assert "Fundacja Próbna" in text(page)
    assert "Ruch tajny" not in text(page)
    assert '<rect class="yc-b"' in text(page)
    file = b"".join(client.get("/konkursy/wydatki/?format=csv")).decode("utf-8-sig")
    assert "Fundacja Próbna" in file
    assert call.title in file
    assert client.get("/konkursy/wydatki/", {"sfera": "brak", "jednostka": "x"}).status_code == 200


def test_similar_calls_with_what_they_paid(client, frozen, unit):
    old = make.settled_call(unit=unit, title="Zajęcia ruchowe seniorów 2025")
    new = make.open_call(unit=unit, title="Zajęcia ruchowe seniorów 2026")
    make.open_call(title="Schronisko dla zwierząt")
    page = client.get(f"{new.get_absolute_url()}podobne/")
    assert list(page.context["alike"]) == [old]
    assert "25 000 zł" in text(page)


@pytest.mark.rule("R-CALL-12")
def test_a_copy_names_what_the_last_edition_gave(frozen):
    copy = actions.copy_call(make.settled_call(), by=None, at=now())
    assert [row.amount for row in copy.prior_funding.all()] == [Decimal("25000.00")]


# --- questions ------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-17")
def test_answers_are_searched_without_accents_and_never_name_the_asker(client, follower, frozen):
    call = make.open_call()
    for question, answer in (
        ("Czy można kupić łódź?", "Nie."),
        ("Czy jest drugi termin?", "Tak, we wrześniu."),
    ):
        asked = actions.ask_question(call, text=question, by=follower, at=now())
        actions.answer_question(asked, answer=answer, by=None, at=now())
    page = text(client.get(f"{call.get_absolute_url()}?pytanie=lodz"))
    assert "Czy można kupić łódź?" in page
    assert "drugi termin" not in page
    assert "w ciągu 3 dni roboczych" in page
    assert follower.email not in page
