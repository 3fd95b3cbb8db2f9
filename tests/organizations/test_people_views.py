"""Pages of an organisation's people: who sees what, what the buttons do, and what attackers get."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from core.accounts.roles import Role
from core.common.clock import now, today
from core.documents.models import Attachment
from core.notifications.models import OutboxMail
from organizations import actions
from organizations.actions import Changes
from organizations.enums import ActState, InvitationState, MandateRole, MandateState, State
from organizations.models import AccessEntry, Invitation, Mandate, Organization
from tests.factories import communication as news
from tests.factories import documents as papers
from tests.factories import organizations as make
from tests.factories.accounts import official

pytestmark = pytest.mark.django_db

EDITOR = MandateRole.NGO_EDITOR


def text(response) -> str:
    return response.content.decode().replace("\u00a0", " ")


def url(name: str, *args) -> str:
    return reverse(f"organizations:{name}", args=args)


def link_sent_to(email: str) -> str:
    letter = OutboxMail.objects.filter(to=email, kind="organization_invitation").latest("pk")
    return re.search(r"(/organizacje/zaproszenie/[\w-]+/)", letter.text)[1]


def login(client, person):
    client.force_login(person)
    return client


# --- claiming -----------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-19")
def test_the_claimer_sees_state_turn_and_clock(client, frozen):
    profile, person = make.verified("Fundacja Most"), make.person()
    login(client, person)
    page = client.get(url("claim", profile.slug))
    assert "17 czerwca 2026" in text(page)

    sent = client.post(
        url("claim", profile.slug),
        {"role": "ngo_representative", "evidence": "", "upload": papers.upload("odpis.pdf")},
    )
    mandate = Mandate.objects.get(user=person)
    assert sent.url == url("request", mandate.pk)
    assert "kolej na ruch: komórka koordynująca" in text(client.get(sent.url))
    actions.return_mandate(mandate, by=make.coordinator(), at=now(), reason="Odpis jest nieczytelny.")

    page = text(client.get(sent.url))
    assert "Odpis jest nieczytelny." in page
    assert "kolej na ruch: osoba, która prosi" in page
    client.post(sent.url, {"evidence": "nowy odpis"})
    mandate.refresh_from_db()
    assert (mandate.state, mandate.evidence) == (MandateState.REQUESTED, "nowy odpis")
    assert client.post(sent.url, {"evidence": "x"}).status_code == 404
    client.post(url("withdraw_request", mandate.pk))
    client.post(url("withdraw_request", mandate.pk))
    mandate.refresh_from_db()
    assert mandate.state == MandateState.WITHDRAWN


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"role": "ngo_editor", "evidence": " "}, "evidence"),
        ({"role": "szef", "evidence": "x"}, "role"),
        ({"evidence": "x"}, "role"),
    ],
)
def test_a_claim_that_lacks_something_says_so_beside_the_field(client, sent, field):
    profile = make.verified()
    login(client, make.person())

    assert field in client.post(url("claim", profile.slug), sent).context["form"].errors


def test_a_false_pdf_is_refused_with_the_reason_and_the_text_stays(client):
    profile = make.verified()
    login(client, make.person())
    sent = {"role": "ngo_editor", "evidence": "uchwała", "upload": papers.upload("odpis.pdf", b"MZ program")}

    page = client.post(url("claim", profile.slug), sent)

    assert page.context["form"].errors["upload"]
    assert "uchwała" in text(page)
    assert not Mandate.objects.asked().filter(organization=profile).exists()


# --- invitations ----------------------------------------------------------------------------------------------


def test_a_person_is_invited_logs_in_and_accepts(client):
    profile = make.verified("Fundacja Most")
    login(client, make.member(profile))
    sent = {"email": "Nowa@example.org", "role": "ngo_editor", "note": "Cześć"}
    assert client.post(url("invite", profile.slug), sent).url == url("people", profile.slug)
    again = client.post(url("invite", profile.slug), sent)
    assert "email" in again.context["form"].errors
    assert "nowa@example.org" in text(client.get(url("people", profile.slug)))
    link = link_sent_to("nowa@example.org")

    client.logout()
    page = client.get(link)
    assert "Załóż konto" in text(page)
    assert page.headers["Referrer-Policy"] == "same-origin"
    login(client, make.person())
    assert "inny adres" in text(client.get(link))
    assert "inny adres" in text(client.post(link, {"answer": "yes"}))
    login(client, make.person(email="nowa@example.org"))
    assert "Przyjmuję" in text(client.get(link))
    assert client.post(link, {"answer": "yes"}).url == profile.get_absolute_url()

    assert client.get(url("people", profile.slug)).status_code == 200
    assert client.get(link).status_code == 404


def test_a_person_without_an_account_makes_one_on_the_way(client, django_capture_on_commit_callbacks):
    profile = make.verified("Fundacja Most")
    actions.invite(
        profile, {"email": "nowa@example.org", "role": "ngo_editor"}, by=make.member(profile), at=now()
    )
    link = link_sent_to("nowa@example.org")
    form = {
        "full_name": "Nowa Osoba", "email": "nowa@example.org", "website": "", "next": link,
        "password1": "zielony rower w deszczu", "password2": "zielony rower w deszczu",
    }  # fmt: skip

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/konto/rejestracja/?next={link}", form)
    code = re.search(r"\b\w{3}-\w{3}-\w{3}\b", mail.outbox[-1].body)[0]
    answer = client.post(answer["Location"], {"code": code})

    assert answer["Location"] == link
    assert "Przyjmuję" in text(client.get(link))
    client.post(link, {"answer": "yes"})
    assert Mandate.objects.get(user__email="nowa@example.org").is_in_force


def test_the_page_of_an_invitation_does_not_tell_whether_there_is_an_account(client):
    profile = make.verified()
    boss = make.member(profile)
    make.person(email="jest@example.org")
    pages = []
    for email in ("jest@example.org", "niema@example.org"):
        values = {"email": email, "role": "ngo_editor"}
        actions.invite(profile, values, by=boss, at=now())
        link = link_sent_to(email)
        pages.append(
            re.sub(r'value="\w{64}"', "", text(client.get(link)).replace(link.split("/")[-2], "KLUCZ"))
        )

    assert pages[0] == pages[1]


def test_declining_is_one_button_and_an_old_link_is_gone(client, frozen):
    profile = make.verified()
    boss = make.member(profile)
    actions.invite(profile, {"email": "nowa@example.org", "role": "ngo_editor"}, by=boss, at=now())
    actions.invite(profile, {"email": "inna@example.org", "role": "ngo_editor"}, by=boss, at=now())
    login(client, make.person(email="nowa@example.org"))
    old = link_sent_to("inna@example.org")

    client.post(link_sent_to("nowa@example.org"), {"answer": "no"})

    assert Invitation.objects.get(email="nowa@example.org").state == InvitationState.DECLINED
    frozen.shift(timedelta(days=15))
    assert client.get(old).status_code == 410
    for token in ("zgadywany", "x" * 200):
        assert client.get(f"/organizacje/zaproszenie/{token}/").status_code == 404


def test_invitations_are_sent_again_and_taken_back_on_the_page_of_people(client):
    profile = make.verified()
    boss = make.member(profile)
    sent = actions.invite(profile, {"email": "nowa@example.org", "role": "ngo_editor"}, by=boss, at=now())
    old = link_sent_to("nowa@example.org")
    login(client, boss)

    client.post(url("manage_invitation", profile.slug, sent.pk), {"decision": "resend"})
    assert client.get(old).status_code == 404
    new = link_sent_to("nowa@example.org")
    client.post(url("manage_invitation", profile.slug, sent.pk), {"decision": "revoke"})
    client.post(url("manage_invitation", profile.slug, sent.pk), {"decision": "revoke"})

    assert client.get(new).status_code == 404
    sent.refresh_from_db()
    assert sent.state == InvitationState.REVOKED


# --- acts together ------------------------------------------------------------------------------------------


def test_two_dissolve_the_organisation_on_their_pages(client):
    profile = make.jointly(make.verified(), 2)
    first, second = make.member(profile), make.member(profile)
    login(client, first)
    assert (
        "is_sure" in client.post(url("dissolve", profile.slug), {"reason": "Uchwała"}).context["form"].errors
    )
    begun = client.post(url("dissolve", profile.slug), {"reason": "Uchwała", "is_sure": "on"})
    assert "Kogo pytamy" in text(client.get(begun.url))
    again = client.post(url("dissolve", profile.slug), {"reason": "Uchwała", "is_sure": "on"})
    assert again.context["form"].errors

    login(client, second)
    assert "Potrzebna Twoja zgoda" in text(client.get("/moje/"))
    client.post(begun.url, {"decision": "no", "reason": ""})
    assert profile.acts.get().state == ActState.WAITING
    client.post(begun.url, {"decision": "yes"})

    assert Organization.objects.get(pk=profile.pk).state == State.DISSOLVED
    assert client.get(url("people", profile.slug)).status_code == 404


def test_who_represents_alone_dissolves_at_once(client):
    profile = make.verified()
    login(client, make.member(profile))

    answer = client.post(url("dissolve", profile.slug), {"reason": "Uchwała", "is_sure": "on"})

    assert answer.url == "/moje/"
    assert Organization.objects.get(pk=profile.pk).state == State.DISSOLVED


# --- leaving, handing over -------------------------------------------------------------------------------------


def test_a_removed_person_is_out_at_once_in_every_open_window(client):
    profile = make.verified("Fundacja Most")
    boss, editor = make.member(profile), make.member(profile, EDITOR)
    item = news.returned(by=editor, organization=profile, title="Piknik sąsiedzki")
    actions.update_profile(profile, Changes({"name": "Inna"}), by=editor, at=now())
    login(client, editor)
    assert client.get(url("edit", profile.slug)).status_code == 200
    correct = reverse("communication:correct_news", args=[item.pk])
    assert client.get(correct).status_code == 200

    mandate = Mandate.objects.get(user=editor)
    actions.revoke_mandate(mandate, by=boss, at=now(), reason="Koniec współpracy.")

    for address in (url("edit", profile.slug), url("people", profile.slug), correct):
        assert client.get(address).status_code == 404, address
    assert client.post(url("edit", profile.slug), {"name": "x"}).status_code == 404
    login(client, boss)
    handed = text(client.get(url("handover", profile.slug, mandate.pk)))
    assert "Piknik sąsiedzki" in handed
    assert "zmiana, która czeka na urząd" in handed
    assert client.get(correct).status_code == 200


def test_the_last_representative_is_asked_for_a_word(client):
    profile = make.verified()
    person = make.member(profile)
    mandate = Mandate.objects.get(user=person)
    login(client, person)
    leave = url("leave", profile.slug, mandate.pk)
    assert "Słowo do urzędu" in text(client.get(leave))

    assert "word" in client.post(leave, {"reason": "Koniec"}).context["form"].errors
    assert client.post(leave, {"reason": "Koniec", "word": "Nowy zarząd w lipcu."}).status_code == 302

    assert not Mandate.objects.get(pk=mandate.pk).is_in_force


def test_renewal_is_asked_for_on_a_page(client, frozen):
    profile, person = make.verified(), make.person()
    mandate = actions.assign_mandate(
        profile,
        user=person,
        role=EDITOR,
        evidence="x",
        valid_until=today() + timedelta(days=20),
        by=make.coordinator(),
        at=now(),
    )
    login(client, person)
    assert "Przedłuż" in text(client.get(url("people", profile.slug)))
    renew = url("renew", profile.slug, mandate.pk)
    assert client.get(renew).status_code == 200

    wrong = client.post(renew, {"evidence": "", "valid_until": "kiedyś"})
    assert set(wrong.context["form"].errors) == {"valid_until"}
    sent = client.post(renew, {"evidence": "uchwała nr 5", "valid_until": "2027-06-01"})

    asked = Mandate.objects.requested().get(user=person)
    assert sent.url == url("request", asked.pk)
    assert asked.renews == mandate
    assert "role" not in client.post(renew, {"evidence": "jeszcze raz"}).context["form"].fields


# --- the organisation's own log, and what waits --------------------------------------------------------------------


def test_the_log_names_the_own_people_and_calls_officials_the_office(client):
    profile = make.verified("Fundacja Most")
    boss = make.member(profile)
    office = make.coordinator()
    office.full_name = "Marek Urzędniczy"
    office.save()
    login(client, office)
    client.get(url("people", profile.slug))
    login(client, boss)
    client.get(url("people", profile.slug))

    page = text(client.get(url("access_log", profile.slug)))
    file = client.get(url("access_log", profile.slug), {"format": "csv"})

    assert "Anna Mazur" in page
    assert "osoba uprawniona do reprezentacji" in page
    assert "urząd" in page
    assert "Marek Urzędniczy" not in page
    body = b"".join(file).decode()
    assert "Osoby i upoważnienia" in body
    assert "Marek" not in body
    assert AccessEntry.objects.filter(organization=profile, is_office=True).count() == 1
    assert client.get(url("access_log", profile.slug), {"page": "99", "format": "xlsx"}).status_code == 200


def test_the_log_costs_the_same_at_one_and_at_thirty_rows(client, django_assert_max_num_queries):
    profile = make.verified()
    boss = make.member(profile)
    login(client, boss)
    for _n in range(30):
        actions.note_opening(profile, "Osoby", by=boss, at=now())
        make.requested(profile)

    with django_assert_max_num_queries(15):
        client.get(url("access_log", profile.slug))
    with django_assert_max_num_queries(15):
        client.get(url("people", profile.slug))


def test_the_organisation_sees_what_waits_and_takes_it_back(client):
    profile = make.verified("Fundacja Most")
    person = make.member(profile, EDITOR)
    actions.update_profile(profile, Changes({"name": "Fundacja Mosty"}), by=person, at=now())
    login(client, person)

    page = text(client.get(url("revisions", profile.slug)))
    assert "<ins>" in page
    assert "Wycofaj zmianę" in page
    client.post(url("revisions", profile.slug))

    assert "Nic nie czeka." in text(client.get(url("revisions", profile.slug)))
    assert client.post(url("revisions", profile.slug)).status_code == 404


# --- attacks ----------------------------------------------------------------------------------------------------


@pytest.fixture
def target():
    """An organisation with something of every kind, and the addresses of all of it."""
    profile = make.jointly(make.verified("Fundacja Cudza"), 2)
    first, _second = make.member(profile), make.member(profile)
    asked = actions.request_mandate(
        profile, user=make.person(), role=EDITOR, evidence="x", upload=papers.upload("odpis.pdf"), at=now()
    )
    item = news.returned(by=first, organization=profile)
    actions.update_profile(profile, Changes({"name": "Inna"}), by=first, at=now())
    act = actions.ask_to_dissolve(profile, by=first, at=now(), reason="Uchwała")
    sent = actions.invite(profile, {"email": "x@example.org", "role": "ngo_editor"}, by=first, at=now())
    access = actions.grant_access(
        item, organization=profile, user=make.person(), may_edit=True, until=today(), by=first, at=now()
    )
    held = Mandate.objects.get(user=first)
    slug = profile.slug
    return profile, [
        url("people", slug), url("decide", slug, asked.pk), url("leave", slug, held.pk),
        url("handover", slug, held.pk), url("renew", slug, held.pk), url("invite", slug),
        url("manage_invitation", slug, sent.pk), url("act", slug, act.pk), url("dissolve", slug),
        url("access_log", slug), f"{url('access_log', slug)}?format=csv", url("revisions", slug),
        url("request", asked.pk), url("withdraw_request", asked.pk), url("end_help", access.pk),
        Attachment.objects.of(asked).get().get_absolute_url(),
        reverse("communication:correct_news", args=[item.pk]), url("edit", slug),
    ]  # fmt: skip


def helper_of(profile):
    """Somebody who was let into one matter and then out of it."""
    boss, helper = make.member(profile), make.person()
    item = news.returned(by=boss, organization=profile)
    access = actions.grant_access(
        item, organization=profile, user=helper, may_edit=True, until=today(), by=boss, at=now()
    )
    actions.revoke_access(access, by=boss, at=now())
    return helper


def removed_editor(profile):
    editor = make.member(profile, EDITOR)
    actions.revoke_mandate(Mandate.objects.get(user=editor), by=make.coordinator(), at=now(), reason="x")
    return editor


ATTACKERS = {
    "an ordinary account": lambda _profile: make.person(),
    "a representative of another organisation": lambda _profile: make.member(make.verified()),
    "a clerk of a unit": lambda _profile: official(Role.CALL_MANAGER, password=None),
    "a removed helper": helper_of,
    "a removed editor": removed_editor,
    "who was only invited": lambda _profile: make.person(email="x@example.org"),
    "who only asks": lambda profile: make.requested(profile).user,
}


@pytest.mark.parametrize("kind", ATTACKERS)
def test_others_find_nothing_of_an_organisation(client, target, kind):
    profile, addresses = target
    before = (profile.acts.get().state, profile.revisions.get().state, Invitation.objects.get().state)
    login(client, ATTACKERS[kind](profile))

    for address in addresses:
        assert client.get(address).status_code in (404, 405), address
        answer = client.post(address, {"decision": "yes", "reason": "x", "is_sure": "on", "answer": "yes"})
        assert answer.status_code in (404, 405), address

    now_ = (profile.acts.get().state, profile.revisions.get().state, Invitation.objects.get().state)
    assert now_ == before
    client.logout()
    for address in addresses:
        assert client.get(address).status_code in (302, 404, 405), address


def test_an_editor_reads_the_people_and_decides_nothing(client, target):
    profile, _addresses = target
    login(client, make.member(profile, EDITOR))
    asked = Mandate.objects.requested().get(organization=profile)
    act, sent = profile.acts.get(), Invitation.objects.get()

    page = text(client.get(url("people", profile.slug)))

    assert "odpis.pdf" not in page
    for address in (
        url("access_log", profile.slug), url("invite", profile.slug), url("act", profile.slug, act.pk),
        url("manage_invitation", profile.slug, sent.pk), url("dissolve", profile.slug),
        Attachment.objects.of(asked).get().get_absolute_url(),
    ):  # fmt: skip
        assert client.post(address, {"decision": "revoke"}).status_code in (404, 405), address
        assert client.get(address).status_code in (404, 405), address


def test_rows_of_another_organisation_are_not_reached_through_the_own(client, target):
    foreign, _addresses = target
    own = make.verified()
    login(client, make.member(own))
    held = Mandate.objects.in_force(today()).filter(organization=foreign).first()

    for name, pk in (
        ("decide", held.pk), ("leave", held.pk), ("handover", held.pk), ("renew", held.pk),
        ("act", foreign.acts.get().pk), ("manage_invitation", Invitation.objects.get().pk),
    ):  # fmt: skip
        assert client.post(url(name, own.slug, pk), {"decision": "yes"}).status_code == 404, name


def test_a_helper_with_the_right_to_edit_corrects_but_does_not_send(client):
    profile = make.verified()
    boss, helper = make.member(profile), make.person()
    item = news.returned(by=boss, organization=profile)
    facts = {"organization": profile, "user": helper, "until": today(), "by": boss, "at": now()}
    actions.grant_access(item, may_edit=True, **facts)
    address = reverse("communication:correct_news", args=[item.pk])
    login(client, helper)
    sent = {
        "organization": str(profile.pk), "category": "announcement", "title": "Poprawiony tytuł",
        "lead": "Zapowiedź.", "text": "Treść z godziną.",
    }  # fmt: skip
    assert "Wyślij do urzędu" not in text(client.get(address))

    assert client.post(address, sent).url == address

    item.refresh_from_db()
    assert (item.title, item.state, item.organization) == ("Poprawiony tytuł", "returned", profile)
    actions.grant_access(item, may_edit=False, **facts)
    client.post(address, sent | {"title": "Nie wolno"})
    item.refresh_from_db()
    assert item.title == "Poprawiony tytuł"
    actions.grant_access(item, may_edit=True, may_file=True, **facts)
    client.post(address, sent)
    item.refresh_from_db()
    assert item.state == "submitted"


def test_the_file_of_evidence_is_for_the_office_and_representatives_and_each_fetch_is_logged(client):
    profile, person = make.verified(), make.person()
    boss = make.member(profile)
    asked = actions.request_mandate(
        profile, user=person, role=EDITOR, evidence="x", upload=papers.upload("odpis.pdf"), at=now()
    )
    file = Attachment.objects.of(asked).get()
    known = {"if-none-match": f'"{file.sha256}"'}  # so that no file is left open

    for reader in (person, boss, make.coordinator()):
        assert login(client, reader).get(file.get_absolute_url(), headers=known).status_code == 304

    assert AccessEntry.objects.filter(verb="Pobranie pliku", organization=profile).count() == 3


# --- forms opened for another organisation ---------------------------------------------------------------------------


def test_a_form_opened_for_one_organisation_is_not_saved_into_another(client):
    first, second = make.verified("Fundacja Pierwsza"), make.verified("Fundacja Druga")
    person = make.member(first)
    make.member(second, user=person)
    login(client, person)
    client.post("/organizacje/wybierz/", {"organization": second.pk})
    sent = {"acting_for": str(first.pk), "organization": str(first.pk), "title": "<b>Tytuł</b>"}

    stopped = client.post("/aktualnosci/zglos/", sent)

    assert stopped.status_code == 409
    assert "Fundacja Pierwsza" in text(stopped)
    assert "&lt;b&gt;Tytuł&lt;/b&gt;" in text(stopped)
    again = client.post("/aktualnosci/zglos/", sent | {"acting_for_again": str(first.pk)})
    assert again.status_code == 200
    assert again.wsgi_request.organization == first
    gone = client.post("/aktualnosci/zglos/", {"acting_for": "999999", "acting_for_again": "999999"})
    assert gone.status_code == 409
    assert "już nie działasz" in text(gone)


def test_the_header_says_for_whom_one_acts_on_every_page(client):
    profile = make.verified("Fundacja Pierwsza")
    login(client, make.member(profile))

    for address in ("/", "/konkursy/", url("people", profile.slug), "/konto/"):
        page = text(client.get(address))
        assert re.search(r'class="acting">.*Fundacja Pierwsza', page), address


def test_a_page_of_another_own_organisation_says_so_and_offers_to_switch(client):
    first, second = make.verified("Fundacja Pierwsza"), make.verified("Fundacja Druga")
    person = make.member(first)
    make.member(second, user=person)
    login(client, person)
    client.post("/organizacje/wybierz/", {"organization": first.pk})
    words = "Ta strona dotyczy organizacji: Fundacja Druga."

    for name in ("people", "edit", "revisions"):
        assert words in text(client.get(url(name, second.slug))), name
    client.post("/organizacje/wybierz/", {"organization": second.pk, "next": url("people", second.slug)})

    assert words not in text(client.get(url("people", second.slug)))
