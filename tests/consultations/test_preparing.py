"""Preparing a notice: dates from the law (T22), templates, copies, plain words, early warnings."""

from datetime import date, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions, law
from consultations.enums import FormKind, Regime, State
from consultations.models import Consultation, ConsultationForm, ConsultationTemplate
from core.accounts.roles import Role
from core.common.clock import now
from core.legal.rules import LawBreached
from tests.factories import consultations as make
from tests.factories import organizations
from tests.factories.accounts import official, unit

pytestmark = pytest.mark.django_db

START = "/admin/consultations/consultation/z-szablonu/"
SCHEDULE = "/konsultacje/harmonogram/"


@pytest.fixture
def own(frozen):
    return unit("Wydział Własny")


@pytest.fixture
def desk(own) -> Client:
    client = Client()
    client.force_login(make.manager(own))
    return client


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode().replace("\u00a0", " ").replace("\u2060", "")


# --- T22 ----------------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-03")
@pytest.mark.rule("R-CNS-24")
def test_t22_the_days_follow_from_the_first_one():
    term = law.term_of_template(
        date(2026, 10, 1), days=10, regimes=["residents"], parameters=law.Parameters()
    )

    assert (term.campaign_from, term.ends_on) == (date(2026, 9, 24), date(2026, 10, 22))
    longer = law.term_of_template(
        date(2026, 10, 1), days=30, regimes=["residents"], parameters=law.Parameters()
    )
    assert longer.ends_on == date(2026, 10, 31)


@pytest.mark.rule("R-CNS-04")
def test_t22_with_two_forms_or_without_a_meeting_it_cannot_be_announced(own):
    made = make.draft(unit=own, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 22))
    actions.plan(made, by=None, at=now())
    made.forms.filter(kind=FormKind.SURVEY).delete()
    with pytest.raises(LawBreached) as two:
        actions.announce(made, by=None, at=now())
    ConsultationForm.objects.create(consultation=made, kind=FormKind.WRITTEN)
    made.forms.filter(kind=FormKind.OPEN_MEETING).update(kind=FormKind.BRANCH_MEETING)
    with pytest.raises(LawBreached) as none:
        actions.announce(made, by=None, at=now())
    made.forms.filter(kind=FormKind.BRANCH_MEETING).update(kind=FormKind.WORKSHOP)

    assert {breach.rule for breach in [*two.value.breaches, *none.value.breaches]} == {"R-CNS-04"}
    assert actions.announce(made, by=None, at=now()).state == State.ANNOUNCED


def test_the_days_are_explained_beside_the_fields(desk, own):
    made = make.draft(unit=own, starts_on=date(2026, 10, 1), ends_on=date(2026, 10, 30))

    page = text_of(desk.get(reverse("admin:consultations_consultation_change", args=[made.pk])))

    assert "Przy tym początku najpóźniej: czwartek 24 września 2026." in page
    assert "Przy tym początku najwcześniej: czwartek 22 października 2026." in page
    assert "Co najmniej 7 dni przed początkiem." in text_of(
        desk.get("/admin/consultations/consultation/add/")
    )


@pytest.mark.rule("R-CNS-06")
def test_meetings_in_office_hours_are_told_as_soon_as_they_are_typed(desk, own):
    made = make.draft(unit=own, is_complete=False)
    make.meeting(made, made.starts_on + timedelta(days=5), hour=time(10))
    change = reverse("admin:consultations_consultation_change", args=[made.pk])
    page = desk.get(change)
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    data |= {
        "document_text": "",
        "is_result_binding": "unknown",
        "is_participants_count_approximate": "unknown",
    }
    for prefix in ("stages", "forms"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    for name in ("legal_bases", "document_titles", "languages"):
        data[name] = "\n".join(data.get(name) or [])

    saved = desk.post(change, data, follow=True)

    assert "16:30" in text_of(saved)


# --- plain words --------------------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-24")
@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Pytamy o sale.", "bardzo krótkie"),
        ("Słowo. " * 300, "długie"),
        (
            "Pytamy " + "bardzo " * 25 + "długo i długo. Kto może wziąć udział w rozmowie?",
            "Najdłuższe zdanie ma",
        ),
        (
            "Zagospodarowanie przestrzenno-infrastrukturalne, partycypacja obywatelska, konsultacyjność.",
            "długich słów",
        ),
        (
            "Uwagi do MPZP i SUIKZP przyjmuje BIP, tj. każdy może je wysłać do wskazanego dnia.",
            "MPZP, SUIKZP, BIP",
        ),
    ],
)
def test_what_makes_a_summary_hard_to_read_is_named(text, hint):
    assert any(hint in str(found) for found in law.plain_hints(text))


