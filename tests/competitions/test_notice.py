"""The notice as a paper: fourteen items, accessible PDF, versions side by side, changes of rows."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from competitions import actions
from competitions.models import CallCriterion
from competitions.notice import blocks, heading_of, paragraphs_of, sections_of, words
from core.common.clock import at_local, now
from core.legal.rules import LawBreached
from core.notifications.follows import follow
from core.notifications.models import OutboxMail
from tests.factories import competitions as make
from tests.factories import organizations
from tests.support.papers import assert_accessible

from .entering import text

pytestmark = pytest.mark.django_db


def change(call, **kwargs):
    given = {
        "changes": {},
        "reason": "Powód zmiany",
        "publications": make.publications(),
        "by": None,
        "at": now(),
        **kwargs,
    }
    return actions.change_notice(call, **given)


# --- the paper ------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-13")
def test_the_items_come_in_the_order_of_the_city(frozen):
    call = make.open_call(authority="Prezydent Miasta Krakowa", contact_system="tel. 2")
    notice = actions.notice_of(call)

    assert heading_of(notice) == (
        f"PREZYDENT MIASTA KRAKOWA OGŁASZA OTWARTY KONKURS OFERT NR {call.number} ORAZ NABÓR NA CZŁONKÓW KOMISJI KONKURSOWEJ"
    )
    assert [section.number for section in sections_of(notice)] == list(range(2, 15))
    words = "\n".join(
        line for section in sections_of(notice) for block in section.blocks for line in block.lines()
    )
    assert (
        "Pula środków: 100 000 zł (słownie: sto tysięcy złotych)".replace(" 000", "\u00a0000").replace(
            "0 zł", "0\u00a0zł"
        )
        in words
    )
    assert "W sprawie generatora ofert: tel. 2" in words
    assert "Miasto może unieważnić konkurs" in words


@pytest.mark.rule("R-CALL-08")
def test_a_draft_budget_adds_the_reservation(frozen):
    call = make.open_call(is_based_on_draft_budget=True)
    lines = [
        line
        for section in sections_of(actions.notice_of(call))
        for block in section.blocks
        for line in block.lines()
    ]
    assert any("po uchwaleniu budżetu" in line for line in lines)


def test_without_committee_and_contents_items_are_left_out(frozen):
    call = make.draft(committee_call="", information_clause="", contact="")
    notice = actions.notice_of(call) | {"authority": "", "mode": "other", "mode_label": "nabór partnerów"}
    assert heading_of(notice) == "MIASTO OGŁASZA NABÓR PARTNERÓW"
    assert {12, 13, 14}.isdisjoint(section.number for section in sections_of(notice))
    asked = {section for section, _line in paragraphs_of(notice)}
    assert "Kontakt" not in asked
    assert {"Cel i zakres", "Limity i wkład własny"} <= asked


@pytest.mark.rule("R-CALL-13")
def test_the_pdf_is_accessible_and_the_same_twice(client, frozen):
    call = make.open_call(
        goal="<h3>Cel</h3><p>Więcej <strong>ruchu</strong>.</p><ul><li>a</li><li>b</li></ul><ol><li>x</li></ol>"
    )
    call.parts.create(
        name="Część szeroka",
        budget=1,
        unit_rate=2,
        unit_rate_per="punkt",
        places=3,
        year=2026,
        note="uwaga",
        place="hala",
    )
    address = f"{call.get_absolute_url()}ogloszenie.pdf"

    first = client.get(address)

    assert first.headers["Content-Type"] == "application/pdf"
    document = assert_accessible(first.content)
    with document.open_metadata() as meta:
        assert meta["dc:title"] == call.title
    assert client.get(address).content == first.content


def test_page_and_pdf_of_a_draft_are_for_its_unit_only(client, manager, unit, stranger, frozen):
    call = make.draft(unit=unit)
    assert client.get(f"{call.get_absolute_url()}ogloszenie/").status_code == 404
    client.force_login(stranger)
    assert client.get(f"/admin/competitions/call/{call.pk}/ogloszenie/").status_code == 404
    client.force_login(manager)
    page = client.get(f"/admin/competitions/call/{call.pk}/ogloszenie/")
    assert "5. Planowana wysokość środków publicznych" in text(page)
    assert_accessible(client.get(f"/admin/competitions/call/{call.pk}/ogloszenie/?format=pdf").content)


def test_rich_text_becomes_pieces_of_a_paper():
    html = '<p>Raz<br>dwa</p><ul><li>a <a href="https://x.example">tu</a></li></ul><table><tbody><tr><td>1</td><td>2</td></tr></tbody></table>luzem'
    found = blocks.rich(html)
    assert [(block.kind, block.text or list(block.items)) for block in found] == [
        ("text", "Raz\ndwa"),
        ("list", ["a tu (https://x.example)"]),
        ("text", "1 | 2"),
        ("text", "luzem"),
    ]
    assert blocks.rich("") == blocks.plain(" ") == blocks.facts(("a", "")) == []


# --- changes --------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-16")
def test_a_change_of_a_criterion_is_a_version_and_runs_the_clock_again(frozen, follower):
    call = make.open_call()
    follow(follower, call)
    row = call.criteria.get(name="Jakość")
    rows = {"criteria": [actions.RowChange(row.pk, {"max_points": Decimal(50)})]}
    frozen.shift(timedelta(days=15))
    with pytest.raises(LawBreached, match="Termin składania ofert: najwcześniej"):
        change(call, rows=rows)
    row.refresh_from_db()
    assert row.max_points == 60  # the refused change has left nothing behind

    version = change(call, rows=rows, changes={"offers_due_at": now() + timedelta(days=30)})

    assert version.is_substantive
    assert version.number == 2
    assert version.changes["criteria"][0][0]["max_points"] == "60.00"
    assert version.notice["criteria"][0]["max_points"] == "50.00"
    assert OutboxMail.objects.filter(to=follower.email).exists()


@pytest.mark.rule("R-CALL-16")
def test_parts_and_money_rows_are_added_and_removed_by_a_change(frozen):
    call = make.open_call()
    part = call.parts.create(name="Część pierwsza", budget=1)
    later = {"offers_due_at": now() + timedelta(days=40)}
    change(
        call,
        changes=later,
        rows={
            "parts": [
                actions.RowChange(part.pk, is_removed=True),
                actions.RowChange(None, {"name": "Nowa część"}),
            ],
            "budget_years": [actions.RowChange(None, {"year": 2026, "amount": Decimal(100000)})],
        },
    )
    assert [row.name for row in call.parts.all()] == ["Nowa część"]
    assert call.budget_years.get().amount == 100000
    with pytest.raises(LawBreached, match="R-CALL-14"):  # years no longer make up the pool
        change(
            call,
            changes=later,
            rows={"budget_years": [actions.RowChange(None, {"year": 2027, "amount": Decimal(1)})]},
        )


@pytest.mark.rule("R-CALL-16")
def test_a_part_with_offers_is_not_taken_away(frozen):
    from competitions.models import Offer

    call = make.open_call()
    part = call.parts.create(name="Z ofertą")
    Offer.objects.create(
        call=call, part=part, organization=organizations.verified(), started_at=now(), updated_at=now()
    )
    with pytest.raises(LawBreached, match="są już oferty"):
        change(call, rows={"parts": [actions.RowChange(part.pk, is_removed=True)]})


def test_unknown_rows_are_a_mistake_of_the_caller(frozen):
    with pytest.raises(ValueError, match="not part of a notice"):
        change(make.open_call(), rows={"results": []})


@pytest.mark.rule("R-CALL-16")
def test_the_desk_changes_rows_and_everybody_compares(client, manager, unit, frozen):
    call = make.open_call(unit=unit, offers_due_at=now() + timedelta(days=60))
    client.force_login(manager)
    address = f"/admin/competitions/call/{call.pk}/czynnosc/zmiana/"
    form = client.get(address).context["form"]
    criteria = form.row_sets["criteria"]
    sent = {name: form[name].value() or "" for name in form.fields}
    sent["offers_due_at"] = "2026-08-09T12:00"
    sent |= {"target_groups": "", "attachments_required": "", "results_planned_on": "2026-08-08"}
    for part in [criteria.management_form, *criteria.forms]:
        sent |= {
            part.add_prefix(name): part[name].value() if part[name].value() is not None else ""
            for name in part.fields
        }
    sent |= {"criteria-0-max_points": "55,5", "criteria-2-name": "Dostępność", "criteria-2-max_points": "5"}
    sent |= {"reason": "Dodajemy kryterium dostępności.", "is_substantive": ""}
    for place, where in (
        ("bip", "https://bip.example/2"),
        ("notice_board", "hol"),
        ("website", "https://u.example/2"),
    ):
        sent |= {f"{place}_on": "2026-06-10", f"{place}_where": where}
    sent = {name: value for name, value in sent.items() if value is not False}

    answer = client.post(address, sent)

    assert answer.status_code == 302, (
        answer.context["form"].errors,
        answer.context["form"].row_sets["criteria"].errors,
    )
    assert set(CallCriterion.objects.filter(call=call).values_list("name", flat=True)) == {
        "Jakość",
        "Koszty",
        "Dostępność",
    }
    client.logout()
    compared = text(client.get(f"{call.get_absolute_url()}zmiany/"))
    assert "<ins>Kryterium: Dostępność; Punkty: 5</ins>" in compared
    assert "Dodajemy kryterium dostępności." in compared
    old = text(client.get(f"{call.get_absolute_url()}ogloszenie/?wersja=1"))
    assert "Dostępność</th>" not in old
    assert "już nieaktualna" in old
    assert client.get(f"{call.get_absolute_url()}ogloszenie/?wersja=9").status_code == 404
    assert "Dostępność" in text(client.get(call.get_absolute_url()))


def test_equal_versions_and_calls_without_versions(client, frozen):
    call = make.open_call()
    assert "się nie różnią" in text(client.get(f"{call.get_absolute_url()}zmiany/"))
    call.versions.all().delete()
    assert client.get(f"{call.get_absolute_url()}zmiany/").status_code == 404
    assert "3. Tytuł zadania publicznego" in text(client.get(f"{call.get_absolute_url()}ogloszenie/"))


def test_papers_cost_a_fixed_number_of_queries(client, frozen, django_assert_max_num_queries):
    call = make.open_call()
    for number in range(30):
        call.parts.create(name=f"Część {number}")
        call.prior_funding.create(year_from=2000 + number)
    for name in ("", "ogloszenie/", "zmiany/", "podobne/"):
        with django_assert_max_num_queries(8):
            client.get(f"{call.get_absolute_url()}{name}")


# --- the end ----------------------------------------------------------------------------------------


@pytest.mark.rule("R-CALL-41")
def test_a_continuous_intake_closes_with_its_last_zloty(client, manager, unit, frozen):
    call = make.open_call(unit=unit, intake="funds", offers_due_at=now() + timedelta(days=60))
    client.force_login(manager)
    address = f"/admin/competitions/call/{call.pk}/czynnosc/srodki/"
    client.post(address, {"decided_on": "2026-06-10", "amount": "60 000", "note": "tura 1"})
    assert "Zostało <strong>40 000 zł</strong>" in text(client.get(call.get_absolute_url()))
    assert call.takes_offers(now())
    assert "zostało 40 000 zł" in text(
        client.post(address, {"decided_on": "2026-06-10", "amount": "40000,01"})
    )
    client.post(address, {"decided_on": "2026-06-10", "amount": "40000"})
    call.refresh_from_db()
    assert call.state == "closed"
    assert not call.takes_offers(now())


def test_money_is_written_down_only_in_a_running_continuous_intake(frozen, stranger):
    from core.legal.workflow import MoveRefused

    call = make.open_call()
    with pytest.raises(LawBreached):
        actions.record_spending(call, amount=Decimal(1), decided_on=now().date(), by=None, at=now())
    with pytest.raises(MoveRefused):
        actions.record_spending(call, amount=Decimal(1), decided_on=now().date(), by=stranger, at=now())


@pytest.mark.rule("R-CALL-22")
def test_a_round_of_a_continuous_intake_closes_to_the_second(frozen):
    call = make.draft(intake="continuous", offers_due_at=None)
    call.intake_windows.create(opens="2026-06-10", closes="2026-07-06T15:00")
    call.intake_windows.create(opens="2026-07-10", closes="2026-08-06T15:00")
    call = actions.announce(make.publish(call), by=None, at=now())
    assert call.takes_offers(now())
    frozen.move_to(at_local(date(2026, 7, 6), time(15, 0, 59)))
    assert call.takes_offers(now())
    frozen.shift(1)
    assert not call.takes_offers(now())
    frozen.move_to(call.offers_due_at + timedelta(minutes=1))
    assert actions.close_due_calls(now()) == 1


@pytest.mark.rule("R-CALL-21")
def test_the_notice_says_when_and_how_a_signed_confirmation_is_delivered():
    notice = {
        "requires_signed_confirmation": True,
        "confirmation_ways": "e-Doręczenia",
        "confirmation_due_at": "2026-11-30T15:00:00+01:00",
    }
    said = dict(words.confirmation(notice))
    assert said["Podpisane potwierdzenie oferty"] == "e-Doręczenia"
    assert "30 listopada 2026" in said["Podpisane potwierdzenie do"]
    assert words.confirmation({**notice, "requires_signed_confirmation": False}) == []
