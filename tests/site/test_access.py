"""Every named address as five kinds of people: the answer is in the table, and a new address needs a row."""

from collections.abc import Iterator
from functools import cache

import pytest
from django.contrib import admin
from django.db.models import F
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from communication.models import NewsItem, NewsletterIssue, Subscriber
from competitions.models import (
    Award,
    Call,
    Committee,
    CommitteeCandidate,
    DraftRemark,
    DraftReview,
    Offer,
    SavedSearch,
    ScoreCard,
)
from consultations.models import (
    Consultation,
    ConsultationRequest,
    ConsultationStage,
    DemandMeeting,
    FormDate,
    Invitation,
    Postulate,
    SignUp,
    Submission,
    Survey,
)
from core.accounts.models import User
from core.city.models import Branch
from core.common.clock import local_day, now
from core.documents.models import Attachment
from core.notifications.preferences import KINDS, unsubscribe_url
from dialogue_bodies.models import DialogueBody
from grants.models import SmallGrant
from organizations.enums import MandateRole, State
from organizations.models import (
    Logo,
    Mandate,
    Organization,
    PartnerNotice,
    RegistrationDraft,
    RepresentationAct,
)
from programmes.models import Programme
from resources.models import Resource

from .access_table import DESK, OTHERS

pytestmark = pytest.mark.usefixtures("demo")

PEOPLE = ("", "mieszkaniec", "ngo", "urzednik", "koordynator")
CLERK = "urzednik"


def names(resolver=None, prefix: str = "") -> Iterator[str]:
    """The name of every address, with its namespaces."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if not isinstance(pattern, URLPattern):
            yield from names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield f"{prefix}{pattern.name}"


def person(key: str) -> User:
    return User.objects.get(email=f"{key}@example.org")


@pytest.fixture(scope="module", autouse=True)
def _people_and_rows_of_this_copy(demo) -> None:
    """A worker may come to this module twice, with another copy of the demo: who was logged in is not any more."""
    clients.cache_clear()
    rows.cache_clear()


@cache
def clients() -> tuple[Client, ...]:
    return tuple(as_person(key) for key in PEOPLE)


def as_person(key: str) -> Client:
    client = Client(raise_request_exception=False)
    if key:
        client.force_login(person(key))
    return client


def statuses(method: str, address: str) -> tuple[int, ...]:
    return tuple(getattr(client, method)(address).status_code for client in clients())


# --- which row an address is asked about ------------------------------------------------------------


def own_offers(state: str):
    """Offers in open calls of the organisations for which the person »ngo« may sign."""
    held = Mandate.objects.in_force(local_day(now())).filter(user=person("ngo"), role="ngo_representative")
    return Offer.objects.filter(
        organization__mandates__in=held, state=state, call__state="published"
    ).order_by("pk")


def foreign_offers():
    return Offer.objects.exclude(pk__in=Offer.objects.of_person(person("ngo"), local_day(now())))


def with_file() -> Submission:
    """A submission that came with a file."""
    file = Attachment.objects.filter(subject_kind="consultations.submission").order_by("pk").first()
    sent = Submission.objects.get(pk=file.subject_id)
    sent.pk_of_file = file.pk
    return sent


def stages():
    """Stages of the consultation whose first one has a report of its own, with the slug of the consultation."""
    rows = ConsultationStage.objects.filter(consultation__stages__report_published_on__isnull=False)
    return rows.annotate(slug=F("consultation__slug")).order_by("position")


def surveys(state: str):
    """Published surveys of consultations in a state, with the slug of these."""
    rows = Survey.objects.filter(consultation__state=state).exclude(published_at=None)
    return rows.annotate(slug=F("consultation__slug")).order_by("pk")


@cache
def rows() -> dict[str, object]:
    """Public rows, rows of the person »ngo«, and rows that only their owners may see."""
    own = (
        Mandate.objects.filter(user=person("ngo"), role=MandateRole.NGO_REPRESENTATIVE, ended_at=None)
        .get(verified_at__isnull=False)
        .organization
    )
    foreign = Organization.objects.published().exclude(mandates__user=person("ngo")).order_by("pk").first()
    return {
        "call": Call.objects.open(now()).order_by("pk").first(),
        "draft call": Call.objects.filter(state="draft").order_by("pk").first(),
        "review": DraftReview.objects.filter(closes_at__gt=now()).order_by("pk").first(),
        "draft remark": DraftRemark.objects.order_by("pk").first(),
        "saved search": SavedSearch.objects.filter(user=person("ngo")).first(),
        "archived call": Call.objects.filter(state="archived", result__isnull=False).order_by("pk").first(),
        "own offer": own_offers("draft").first(),
        "own filed offer": own_offers("submitted").last(),
        "foreign offer": foreign_offers().filter(state="withdrawn").order_by("pk").first(),
        "filed offer": foreign_offers().filter(state="submitted").order_by("pk").last(),
        "resolved call": Award.objects.filter(offer__isnull=False).order_by("pk").first().result.call,
        "award": Award.objects.filter(offer__isnull=False).order_by("pk").first(),
        "judged call": Call.objects.filter(state="merit_evaluation", committee__isnull=False).first(),
        "judged offer": Offer.objects.filter(call__state="merit_evaluation").order_by("pk").first(),
        "committee": Committee.objects.filter(call__state="merit_evaluation").first(),
        "card": ScoreCard.objects.filter(offer__call__state="merit_evaluation").order_by("pk").first(),
        "candidate": CommitteeCandidate.objects.order_by("pk").first(),
        "consultation": Consultation.objects.filter(state="open").order_by("pk").first(),
        "reported consultation": Consultation.objects.filter(state="report_published", origin="portal")
        .order_by("pk")
        .first(),
        "reported stage": stages().exclude(report_published_on=None).first(),
        "open stage": stages().filter(report_published_on=None, position=2).last(),
        "submission": Submission.objects.filter(consultation__state="open", withdrawn_at=None)
        .order_by("pk")
        .first(),
        "paper": with_file(),
        "survey": surveys("open").first(),
        "ended survey": surveys("report_published").first(),
        "meeting": FormDate.objects.filter(form__consultation__state="open", form__takes_sign_ups=True)
        .order_by("form__consultation", "pk")
        .first(),
        "sign-up": SignUp.objects.filter(cancelled_at=None).order_by("pk").first(),
        "invitation": Invitation.objects.order_by("pk").first(),
        "demand": Postulate.objects.published().order_by("pk").first(),
        "demand meeting": DemandMeeting.objects.published().order_by("pk").first(),
        "request": ConsultationRequest.objects.filter(state="collecting").first(),
        "own request": ConsultationRequest.objects.filter(state="draft", user=person("mieszkaniec")).first(),
        "settled request": ConsultationRequest.objects.filter(state="refused").first(),
        "body": DialogueBody.objects.published().order_by("pk").first(),
        "own": own,
        "foreign": foreign,
        "unpublished": Organization.objects.filter(state=State.SUBMITTED).order_by("pk").first(),
        "begun": RegistrationDraft.objects.filter(person=person("mieszkaniec")).first(),
        "mandate": Mandate.objects.filter(organization=own).order_by("pk").first(),
        "act": RepresentationAct.objects.waiting().get(organization=own),
        "claim": Mandate.objects.get(user__email="alicja@example.org"),
        "branch": Branch.objects.first(),
        "notice": PartnerNotice.objects.filter(organization=own).first(),
        "foreign notice": PartnerNotice.objects.exclude(organization__mandates__user=person("ngo")).first(),
        "logo": Logo.objects.get(organization=own),
        "programme": Programme.objects.first(),
        "resource": Resource.objects.first(),
        "grant": SmallGrant.objects.order_by("pk").first(),
        "news": NewsItem.objects.events().order_by("pk").first(),
        "draft news": NewsItem.objects.filter(state="submitted").order_by("pk").first(),
        "issue": NewsletterIssue.objects.published().first(),
        "draft issue": NewsletterIssue.objects.filter(state="draft").first(),
        "subscriber": Subscriber.objects.active().first(),
        "file": Attachment.objects.for_everybody().order_by("pk").first(),
    }


def words(spec: dict) -> dict:
    """The words of an address: »call.slug« is read from the row, everything else stands as it is."""
    found = {}
    for name, value in spec.items():
        row, _dot, field = str(value).partition(".")
        found[name] = getattr(rows()[row], field) if field and row in rows() else value
    return found


# --- the tests --------------------------------------------------------------------------------------


def test_every_address_has_a_row():
    known = {name.partition("@")[0] for name in OTHERS} | {f"admin:{name}" for name in DESK}

    assert set(names()) == known


@pytest.mark.parametrize("name", OTHERS)
def test_public_and_personal_pages(name):
    method, spec, expected = OTHERS[name]
    if name == "notifications:unsubscribe":
        address = unsubscribe_url(person("ngo"), next(iter(KINDS))).removeprefix("http://testserver")
    else:
        address = reverse(name.partition("@")[0], kwargs=words(spec))

    assert statuses(method, address) == expected, address


@pytest.mark.parametrize("name", DESK)
def test_pages_of_the_desk(name):
    """Asked about a row of the clerk's own unit where there is one."""
    expected = DESK[name]
    address = desk_address(name)

    assert statuses("get", address) == (302, 302, 302, *expected), address


