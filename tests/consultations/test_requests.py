"""Asking for a consultation: writing, supporting once, thresholds, the public answer, forgetting."""

import re
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from consultations import actions, law
from consultations.actions.supports import carry_supports
from consultations.enums import Initiator, RequestState, State
from consultations.models import ConsultationRequest, RequestSupport
from consultations.tasks import follow_the_clock, forget_supporters
from consultations.views.requests import gates_of
from core.accounts.roles import Role
from core.city.models import District
from core.common import formats
from core.common.antispam import stamp
from core.common.clock import now
from core.legal.models import LegalParameter
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.models import OutboxMail
from tests.factories import consultations as make
from tests.factories import organizations
from tests.factories.accounts import UserFactory, official, unit

pytestmark = pytest.mark.django_db

ANSWER = "Przeprowadzimy konsultacje jesienią, po sesji budżetowej rady miasta."
LIST, NEW = "/konsultacje/wnioski/", "/konsultacje/wniosek/"


@pytest.fixture
def low(frozen):
    """Thresholds that a test can reach."""
    for code, value in (("residents", 2), ("district", 2), ("ngos", 2)):
        LegalParameter.objects.filter(code=f"consultation_request_{code}").update(value=value)


@pytest.fixture
def author(frozen):
    return UserFactory(full_name="Zenobia Sekretna", email="zenobia@prywatny.example")


def draft(author, **fields) -> ConsultationRequest:
    values = {
        "title": "Skwer przy ulicy Próbnej",
        "subject": "Co ma być na skwerze?",
        "reason": "Skwer jest zaniedbany.",
        "initiator": Initiator.RESIDENTS,
        "is_citywide": True,
        **fields,
    }
    return actions.save_request(ConsultationRequest(**values), districts=[], by=author, at=now())


def collecting(author, **fields) -> ConsultationRequest:
    made = actions.send_request(draft(author, **fields), by=author, at=now())
    return actions.admit_request(made, by=None, at=now())


def district(number: int = 1) -> District:
    return District.objects.get_or_create(
        number=number, defaults={"name": f"Dzielnica {number}", "full_name": f"Dzielnica {number}"}
    )[0]


def ask(request, email: str = "jan@example.org", **fields) -> None:
    values = {"name": "Jan Lis", "email": email, "district": district(), "wants_answer": True, **fields}
    actions.ask_support(request, **values, at=now())


def link_in_last_letter() -> str:
    return re.search(r"/konsultacje/wniosek/poparcie/([^/\s]+)/", OutboxMail.objects.latest("pk").text)[1]


def support(request, email: str) -> RequestSupport | None:
    ask(request, email)
    return actions.confirm_support(link_in_last_letter(), at=now())


def submitted(author, **fields) -> ConsultationRequest:
    made = collecting(author, **fields)
    for n in range(made.threshold):
        support(made, f"osoba{n}@example.org")
    made.refresh_from_db()
    return made


