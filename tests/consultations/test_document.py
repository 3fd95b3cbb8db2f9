"""The document of a consultation: versions, remarks that keep their point, pages for everybody."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from consultations import actions, queries
from consultations.document.points import points_of
from consultations.enums import PositionCode, StageKind, State, VersionPurpose
from consultations.models import ConsultationStage, DocumentVersion
from core.common.clock import at_local, now
from core.documents.search import search
from core.legal.models import AuditEntry
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused
from tests.factories import consultations as make
from tests.factories.accounts import UserFactory, unit
from tests.support.papers import assert_accessible, text_of

pytestmark = pytest.mark.django_db

HALLS = [
    ("§3", True, "Zadania"),
    ("3.1", False, "Miasto udostępnia sale."),
    ("3.2", False, "Sale są bezpłatne przez 10 godzin."),
]
MORE_HALLS = [
    ("§3", True, "Zadania"),
    ("3.1", False, "Organizacja składa wniosek raz w roku."),
    ("3.2", False, "Miasto udostępnia sale."),
    ("3.3", False, "Sale są bezpłatne przez 12 godzin."),
]


@pytest.fixture
def client(frozen) -> Client:
    return Client()


def page_text(response) -> str:
    return response.content.decode().replace("\u00a0", " ").replace("\u2060", "")


def address(name: str, made, **query: str) -> str:
    return reverse(f"consultations:{name}", args=[made.slug], query=query or None)


def next_version(made, points=MORE_HALLS, purpose=VersionPurpose.CONSULTED, **fields) -> DocumentVersion:
    version = actions.preview_version(made, points=points, purpose=purpose, by=None, at=now(), **fields)
    return actions.keep_version(version, by=None, at=now(), reason=make.REASON)


# --- versions -------------------------------------------------------------------------------------


def test_before_the_notice_the_text_is_replaced_and_later_followed_by_a_version(frozen):
    made = make.draft()
    actions.set_points(made, HALLS)
    assert list(made.versions.values_list("number", "published_at")) == [(1, None)]

    actions.plan(made, by=None, at=now())
    actions.announce(made, by=None, at=now())
    actions.set_points(made, MORE_HALLS)

    first, second = made.versions.all()
    assert (first.published_at, second.published_at) == (now(), now())
    assert [point.text for point in first.points.all()] == [text for _n, _h, text in HALLS]
    assert [(point.number, point.key) for point in made.points.all()] == [
        ("§3", "par3"), ("3.1", "3.1-v2"), ("3.2", "3.1"), ("3.3", "3.2"),
    ]  # fmt: skip


def test_the_same_text_again_makes_no_version(frozen):
    made = make.consultation(State.OPEN)

    actions.set_points(made, points_of(made.points.all()))

    assert made.versions.count() == 1


def test_an_emptied_draft_has_no_document(frozen):
    made = make.draft()

    actions.set_points(made, [])

    assert not made.versions.exists()
    assert list(made.points) == []


def test_what_is_looked_through_is_seen_by_nobody_else(client):
    made = make.consultation(State.OPEN)

    version = actions.preview_version(made, points=[("1", False, "Kanarkowy punkt")], by=None, at=now())

    assert version.number == 2
    for name in ("detail", "document", "document_comparison", "changes"):
        assert "anark" not in page_text(client.get(address(name, made))), name
    assert client.get(address("document", made, wersja="2")).status_code == 404
    assert search("kanarkowy").count == 0
    actions.drop_preview(version, by=None)
    assert made.versions.count() == 1


def test_a_kept_version_is_public_at_once_with_its_reason(client):
    made = make.consultation(State.OPEN)

    version = next_version(made, title="Zasady sal", stage=made.stages.get())

    page = page_text(client.get(address("document", made)))
    assert (version.number, version.published_at) == (2, now())
    assert "Zasady sal" in page
    assert make.REASON in page
    assert "Organizacja składa wniosek raz w roku." in page
    assert search("wniosek").count == 1
    entry = AuditEntry.objects.of(made).filter(verb="Nowa wersja dokumentu").get()
    assert (entry.is_public, entry.reason, entry.after["wersja"]) == (True, make.REASON, 2)


def test_before_the_notice_the_kept_text_takes_the_place_of_the_typed_one(frozen):
    made = make.draft()

    version = next_version(made)

    assert list(made.versions.values_list("pk", "number", "published_at")) == [(version.pk, 1, None)]
    assert not AuditEntry.objects.of(made).filter(is_public=True).exists()


def test_a_version_that_was_overtaken_follows_the_other(frozen):
    made = make.consultation(State.OPEN)
    slow = actions.preview_version(made, points=[("1", False, "Wolniejszy tekst")], by=None, at=now())
    fast = next_version(made)

    kept = actions.keep_version(slow, by=None, at=now(), reason=make.REASON)

    assert (fast.number, kept.number) == (3, 4)
    assert [point.text for point in made.points] == ["Wolniejszy tekst"]


def test_a_version_is_kept_only_once(frozen):
    made = make.consultation(State.OPEN)
    version = next_version(made)

    with pytest.raises(LawBreached) as refused:
        actions.keep_version(version, by=None, at=now(), reason=make.REASON)

    assert "już nie przeglądasz" in str(refused.value.breaches[0].message)


def test_only_those_who_prepare_may_touch_the_document(frozen):
    made = make.consultation(State.OPEN)
    stranger = make.manager(unit("Obcy Wydział"))

    with pytest.raises(MoveRefused):
        actions.preview_version(made, points=HALLS, by=stranger, at=now())
    with pytest.raises(MoveRefused):
        actions.preview_version(made, points=HALLS, by=UserFactory(), at=now())


@pytest.mark.parametrize(
    ("state", "purpose", "rule"),
    [
        (State.CLOSED, VersionPurpose.CONSULTED, "R-CNS-09"),
        (State.OPEN, VersionPurpose.AFTER, "R-CNS-19"),
        (State.ANALYSIS, VersionPurpose.ADOPTED, "R-CNS-22"),
    ],
)
def test_a_version_comes_at_its_time(frozen, state, purpose, rule):
    made = make.consultation(state)

    with pytest.raises(LawBreached) as refused:
        next_version(made, purpose=purpose)

    assert [(breach.rule, breach.field) for breach in refused.value.breaches] == [(rule, "purpose")]


# --- remarks --------------------------------------------------------------------------------------


def test_a_remark_keeps_its_point_when_the_numbers_move(client):
    made = make.consultation(State.OPEN)
    actions.set_points(made, HALLS)
    remark = make.submission(made, part="3.1").remarks.get()

    next_version(made)

    remark.refresh_from_db()
    assert (remark.part, remark.point.key, remark.point.version.number) == ("3.1", "3.1", 2)
    counts = {point.number: point.remark_count for point in queries.points_with_counts(made)}
    assert counts == {"§3": 0, "3.1": 0, "3.2": 1, "3.3": 0}
    page = page_text(client.get(address("remarks", made)))
    assert f'href="{address("document", made)}#p3.1"' in page
    assert 'id="p3.1"' in page_text(client.get(address("document", made)))
    assert page_text(client.get(address("remarks", made, punkt="3.1"))).count("uwaga 1.") == 1


def test_a_remark_finds_the_point_and_the_stage_of_its_day(frozen):
    made = make.draft(starts_on=date(2026, 6, 20))
    made.stages.update(kind=StageKind.DIAGNOSIS, starts_on=date(2026, 6, 20), ends_on=date(2026, 6, 30))
    later = ConsultationStage.objects.create(
        consultation=made, position=2, kind=StageKind.DRAFT, starts_on=date(2026, 7, 6), ends_on=made.ends_on
    )
    actions.plan(made, by=None, at=now())
    actions.announce(made, by=None, at=now())
    found = {}

    for day in (date(2026, 6, 21), date(2026, 7, 2), date(2026, 7, 7)):
        at = at_local(day)
        frozen.move_to(at)
        remark = make.submission(made, at=at).remarks.get()
        found[day.isoformat()] = (remark.point.number, remark.stage)

    first = made.stages.first()
    assert found == {
        "2026-06-21": ("3.1", first),
        "2026-07-02": ("3.1", first),  # between two stages: to what was asked last
        "2026-07-07": ("3.1", later),
    }


def test_the_form_tells_a_point_by_its_address(client):
    made = make.consultation(State.OPEN)
    actions.set_points(made, HALLS)
    next_version(made)

    page = page_text(client.get(address("send", made, punkt="3.1")))

    assert '<option value="3.1" selected>3.2 Miasto udostępnia sale.</option>' in page
    typed = {"uwagi-TOTAL_FORMS": "1", "uwagi-INITIAL_FORMS": "0", "uwagi-0-part": "3.1", "add": "1"}
    again = page_text(client.post(address("send", made), typed))
    assert '<option value="3.1" selected>3.2 Miasto udostępnia sale.</option>' in again


def test_a_remark_to_a_point_that_went_meanwhile_is_asked_about_and_not_lost(client):
    made = make.consultation(State.OPEN)
    actions.set_points(made, HALLS)
    next_version(made, HALLS[:2])
    typed = {
        "uwagi-TOTAL_FORMS": "1",
        "uwagi-INITIAL_FORMS": "0",
        "uwagi-0-part": "3.2",
        "uwagi-0-proposed_wording": "Moja długa uwaga",
        "respondent_type": "resident",
        "name": "Jan Lis",
        "email": "lis@example.org",
    }

    page = page_text(client.post(address("send", made), typed))

    assert "tego punktu nie ma już w dokumencie, wybierz inny" in page
    assert "Moja długa uwaga" in page
    assert not made.remarks.exists()


def test_the_form_of_changes_shows_the_point_of_a_remark(client):
    made = make.consultation(State.OPEN)
    actions.set_points(made, HALLS)
    sent = make.submission(made, part="3.1")
    next_version(made)

    page = page_text(client.get(reverse("consultations:edit", args=[sent.token])))

    assert '<option value="3.1" selected>3.2 Miasto udostępnia sale.</option>' in page


def test_a_changed_remark_moves_to_its_new_point(frozen):
    made = make.consultation(State.OPEN)
    sent = make.submission(made, part="3.1")
    remark = sent.remarks.get()
    text = actions.RemarkText("Inaczej.", part="3.2", remark_id=remark.pk)

    actions.edit_submission(sent, remarks=[text], at=now())

    remark.refresh_from_db()
    assert (remark.part, remark.point.number) == ("3.2", "3.2")


def test_a_changed_remark_may_move_to_a_point_that_took_over_a_number(frozen):
    made = make.consultation(State.OPEN)
    actions.set_points(made, HALLS)
    sent = make.submission(made, part="3.1")
    next_version(made)
    remark = sent.remarks.get()

    actions.edit_submission(
        sent, remarks=[actions.RemarkText("Inaczej.", part="3.1", remark_id=remark.pk)], at=now()
    )

    remark.refresh_from_db()
    assert remark.point.key == "3.1-v3"


def test_the_form_of_changes_says_that_a_point_is_gone(client):
    made = make.consultation(State.OPEN)
    actions.set_points(made, HALLS)
    sent = make.submission(made, part="3.2")
    next_version(made, HALLS[:2])

    page = page_text(client.get(reverse("consultations:edit", args=[sent.token])))

    assert "3.2 (punktu nie ma już w dokumencie)" in page


# --- pages ----------------------------------------------------------------------------------------


def test_the_document_shows_the_remarks_below_their_point(client):
    made = make.consultation(State.OPEN)
    make.submission(made, remarks=5, part="3.1")

    page = page_text(client.get(address("document", made)))

    assert page.count("Sale także w niedziele") == 3
    assert "5 uwag" in page
    assert "Wszystkie uwagi do punktu 3.1" in page
    assert f"{address('send', made)}?punkt=3.2" in page
    assert "Zenobia" not in page


def test_what_was_done_is_offered_once_people_spoke_or_something_was_done(client, frozen):
    made = make.consultation(State.ANNOUNCED)
    next_version(made)
    changes = address("changes", made)

    for page in (made.get_absolute_url(), address("document", made)):
        assert changes not in page_text(client.get(page)), page

    spoken = make.consultation(State.OPEN)
    make.submission(spoken)
    assert address("changes", spoken) in page_text(client.get(spoken.get_absolute_url()))


@pytest.mark.parametrize("name", ["document", "document_comparison", "changes"])
def test_the_pages_of_a_document_ask_little_however_long_it_is(client, django_assert_max_num_queries, name):
    made = make.consultation(State.OPEN)
    counts = []
    for size in (1, 30):
        points = [(f"{n}", False, f"Punkt numer {n}, wersja {size}.") for n in range(1, size + 1)]
        next_version(made, points)
        for n in range(1, size + 1):
            make.submission(made, part=str(n))
        client.get(address(name, made))
        with django_assert_max_num_queries(8) as seen:
            assert client.get(address(name, made)).status_code == 200
        counts.append(len(seen.captured_queries))

    assert counts[0] == counts[1]


@pytest.mark.parametrize("query", [{"wersja": "9"}, {"wersja": "x"}, {"wersja": "²"}])
def test_a_version_that_is_not_there_is_not_found(client, query):
    made = make.consultation(State.OPEN)

    assert client.get(address("document", made, **query)).status_code == 404
    assert client.get(address("document_file", made, **query)).status_code == 404
    assert client.get(address("document_comparison", made, od=query["wersja"])).status_code == 404


@pytest.mark.parametrize("state", [State.DRAFT, State.PLANNED])
def test_before_the_notice_there_is_no_document_for_others(client, state):
    made = make.draft() if state == State.DRAFT else make.consultation(state)

    for name in ("document", "document_file", "document_comparison", "changes"):
        assert client.get(address(name, made)).status_code == 404, name


def test_versions_are_compared_paragraph_by_paragraph(client):
    made = make.consultation(State.OPEN)
    actions.set_points(made, HALLS)
    next_version(made)

    page = page_text(client.get(address("document_comparison", made)))
    whole = page_text(client.get(address("document_comparison", made, od="2", do="3", cale="1")))

    assert "2 punkty" in page
    assert "nowy" in page
    assert "<del>" in page
    assert "ten sam tekst, wcześniej 3.1" not in page
    assert "ten sam tekst, wcześniej 3.1" in whole
    assert "bez zmian" in whole


def test_the_document_is_an_accessible_paper(client):
    made = make.consultation(State.OPEN)
    listed = "<p>Miasto:</p><ul><li>daje<ul><li>sale</li></ul></li><li>bierze</li></ul>"
    table = "<table><thead><tr><th>Sala</th><th>Cena</th></tr></thead><tbody><tr><td>A</td><td>0 zł</td></tr></tbody></table>"
    read = [
        *points_of(HALLS),
        points_of([("3.3", False, "Miasto:\n– daje\n–– sale\n– bierze")])[0],
        points_of([("3.4", False, "Sala | Cena\nA | 0 zł")])[0],
    ]
    version = actions.preview_version(made, points=read, by=None, at=now())
    version.points.filter(number="3.3").update(kind="list", html=listed)
    version.points.filter(number="3.4").update(kind="table", html=table)
    actions.keep_version(version, by=None, at=now(), reason=make.REASON)

    response = client.get(address("document_file", made))

    assert response.headers["Content-Type"] == "application/pdf"
    assert_accessible(response.content)
    said = text_of(response.content)
    for words in ("§3. Zadania", "Miasto udostępnia sale.", "bierze", "Cena", "0 zł", "wersja 2"):
        assert words in said, words


@pytest.mark.rule("R-CNS-22")
def test_what_was_asked_said_and_done_stand_together(client):
    made = make.consultation(State.OPEN)
    actions.set_points(made, HALLS)
    heard, other = make.submission(made, part="3.2"), make.submission(made, part="")
    frozen_end = made.ends_on + timedelta(days=1)
    actions.close_due(at_local(frozen_end))
    made.refresh_from_db()
    actions.start_analysis(made, by=None, at=at_local(frozen_end))
    for sent, code in ((heard, PositionCode.PARTLY), (other, PositionCode.REJECTED)):
        make.answer(sent.remarks.get(), code=code)
    make.write_report(made)
    actions.publish_report(made, by=None, at=at_local(frozen_end))
    changed = [*HALLS[:2], ("3.2", False, "Sale są bezpłatne przez 15 godzin.")]
    version = actions.preview_version(
        made, points=changed, purpose=VersionPurpose.AFTER, by=None, at=at_local(frozen_end)
    )
    actions.keep_version(version, by=None, at=at_local(frozen_end), reason="Po uwagach")
    made.outcome, made.outcome_url = "Radni przyjęli uchwałę.", "https://bip.example.org/uchwala"
    actions.save_consultation(made, by=None, at=at_local(frozen_end), reason=make.REASON)
    actions.publish_outcome(made, by=None, at=at_local(frozen_end))

    page = page_text(client.get(address("changes", made)))

    for words in (
        "Sale są bezpłatne przez ",
        "częściowo",
        make.POSITION,
        "Uwagi do całości",
        "Radni przyjęli uchwałę.",
    ):
        assert words in page, words
    assert 'href="https://bip.example.org/uchwala"' in page
    assert page.count('class="chg"') == 2  # the changed point and the general remarks; nothing of what stayed
    assert "<ins>" in page
    assert "<dt>Wykorzystane</dt><dd>1</dd>" in page
    assert "możliwe w innej formie i te, które miasto już realizuje" in page
    assert "Zenobia" not in page


def test_a_remark_to_a_point_that_went_stands_with_what_it_was(client):
    made = make.consultation(State.OPEN)
    actions.set_points(made, HALLS)
    make.submission(made, part="3.2")
    next_version(made, [("3.1", False, "Miasto udostępnia sale.")])

    page = page_text(client.get(address("changes", made)))

    assert "Sale są bezpłatne przez 10 godzin." in page
    assert "Sale także w niedziele" in page


def test_a_long_document_is_begun_on_the_page_of_the_consultation(client):
    made = make.consultation(State.OPEN)
    next_version(made, [(f"{n}", False, f"Punkt kolejny {n}.") for n in range(1, 61)])

    page = page_text(client.get(made.get_absolute_url()))

    assert "Punkt kolejny 30." in page
    assert "Punkt kolejny 31." not in page
    assert "jeszcze 30 części dokumentu" in page


def test_stages_say_which_one_is_on(client):
    made = make.consultation(State.OPEN)
    half = made.starts_on + timedelta(days=10)
    made.stages.update(starts_on=made.starts_on, ends_on=half)
    ConsultationStage.objects.create(
        consultation=made,
        position=2,
        kind=StageKind.DRAFT,
        starts_on=half + timedelta(days=1),
        ends_on=made.ends_on,
    )

    page = page_text(client.get(made.get_absolute_url()))

    states = [stage.state_now for stage in made.stages.all()]
    assert states == ["now", "next"] or states == ["done", "now"]
    assert "trwa" in page
