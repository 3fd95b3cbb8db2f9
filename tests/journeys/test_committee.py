"""A member declares and scores on a tablet; a clerk ranks the offers and publishes the decision."""

import re

import pytest

from competitions.models import Call, Committee, ScoreCard
from core.documents.enums import Purpose
from demo.committee import finish
from tests.factories.competitions import publish

from .conftest import log_in

TABLET = {"width": 768, "height": 1024}
WHY = "Oferta wynika z rozmów z mieszkankami i mieszkańcami, a koszty są realne i opisane."


@pytest.fixture
def tablet(page):
    page.set_viewport_size(TABLET)
    return page


def test_a_member_declares_scores_and_signs_on_a_tablet(city, tablet, look):
    page = tablet
    log_in(page, "komisja@example.org")
    page.goto("/moje/komisja/")
    page.get_by_role("link", name="Wolontariat na co dzień").click()
    look(page)
    page.get_by_role("link", name="Złóż oświadczenie").click()
    look(page)
    page.get_by_role("checkbox", name=re.compile("Oświadczam, że poza zaznaczonymi")).check()
    page.get_by_role("button", name="Podpisz oświadczenie").click()
    page.wait_for_load_state()
    assert page.get_by_text("Możesz czytać oferty").is_visible()

    # who has a card left is decided by lot, anew in every demo
    left = ScoreCard.objects.valid().filter(
        offer__call__title="Wolontariat na co dzień", signed_at=None, member__declarations__isnull=False
    )
    log_in_again(page, left.order_by("pk").first().member.user.email)
    page.goto("/moje/komisja/")
    page.get_by_role("link", name="Wolontariat na co dzień").click()
    page.get_by_role("link", name="Oceń").first.click()
    look(page)
    card = ScoreCard.objects.get(pk=int(page.url.rstrip("/").rsplit("/", 1)[1]))
    for field in page.get_by_label("Punkty", exact=True).all():
        field.fill("3,0")
    for field in page.get_by_label("Uzasadnienie").all():
        field.fill(WHY)
    page.get_by_text(re.compile(r"Zapisano o \d")).first.wait_for()
    page.locator("[data-total]", has_text="18").wait_for()
    page.get_by_role("button", name="Podpisz kartę").click()
    page.wait_for_load_state()
    card.refresh_from_db()
    assert card.signed_at
    assert card.total == 18


def log_in_again(page, email: str) -> None:
    page.context.clear_cookies()
    log_in(page, email)


def test_a_clerk_ranks_and_publishes(city, page, look):
    """The rest of the committee's work is done; the clerk's own path is walked in the browser."""
    call = Call.objects.get(title="Wolontariat na co dzień")
    finish(call)
    committee = Committee.objects.get(call=call)
    log_in(page, "urzednik@example.org")
    page.goto(f"/admin/competitions/committee/{committee.pk}/ranking/")
    look(page)
    page.get_by_text("Co by było, gdyby…").click()
    page.get_by_label("Pula na próbę").fill("50 000")
    page.get_by_role("button", name="Przelicz").click()
    page.wait_for_load_state()
    assert page.get_by_text("To przeliczenie na próbę").is_visible()
    page.get_by_role("link", name="Wróć do zapisanej propozycji").click()
    page.get_by_role("button", name="Zapisz propozycję").click()
    page.wait_for_load_state()
    for verb in ("Zapisz opinię komisji", "Zapisz decyzję o wyborze ofert"):
        page.goto(f"/admin/competitions/call/{call.pk}/change/")
        page.get_by_role("link", name=verb).click()
        page.get_by_role("button", name=verb).click()
        page.wait_for_load_state()
    call.refresh_from_db()
    assert call.state == "decided"
    page.goto(f"/admin/competitions/callresult/{call.result.pk}/change/")
    page.get_by_label("Numer zarządzenia").fill("1500/demo")
    page.get_by_role("button", name="Zapisz", exact=True).click()
    page.wait_for_load_state()
    record_three_places(page, call)
    page.goto(f"/admin/competitions/call/{call.pk}/change/")
    page.get_by_role("link", name="Opublikuj wyniki").click()
    page.get_by_role("button", name="Opublikuj wyniki").click()
    page.wait_for_load_state()

    page.context.clear_cookies()
    page.goto(f"{call.get_absolute_url()}wyniki/")
    look(page)
    assert page.get_by_text("1500/demo").is_visible()
    page.get_by_role("link", name=re.compile("Karty oceny")).first.click()
    look(page)
    assert page.get_by_text("Osoba oceniająca 1").first.is_visible()


def record_three_places(page, call) -> None:
    """The proofs of the three places, as the desk records them."""
    publish(call, Purpose.RESULTS)