def page_of(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u2060", "")


# --- law ----------------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-02")
@pytest.mark.parametrize(
    ("initiator", "is_citywide", "needed"),
    [
        (Initiator.RESIDENTS, True, 200),
        (Initiator.RESIDENTS, False, 100),
        (Initiator.NGO, True, 10),
        (Initiator.DISTRICT_COUNCIL, False, 0),
    ],
)
def test_how_many_voices_a_request_needs(initiator, is_citywide, needed):
    assert law.threshold(initiator, is_citywide=is_citywide, parameters=law.RequestParameters()) == needed


@pytest.mark.rule("R-CNS-02")
def test_the_clock_of_a_request():
    assert law.last_day_of_support(date(2026, 3, 1), collect_days=90) == date(2026, 5, 30)
    assert law.answer_due(date(2026, 3, 1), answer_days=30) == date(2026, 3, 31)
    assert law.answer_due(date(2026, 4, 3), answer_days=30) == date(
        2026, 5, 4
    )  # 3 May is a Sunday and a holiday


@pytest.mark.rule("R-CNS-02")
def test_what_a_request_lacks_is_named():
    facts = law.RequestFacts(Initiator.NGO, has_text=False, has_territory=False, has_author=False)

    assert [breach.field for breach in law.request_breaches(facts)] == ["title", "districts", "initiator"]
    assert law.request_breaches(law.RequestFacts(Initiator.RESIDENTS)) == []
    assert "jeszcze 3" in str(law.support_breaches(law.RequestFacts("", supports=7, threshold=10))[0].message)
    assert law.support_breaches(law.RequestFacts("", supports=10, threshold=10)) == []


@pytest.mark.rule("R-CNS-02")
def test_an_answer_says_something_and_a_unit_gives_it():
    assert law.answered_breaches(law.RequestFacts("", answer="Nie.", reason_length=20))
    assert law.answered_breaches(law.RequestFacts("", answer=ANSWER, reason_length=500))
    assert not law.answered_breaches(law.RequestFacts("", answer=ANSWER, reason_length=20))
    assert law.review_breaches(law.RequestFacts(""))
    assert not law.review_breaches(law.RequestFacts("", unit_id=1))
    assert (
        law.initiator_name(Initiator.RESIDENTS, organisation="", district="")
        == "grupa mieszkanek i mieszkańców"
    )


@pytest.mark.rule("R-WEB-11")
def test_the_day_before_which_supporters_are_forgotten():
    assert law.supports_forgotten_before(date(2027, 3, 31), months=12) == date(2026, 3, 28)
    assert law.supports_forgotten_before(date(2027, 1, 5), months=1) == date(2026, 12, 5)


# --- the whole course ---------------------------------------------------------------------------------


def test_from_the_draft_to_the_consultation(low, author):
    made = submitted(author)
    assert (made.state, made.submitted_on) == (RequestState.SUBMITTED, now().date())
    assert made.answer_due == made.submitted_on + timedelta(days=30)
    own = unit("Wydział Własny")
    manager = make.manager(own)

    with pytest.raises(LawBreached, match="Jednostka"):
        actions.start_review(made, by=None, at=now())
    actions.save_answer(made, answer="Za krótko", unit=own, by=manager, at=now())
    actions.start_review(made, by=manager, at=now())
    with pytest.raises(LawBreached, match="uzasadnij"):
        actions.accept_request(made, by=manager, at=now())
    assert ANSWER not in page_of(Client().get(made.get_absolute_url()))
    actions.save_answer(made, answer=ANSWER, unit=own, by=manager, at=now())
    actions.accept_request(made, by=manager, at=now())
    assert ANSWER in page_of(Client().get(made.get_absolute_url()))

    opened = actions.open_consultation(made, by=manager, at=now())
    assert (opened.consultation.state, opened.consultation.title) == (State.DRAFT, made.title)
    letters = OutboxMail.objects.filter(text__contains=ANSWER)
    assert {letter.to for letter in letters} == {author.email, "osoba0@example.org", "osoba1@example.org"}


def test_a_refusal_is_public_with_its_reason(low, author):
    made = submitted(author)
    own = unit("Wydział Własny")
    actions.save_answer(made, answer=ANSWER, unit=own, by=None, at=now())
    actions.start_review(made, by=None, at=now())
    actions.refuse_request(made, by=None, at=now())

    page = page_of(Client().get(made.get_absolute_url()))

    assert "odmowa" in page
    assert ANSWER in page
    with pytest.raises(LawBreached):
        actions.save_answer(made, answer="Inaczej.", unit=own, by=None, at=now())


def test_a_request_of_a_district_council_needs_no_support(frozen, author):
    made = collecting(author, initiator=Initiator.DISTRICT_COUNCIL, district_council=district(8))

    made.refresh_from_db()
    assert made.state == RequestState.SUBMITTED
    assert "Rada Dzielnicy 8" in page_of(Client().get(made.get_absolute_url()))


def test_a_returned_request_tells_why_and_can_be_sent_again(frozen, author):
    made = actions.send_request(draft(author), by=author, at=now())
    actions.return_request(made, by=None, at=now(), reason="Usuń nazwisko sąsiada.")
    client = Client()
    client.force_login(author)

    assert "Usuń nazwisko sąsiada." in page_of(client.get(made.get_absolute_url()))
    assert "Usuń nazwisko sąsiada." in OutboxMail.objects.latest("pk").text
    actions.send_request(made, by=author, at=now())
    with pytest.raises(LawBreached, match="w urzędzie"):
        actions.save_request(made, districts=[], by=author, at=now())


def test_the_clock_ends_collecting(frozen, author):
    made = collecting(author)
    frozen.shift(timedelta(days=91))

    assert follow_the_clock() == 1
    made.refresh_from_db()
    assert made.state == RequestState.EXPIRED
    assert "nie zebrał" in OutboxMail.objects.latest("pk").subject
    with pytest.raises(LawBreached):
        ask(made)


def test_a_withdrawn_request_stays_to_be_seen_and_supporters_are_told(low, author):
    made = collecting(author)
    support(made, "jan@example.org")
    actions.save_answer(made, answer="Brudnopis urzędu.", unit=unit("Jednostka"), by=None, at=now())
    never_shown = draft(author)

    for request in (made, never_shown):
        actions.withdraw_request(request, by=author, at=now())

    mail = OutboxMail.objects.get(subject__startswith="Wycofano wniosek")
    assert mail.to == "jan@example.org"
    assert made.get_absolute_url() in mail.text
    page, file = (Client().get(address) for address in (made.get_absolute_url(), f"{LIST}?format=csv"))
    assert "wycofany" in page_of(page)
    assert "Odpowiedź miasta" not in page_of(page)
    assert "Brudnopis" not in b"".join(file.streaming_content).decode()
    assert Client().get(never_shown.get_absolute_url()).status_code == 404


# --- support ------------------------------------------------------------------------------------------


def test_one_address_is_one_voice_however_it_is_written(low, author):
    made = collecting(author)

    assert support(made, "Jan@Example.org") is not None
    letters = OutboxMail.objects.count()
    ask(made, "jan@example.org ")

    assert OutboxMail.objects.count() == letters
    assert made.confirmed_count() == 1


def test_a_voice_counts_only_after_the_confirmation_and_the_link_dies(low, author, frozen):
    made = collecting(author)
    ask(made)
    token = link_in_last_letter()

    assert made.confirmed_count() == 0
    assert actions.confirm_support("nieprawdziwy", at=now()) is None
    frozen.shift(timedelta(days=8))
    assert actions.confirm_support(token, at=now()) is None
    ask(made)
    again = link_in_last_letter()
    assert actions.confirm_support(again, at=now()) is not None
    assert actions.confirm_support(again, at=now()) is None
    assert made.confirmed_count() == 1


def test_organisations_support_what_organisations_ask(low, author):
    first, second = organizations.verified(), organizations.verified()
    made = collecting(author, initiator=Initiator.NGO, organization=first)

    assert made.confirmed_count() == 1
    with pytest.raises(LawBreached, match="organizacje, a nie osoby"):
        ask(made)
    actions.support_as_organization(made, first, by=author, at=now())
    assert made.confirmed_count() == 1
    actions.support_as_organization(made, second, by=author, at=now())
    made.refresh_from_db()
    assert made.state == RequestState.SUBMITTED
    assert first.name in page_of(Client().get(made.get_absolute_url()))


def test_merged_organisations_keep_one_voice(low, author):
    old, new = organizations.verified(), organizations.verified()
    LegalParameter.objects.filter(code="consultation_request_ngos").update(value=9)
    both = collecting(author, initiator=Initiator.NGO, organization=old)
    actions.support_as_organization(both, new, by=author, at=now())

    carry_supports(old, new, now())

    assert both.confirmed_count() == 1


# --- people ------------------------------------------------------------------------------------------


def test_nobody_learns_who_wrote_or_supported(low, author):
    made = submitted(author)
    client = Client()

    for address in (
        made.get_absolute_url(),
        LIST,
        f"{LIST}?format=csv",
        f"{LIST}?format=json",
        f"{LIST}?format=rss",
    ):
        response = client.get(address)
        said = (b"".join(response.streaming_content) if response.streaming else response.content).decode()
        for secret in ("Sekretna", "prywatny.example", "osoba0", "Jan Lis"):
            assert secret not in said, address
        assert made.title in said


def test_supporters_are_forgotten_a_year_after_the_matter(low, author, frozen):
    made = submitted(author)
    own = unit("Wydział Własny")
    actions.save_answer(made, answer=ANSWER, unit=own, by=None, at=now())
    actions.start_review(made, by=None, at=now())
    actions.refuse_request(made, by=None, at=now())
    other = collecting(author, title="Inny wniosek")
    ask(other, "niepotwierdzony@example.org")

    frozen.shift(timedelta(days=300))
    forget_supporters()
    assert not RequestSupport.objects.filter(request=other).exists()
    assert made.supports.exclude(email="").count() == 2

    frozen.shift(timedelta(days=100))
    forget_supporters()
    assert not made.supports.exclude(email="", name="", email_hash="").exists()
    made.refresh_from_db()
    assert (made.supports_total, made.confirmed_count()) == (2, 2)


def test_another_persons_draft_is_not_there(frozen, author):
    made, client = draft(author), Client()
    assert client.get(made.get_absolute_url()).status_code == 404
    client.force_login(UserFactory())

    assert client.get(made.get_absolute_url()).status_code == 404
    assert client.get(reverse("consultations:edit_request", args=[made.pk])).status_code == 404
    assert client.post(reverse("consultations:withdraw_request", args=[made.pk])).status_code == 404
    with pytest.raises(MoveRefused):
        actions.send_request(made, by=UserFactory(), at=now())


def test_one_person_has_at_most_three_requests_under_way(frozen, author):
    for number in range(3):
        draft(author, title=f"Skwer {number}")

    with pytest.raises(LawBreached, match="3 wnioski w toku"):
        draft(author, title="Skwer 4")


def test_a_request_that_cannot_be_sent_is_not_kept_either(frozen, author):
    request = ConsultationRequest(title="Skwer", initiator=Initiator.RESIDENTS, is_citywide=True)

    with pytest.raises(LawBreached):
        actions.save_and_send(request, districts=[], by=author, at=now())

    assert not ConsultationRequest.objects.exists()


# --- pages ------------------------------------------------------------------------------------------


def form_data(**changes) -> dict:
    return {
        "title": "Skwer przy Próbnej",
        "subject": "Co ma być na skwerze?",
        "reason": "Jest zaniedbany.",
        "wanted_forms": "",
        "is_citywide": "on",
        "initiator": "residents",
        "district_council": "",
        **changes,
    }


def test_a_resident_writes_sends_and_a_neighbour_supports(low, author):
    client = Client()
    assert "Zaloguj się i napisz wniosek" in page_of(client.get(NEW))
    client.force_login(author)
    assert client.get(NEW).status_code == 200

    wrong = client.post(NEW, form_data(is_citywide="", title="", send="1"))
    assert "zaznacz całe miasto albo wybierz" in page_of(wrong)
    assert "Jest zaniedbany." in page_of(wrong)
    client.post(NEW, form_data(keep="1"))
    made = ConsultationRequest.objects.get()
    assert made.state == RequestState.DRAFT
    client.post(reverse("consultations:edit_request", args=[made.pk]), form_data(title="Skwer", send="1"))
    made.refresh_from_db()
    assert (made.state, made.title) == (RequestState.CHECK, "Skwer")
    actions.admit_request(made, by=None, at=now())

    neighbour = Client()
    address = reverse("consultations:support", args=[made.pk])
    assert neighbour.get(address).status_code == 200
    frozen_stamp = stamp()
    data = {
        "name": "Jan Lis",
        "email": "jan@example.org",
        "district": str(district().number),
        "shown_at": frozen_stamp,
    }
    assert "odczekaj" in page_of(neighbour.post(address, data))


@pytest.mark.parametrize("button", ["send", "keep"])
def test_a_second_click_writes_no_second_request(frozen, author, button):
    client = Client()
    client.force_login(author)

    first, second = (client.post(NEW, form_data(**{button: "1"})) for _click in range(2))

    made = ConsultationRequest.objects.get()
    assert first.url == second.url == made.get_absolute_url()
    assert made.state == (RequestState.CHECK if button == "send" else RequestState.DRAFT)
    assert OutboxMail.objects.count() == (button == "send")
    frozen.shift(timedelta(minutes=2))
    client.post(NEW, form_data(keep="1"))
    assert ConsultationRequest.objects.count() == 2


def test_a_voice_through_the_pages(low, author, frozen):
    made, neighbour = collecting(author), Client()
    address = reverse("consultations:support", args=[made.pk])
    data = {
        "name": "Jan Lis",
        "email": "jan@example.org",
        "district": str(district().number),
        "shown_at": stamp(),
    }
    frozen.shift(timedelta(seconds=10))

    sent = neighbour.post(address, data)
    assert sent.url == reverse("consultations:support_asked", args=[made.pk])
    assert "Sprawdź pocztę" in page_of(neighbour.get(sent.url))
    link = reverse("consultations:confirm_support", args=[link_in_last_letter()])
    assert "Potwierdzam poparcie" in page_of(neighbour.get(link))
    assert made.confirmed_count() == 0
    assert "Twój głos jest policzony" in page_of(neighbour.post(link, follow=True))
    assert neighbour.get(link).status_code == 404
    assert "jan@example.org" not in link


def test_pages_and_letters_name_the_periods_the_city_has_set(low, author):
    made = collecting(author)
    for code, value in (("request_support_confirmation", 3), ("request_support_retention_months", 5)):
        LegalParameter.objects.filter(code=code).update(value=value)
    cache.clear()

    ask(made)
    asked = Client().get(reverse("consultations:support_asked", args=[made.pk]))
    clause = Client().get(reverse("consultations:support", args=[made.pk]))

    assert "Link działa 3 dni." in OutboxMail.objects.latest("pk").text.replace("\u00a0", " ")
    assert "Link działa 3 dni." in page_of(asked)
    assert "Usuniemy je 5 miesięcy po zakończeniu sprawy." in page_of(clause)


def test_a_local_matter_is_supported_by_those_who_live_there(low, author):
    made = draft(author, is_citywide=False)
    here, elsewhere = district(3), district(9)
    made.districts.set([here])
    made = actions.admit_request(actions.send_request(made, by=author, at=now()), by=None, at=now())

    page = page_of(Client().get(reverse("consultations:support", args=[made.pk])))

    assert str(here) in page
    assert str(elsewhere) not in page
    assert made.threshold == 2


def test_the_desk_checks_assigns_answers_and_prepares(low, author):
    made = actions.send_request(draft(author), by=author, at=now())
    own = unit("Wydział Własny")
    coordinator, manager = Client(), Client()
    coordinator.force_login(official(Role.COORDINATOR))
    manager.force_login(make.manager(own))
    change = reverse("admin:consultations_consultationrequest_change", args=[made.pk])

    def move(client, to, **data):
        return client.post(reverse("admin:consultations_consultationrequest_move", args=[made.pk, to]), data)

    assert "Skwer przy ulicy Próbnej" in page_of(coordinator.get(change))
    assert manager.get(change).status_code == 302
    move(coordinator, "collecting")
    for n in range(2):
        support(made, f"osoba{n}@example.org")
    assert "has-err" in page_of(move(coordinator, "review", unit=""))
    move(coordinator, "review", unit=str(own.pk))
    page = page_of(manager.get(change))
    assert "2 / 2" in page
    assert "osoba0" not in page
    manager.post(change, {"unit": str(own.pk), "answer": "Odmawiamy, bo brakuje pieniędzy w budżecie."})
    step = reverse("admin:consultations_consultationrequest_move", args=[made.pk, "accepted"])
    assert "Odmawiamy, bo brakuje pieniędzy w budżecie." in page_of(manager.get(step)), "what would go out"
    assert "co najmniej" in page_of(move(manager, "accepted", answer="Tak."))
    move(manager, "accepted", answer=ANSWER)
    move(manager, "opened")
    made.refresh_from_db()
    assert (made.state, made.consultation.unit) == (RequestState.OPENED, own)
    assert ANSWER in page_of(manager.get(change))


def test_pages_ask_as_many_queries_for_many_as_for_one(frozen, author, django_assert_max_num_queries):
    for _ in range(6):
        collecting(UserFactory(), initiator=Initiator.NGO, organization=organizations.verified())
    made, client = ConsultationRequest.objects.first(), Client()

    for address in (LIST, made.get_absolute_url(), NEW):
        client.get(address)
        with django_assert_max_num_queries(8):
            assert client.get(address).status_code == 200


# --- where it stands ------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-02")
def test_the_gates_tell_what_has_happened_and_nothing_ahead_of_it(client, low, author):
    made = collecting(author)
    assert [gate.status for gate in gates_of(made)] == ["done", "now", "next", "next"]
    assert "Zbiera poparcie do" in page_of(client.get(made.get_absolute_url()))

    for n in range(made.threshold):
        support(made, f"osoba{n}@example.org")
    made.refresh_from_db()

    gates = gates_of(made)
    assert (gates[1].status, gates[1].when) == ("done", formats.day(made.submitted_on))
    assert "Zbiera poparcie do" not in page_of(client.get(made.get_absolute_url()))
    made.state, made.consultation = RequestState.OPENED, make.consultation(State.ANNOUNCED)
    assert gates_of(made)[3].status == "next"
    made.consultation = make.consultation(State.ANALYSIS)
    assert gates_of(made)[3].status == "done"


def test_only_gates_that_a_request_goes_through_are_shown(low, author):
    council = draft(author, initiator=Initiator.DISTRICT_COUNCIL, district_council=district())
    assert "Zbieranie poparcia" not in [gate.name for gate in gates_of(council)]
    ended = collecting(author)
    ended.state = RequestState.EXPIRED
    assert [gate.name for gate in gates_of(ended)] == ["Sprawdzenie", "Zbieranie poparcia"]
    ended.state = RequestState.WITHDRAWN
    assert gates_of(ended) == []


@pytest.mark.parametrize(
    ("query", "words"), [("?q=zzz", "Żaden wniosek nie pasuje"), ("", "Nie ma jeszcze wniosków")]
)
def test_an_empty_list_says_whether_filters_are_the_reason(client, frozen, query, words):
    assert words in page_of(client.get(LIST + query))