@pytest.mark.rule("R-CNS-24")
def test_a_plain_summary_gets_no_hints():
    text = "Pytamy, kiedy potrzebujesz sali. Sale są dla organizacji i sąsiadów. Możesz zmienić godziny i opłaty."

    assert law.plain_hints(text) == []
    assert law.plain_hints("") == []


def test_hints_stand_on_the_desk_until_the_notice_is_out(desk, own):
    made = make.draft(unit=own, plain_summary="Uwagi do MPZP.")
    change = reverse("admin:consultations_consultation_change", args=[made.pk])

    assert "Skróty (MPZP)" in text_of(desk.get(change))
    actions.plan(made, by=None, at=now())
    actions.announce(made, by=None, at=now())
    assert "Skróty (MPZP)" not in text_of(desk.get(change))


# --- templates and copies -----------------------------------------------------------------------------


@pytest.mark.rule("R-CNS-24")
def test_every_template_of_the_city_leads_to_a_notice_the_law_allows(own):
    assert ConsultationTemplate.objects.count() >= 3
    for template in ConsultationTemplate.objects.all():
        made = actions.draft_from_template(
            template, title=f"Próba {template.pk}", unit=own, starts_on=date(2026, 9, 1), by=None, at=now()
        )
        facts = made.facts(now())
        assert law.period_breaches(facts) == []
        assert law.form_breaches(facts) == []
        assert [b for b in law.stage_breaches(facts) if not b.is_warning] == []


def test_a_draft_is_begun_from_a_template_in_ones_own_unit(desk, own):
    template = ConsultationTemplate.objects.order_by("pk").first()
    foreign = unit("Wydział Obcy")
    data = {
        "template": str(template.pk),
        "title": "Program na 2027 rok",
        "unit": str(own.pk),
        "starts_on": "2026-10-01",
    }

    assert desk.get(START).status_code == 200
    assert desk.post(START, {**data, "unit": str(foreign.pk)}).status_code == 200
    assert desk.post(START, data).status_code == 302
    made = Consultation.objects.get()
    assert (made.state, made.unit, made.campaign_from) == (State.DRAFT, own, date(2026, 9, 24))
    assert {form.kind for form in made.forms.all()} == set(template.form_kinds)


def test_a_copy_takes_texts_and_forms_and_leaves_days_and_remarks(desk, own):
    source = make.consultation(State.OPEN, unit=own, regimes=[Regime.RESIDENTS.value])
    make.submission(source)
    address = reverse("admin:consultations_consultation_copy", args=[source.pk])

    assert source.title in text_of(desk.get(address))
    desk.post(address, {"title": "Druga edycja", "unit": str(own.pk)})

    made = Consultation.objects.exclude(pk=source.pk).get()
    assert (made.title, made.state, made.starts_on, made.number) == ("Druga edycja", State.DRAFT, None, None)
    assert made.subject == source.subject
    assert made.forms.count() == source.forms.count()
    assert not made.remarks.exists()
    assert not any(form.dates.exists() for form in made.forms.all())


@pytest.mark.rule("R-CNS-04")
def test_only_the_coordinator_keeps_templates(desk, own):
    coordinator = Client()
    coordinator.force_login(official(Role.COORDINATOR))
    page = "/admin/consultations/consultationtemplate/add/"
    data = {
        "name": "Nowy",
        "kind": "other",
        "regimes": ["ngo"],
        "days": "28",
        "is_active": "on",
        "form_kinds": ["survey"],
    }

    assert desk.get(page).status_code == 403
    assert "co najmniej 3 różne formy z listy, a są 1" in text_of(coordinator.post(page, data))
    wrong = text_of(coordinator.post(page, {**data, "form_kinds": ["survey", "written", "phone_duty"]}))
    assert "dodaj spotkanie otwarte albo warsztat" in wrong
    coordinator.post(page, {**data, "form_kinds": ["survey", "written", "workshop"]})
    assert ConsultationTemplate.objects.filter(name="Nowy").exists()


# --- the schedule: filters, branches, files -----------------------------------------------------------


@pytest.fixture
def entries(own):
    """One of a branch and a district in one unit, one of the whole city in another."""
    local = make.consultation(
        State.PLANNED, title="Plan dla kultury", unit=own, is_citywide=False, regimes=["ngo"]
    )
    local.branches.add(organizations.branch("kultura"))
    local.districts.add(organizations.district(13))
    wide = make.consultation(State.OPEN, title="Sprawa wszystkich", unit=unit("Wydział Drugi"))
    sport = make.consultation(State.OPEN, title="Plan dla sportu", unit=own)
    sport.branches.add(organizations.branch("sport"))
    return local, wide, sport