def desk_address(name: str) -> str:
    if name == "consultations_consultation_stage_report":
        stage = rows()["reported stage"]
        return reverse(f"admin:{name}", args=[stage.consultation_id, stage.pk])
    spec = {"to": "nigdzie", "word": "kopia", "key": "nieznane", "item": 0, "other": 0, "dossier": 0}
    model = next(
        (m for m in admin.site._registry if name.startswith(f"{m._meta.app_label}_{m._meta.model_name}_")),
        None,
    )
    if model is None:
        special = {
            "view_on_site": {"content_type_id": 1, "object_id": 0},
            "app_list": {"app_label": "competitions"},
            "organizations_queue_item": {"kind": "blad", "pk": 0},
        }
        return reverse(f"admin:{name}", kwargs=special.get(name, {}))
    verb = name.removeprefix(f"{model._meta.app_label}_{model._meta.model_name}_")
    key = own_key(model)
    wanted = {
        "changelist": {},
        "add": {},
        "twins": {},
        "statistics": {},
        "from_template": {},
        **{v: {"object_id": key} for v in ("change", "history", "delete")},
    }
    if verb in wanted:
        return reverse(f"admin:{name}", kwargs=wanted[verb])
    for extra in ((), ("item",), ("to",), ("word",), ("key",), ("other",), ("dossier",)):
        try:
            return reverse(f"admin:{name}", kwargs={"pk": key, **{word: spec[word] for word in extra}})
        except NoReverseMatch:  # the next set of words may fit
            continue
    raise AssertionError(name)


def own_key(model) -> int:
    request = RequestFactory().get("/")
    request.user = person(CLERK)
    owner = admin.site._registry[model]
    own = owner.get_queryset(request).order_by("pk").first()
    row = own or model._default_manager.order_by("pk").first()
    return row.pk if row else 0
