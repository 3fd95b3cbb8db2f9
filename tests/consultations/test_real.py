"""Fourteen real consultations that are not in the collected facts, entered at the desk and shown right."""

import json
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from consultations import actions
from consultations.enums import FormKind, State
from consultations.models import Consultation
from core.city.models import District
from core.common import formats
from core.common.clock import at_local, now
from core.documents.actions import attach
from portal.facts import import_facts, load
from tests.factories import consultations as make
from tests.factories.accounts import unit

pytestmark = pytest.mark.django_db

HERE = Path(__file__).parent
FACTS = HERE.parents[1] / "demo" / "data"
REAL = json.loads((HERE / "data" / "real_consultations.json").read_text(encoding="utf-8"))["consultations"]
ADD = "/admin/consultations/consultation/add/"


def typed(row: dict, unit_pk: int) -> dict:
    """The form of the desk as an official fills it in."""
    data = {
        "title": row["title"],
        "regimes": row["regimes"],
        "kind": row["kind"],
        "subject": row["summary"],
        "plain_summary": row["summary"],
        "unit": str(unit_pk),
        "contact_email": "konsultacje@example.org",
        "addressees": "mieszkanki, mieszkańcy i organizacje",
        "districts": [str(District.objects.get(number=number).pk) for number in row["districts"]],
        "languages": "pl",
        "starts_on": row["starts_on"],
        "ends_on": row["ends_on"],
        "legal_bases": "uchwała RMK nr CXI/2904/18 z 2018-09-26",
        "document_titles": "materiały konsultowane",
        "accepts_remarks": "on",
        "what_next": "Po konsultacjach miasto opublikuje raport.",
        "is_participants_count_approximate": "unknown",
        "is_result_binding": "unknown",
    }
    if not row["districts"]:
        data["is_citywide"] = "on"
    for prefix, rows in (("forms", row["forms"]), ("stages", row["stages"])):
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
        data |= {f"{prefix}-MIN_NUM_FORMS": "0", f"{prefix}-MAX_NUM_FORMS": "1000"}
    for number, form in enumerate(row["forms"]):
        said = {
            "kind": form["kind"],
            "position": number + 1,
            "dates_text": form["dates"],
            "place": form["place"],
            "online_url": form.get("online_url", ""),
            "is_step_free": "true",
            "has_induction_loop": "false",
            "has_sign_language": "true",
        }
        data |= {f"forms-{number}-{name}": value for name, value in said.items()}
    for number, (kind, starts_on, ends_on) in enumerate(row["stages"]):
        said = {"kind": kind, "position": number + 1, "starts_on": starts_on, "ends_on": ends_on}
        data |= {f"stages-{number}-{name}": value for name, value in said.items()}
    return data


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode().replace("\u00a0", " ").replace("\u2060", "")


def test_they_are_fourteen_and_none_is_among_the_collected_ones():
    known = {row["title"] for row in json.loads((FACTS / "consultations.json").read_text(encoding="utf-8"))}

    assert len({row["title"] for row in REAL}) == 14
    assert not known & {row["title"] for row in REAL}
    assert all(row["source"].startswith("http") and row["test_input"] for row in REAL)


@pytest.mark.parametrize("row", REAL, ids=lambda row: row["title"][:40])
def test_a_real_consultation_is_entered_announced_and_shown(frozen, row):
    first, last = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
    frozen.move_to(at_local(first - timedelta(days=14), time(10)))
    import_facts("districts", load(FACTS / "districts.json"))
    own = unit(row["unit"])
    desk = Client()
    desk.force_login(make.manager(own))

    sent = desk.post(ADD, typed(row, own.pk))
    assert sent.status_code == 302, text_of(sent)
    made = Consultation.objects.get()
    draft = SimpleUploadedFile("projekt.txt", f"{row['summary']}\n".encode())
    attach(made, draft, title="Materiały konsultowane", by=None, at=now())
    for state in (State.PLANNED, State.ANNOUNCED):
        move = reverse("admin:consultations_consultation_move", args=[made.pk, state])
        answer = desk.post(move, {"reason": ""})
        assert answer.status_code == 302, text_of(answer)
    frozen.move_to(at_local(first, time(12)))
    actions.open_due(now())

    page = text_of(Client().get(made.get_absolute_url()))
    assert row["title"] in page
    assert row["summary"] in page
    assert "konsultacje trwają" in page
    assert own.name in page
    assert formats.day_range(first, last).replace("\u00a0", " ").replace("\u2060", "") in page
    for form in row["forms"]:
        name = str(FormKind(form["kind"]).label)
        assert name[0].upper() + name[1:] in page
        assert form["place"] in page
    for form in made.forms.prefetch_related("dates"):
        for line in form.dates.all():
            assert (line.starts_on or line.until_on).strftime("%Y") in page
    for number in row["districts"]:
        assert str(District.objects.get(number=number)) in page
    schedule = text_of(Client().get("/konsultacje/harmonogram/", {"rok": str(first.year)}))
    assert row["title"] in schedule
    calendar = text_of(Client().get(reverse("consultations:calendar", args=[made.slug])))
    assert calendar.count("BEGIN:VEVENT") >= 2 + sum(
        len(form["dates"].split("\n")) for form in row["forms"][:1]
    )
    assert Client().get(reverse("consultations:send", args=[made.slug])).status_code == 200


def test_what_the_sources_do_not_say_is_named():
    """A day or a form that is no fact is marked, so that nobody takes the test for a record."""
    for row in REAL:
        invented = [form for form in row["forms"] if form["place"] == "miejsce próbne"]
        assert bool(invented) <= any(name.startswith("open_meeting") for name in row["test_input"])