@pytest.mark.rule("R-CNS-23")
@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ("branza=kultura", {"Plan dla kultury", "Sprawa wszystkich"}, {"Plan dla sportu"}),
        ("dzielnica=13", {"Plan dla kultury", "Sprawa wszystkich", "Plan dla sportu"}, set()),
        ("tryb=ngo", {"Plan dla kultury"}, {"Sprawa wszystkich", "Plan dla sportu"}),
        (
            "branza=nic&tryb=x&jednostka=abc",
            {"Plan dla kultury", "Sprawa wszystkich", "Plan dla sportu"},
            set(),
        ),
    ],
)
def test_the_schedule_is_narrowed_and_files_keep_the_filters(entries, query, shown, hidden):
    for form in ("", "&format=csv", "&format=ics"):
        page = text_of(Client().get(f"{SCHEDULE}?rok=2026&{query}{form}"))
        titles = {title for title in shown | hidden if title in page}
        assert titles == shown, form


@pytest.mark.rule("R-CNS-23")
def test_the_schedule_by_unit_keeps_its_filter_in_the_links(entries, own):
    page = text_of(Client().get(f"{SCHEDULE}?rok=2026&jednostka={own.pk}"))

    assert "Sprawa wszystkich" not in page
    assert f"jednostka={own.pk}&amp;format=ics" in page
    assert "webcal://" in page or "format=ics" in page


def test_the_feed_of_changes_keeps_the_filters(entries, own):
    local, wide, _sport = entries
    for made in (local, wide):
        made.title += ", nowy tytuł"
        actions.save_consultation(made, by=None, at=now(), reason="Doprecyzowanie")

    feed = text_of(Client().get(f"{SCHEDULE}?rok=2026&format=rss&jednostka={own.pk}"))

    assert "Plan dla kultury" in feed
    assert "Sprawa wszystkich" not in feed


def test_the_print_sheet_is_a_pdf(entries):
    response = Client().get(f"{SCHEDULE}?rok=2026&format=pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_a_branch_shows_its_own_consultations_and_those_of_all(entries):
    page = text_of(Client().get(reverse("branch", args=["kultura"])))

    assert "Sprawa wszystkich" in page
    assert "Plan dla sportu" not in page


def test_branches_stand_on_the_page_of_a_consultation(entries):
    assert "Branże" in text_of(Client().get(entries[2].get_absolute_url()))


def test_long_lists_of_the_notice_are_folded_until_something_in_them_is_ticked(desk, own):
    made = make.draft(unit=own)
    podgorze = organizations.district(13, "Podgórze")
    address = reverse("admin:consultations_consultation_change", args=[made.pk])
    before = text_of(desk.get(address))

    made.districts.set([podgorze])
    after = text_of(desk.get(address))

    assert before.count('<details class="more-d">') == 3
    assert after.count('<details class="more-d">') == 2
    assert '<details class="more-d" open>' in after


def test_what_announcing_needs_is_not_called_optional(desk, own):
    made = make.draft(unit=own, is_complete=False, plain_summary="")

    page = desk.get(reverse("admin:consultations_consultation_change", args=[made.pk]))

    labels = page.context["adminform"].form.fields
    assert str(labels["plain_summary"].when_needed) == "potrzebne przed ogłoszeniem"
    assert "(potrzebne przed ogłoszeniem)</span></label>" in text_of(page)
    assert not hasattr(labels["document_titles"], "when_needed")


@pytest.mark.rule("R-CNS-24")
def test_one_checklist_tells_what_has_to_be_done_from_advice(desk, own):
    made = make.draft(unit=own, plain_summary="")
    made.state = State.PLANNED
    made.save()

    page = desk.get(reverse("admin:consultations_consultation_change", args=[made.pk]))

    text = text_of(page)
    assert text.count("Streszczenie prostym językiem: napisz je") == 1
    assert page.context["needed"] >= 1
    assert page.context["advised"] >= 1
    assert "<strong>trzeba</strong>" in text
    assert "<strong>warto</strong>" in text


def test_the_buttons_of_a_notice_stand_in_named_groups_and_none_twice(desk, own):
    made = make.consultation(unit=own)

    page = text_of(desk.get(reverse("admin:consultations_consultation_change", args=[made.pk])))

    for name in ("Praca", "Pliki", "Ogłoszenie"):
        assert f">{name}</h2>" in page
    assert page.count(">Dodaj plik</a>") == 1
    assert page.count(">Odnotuj publikację</a>") == 1


def test_the_list_says_how_late_a_report_is(desk, own, frozen):
    made = make.consultation(unit=own)
    frozen.move_to(made.ends_at + timedelta(days=200))
    desk.force_login(make.manager(own))  # the first log-in is long over

    assert "opóźniony o" in text_of(desk.get(reverse("admin:consultations_consultation_changelist")))


def test_a_new_notice_begins_with_the_only_unit_of_the_official(desk, own):
    page = desk.get(reverse("admin:consultations_consultation_add"))

    assert page.context["adminform"].form["unit"].value() == own.pk
