"""Reads of calls that have two or more callers."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, Now, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.accounts.roles import Role
from core.city.scope import has_role, scoped, sees_all_units
from core.common import formats
from core.common.clock import at_local, end_of_day, local_day, now, today
from core.common.cooperation import Source, lines
from core.common.dates import DatedThing, SitemapEntry, Waiting
from core.common.sanitize import text_of
from core.documents.models import PublicationProof
from core.legal import parameters
from core.legal.models import AuditEntry, Transition
from organizations.models import Organization
from organizations.queries import partner_notices

from .. import law
from ..enums import (
    BEFORE_NOTICE,
    WITH_RESULTS,
    WRITABLE_STATES,
    EntryStatus,
    Origin,
    Outcome,
    State,
)
from ..models import (
    Award,
    Call,
    CallBudgetItem,
    CallBudgetSource,
    CallBudgetYear,
    CallCriterion,
    CallPart,
    CallPhase,
    CallPremises,
    CallPriorFunding,
    CallQuestion,
    CallScheduleEntry,
    CallSpending,
    DraftRemark,
    DraftReview,
    IntakeWindow,
    Offer,
    OfferPartner,
    RejectedOffer,
)
from ..models.call import NEAREST_FIRST
from . import desk as desk_queries

DAYS_BEFORE_YEAR_END = timedelta(days=60)


# What no list and no file shows.
LONG_TEXTS = (
    "goal", "eligibility", "conditions", "accessibility", "selection_procedure", "committee_call", "summary_en",
    "summary_uk", "information_clause", "cancellation_reservation", "prior_funding_note", "budget_note",
)  # fmt: skip


# --- one call -------------------------------------------------------------------------------------


def for_page() -> QuerySet[Call]:
    """Calls everybody may see, each with all its rows in the same query (attributes ``shown_…``).

    A page may cost eight queries, and a call has a dozen kinds of rows; the database hands them over as JSON.
    """
    return _for_page().all()


@cache
def _for_page() -> QuerySet[Call]:
    """Built once: putting this query together takes longer than answering it."""
    award_values = {
        "name": "organization_name",
        "slug": "organization__slug",
        "organization_state": "organization__state",
        **_same("title", "outcome", "score_label", "contract_number", "note"),
        **_amounts("amount", "requested_amount", "score"),
    }
    return (
        Call.objects.published()
        .select_related("unit", "result", "published_by", "previous_edition", "consultation")
        .annotate(
            shown_units=_rows(Call.units.through, "call", name="organizationalunit__name"),
            shown_spheres=_rows(
                Call.spheres.through,
                "call",
                no="tasksphere__statutory_no",
                code="tasksphere__code",
                label="tasksphere__label",
            ),
            partner_notices=Subquery(
                partner_notices(today())
                .filter(sphere__calls=OuterRef("pk"))
                .values("sphere__calls")
                .annotate(n=Count("pk"))
                .values("n")
            ),
            shown_districts=_rows(Call.districts.through, "call", name="district__full_name"),
            shown_years=_rows(
                CallBudgetYear, "call", **_same("year", "note", "is_approximate"), **_amounts("amount")
            ),
            shown_sources=_rows(
                CallBudgetSource, "call", **_same("source", "note", "is_approximate"), **_amounts("amount")
            ),
            shown_parts=_rows(
                CallPart,
                "call",
                **_same("no", "name", "unit_rate_per", "places", "year", "task_from", "task_to", "note"),
                **_same("place", "planned_awards", "is_approximate"),
                **_amounts("budget", "unit_rate", "min_grant", "max_grant", "equipment_limit"),
                **_amounts("max_grant_per_year", "min_own_contribution_percent"),
            ),
            shown_items=_rows(
                CallBudgetItem,
                "call",
                **_same("year", "part", "place", "source", "is_approximate", "is_contingent", "note"),
                **_amounts("amount"),
            ),
            shown_premises=_rows(
                CallPremises,
                "call",
                **_same("address", "rent_per", "utilities", "note"),
                **_amounts("area", "cellar_area", "common_share_percent", "rent"),
            ),
            shown_prior=_rows(
                CallPriorFunding,
                "call",
                **_same("year_from", "year_to", "task", "note"),
                **_amounts("amount", "grants_to_ngos"),
            ),
            shown_phases=_rows(CallPhase, "call", **_same("name", "task_from", "task_to", "note")),
            spent=Subquery(
                CallSpending.objects.filter(call=OuterRef("pk"))
                .order_by()
                .values("call")
                .annotate(sum=Sum("amount"))
                .values("sum")
            ),
            shown_windows=_rows(IntakeWindow, "call", **_same("opens", "closes", "note")),
            shown_criteria=_rows(
                CallCriterion, "call", **_same("name", "description"), **_amounts("max_points", "weight")
            ),
            shown_awards=_rows(Award, "result__call", **award_values),
            shown_rejected=_rows(
                RejectedOffer, "result__call", name="organization_name", **_same("title", "reason")
            ),
            shown_reviews=_rows(
                DraftReview.objects.filter(opens_at__lte=Now()),
                "call",
                **_same("slug", "opens_at", "closes_at"),
            ),
            shown_next=_rows(Call.objects.published(), "previous_edition", **_same("slug", "title")),
            shown_questions=_rows(
                CallQuestion.objects.published(), "call", **_same("id", "text", "answer", "answered_at")
            ),
        )
    )


def _rows(source: Any, owner: str, /, **columns: Any) -> ArraySubquery:
    """The rows below a call as a list of dicts, in the order of their model."""
    rows = source if isinstance(source, QuerySet) else source.objects.all()
    ordered = rows if rows.ordered else rows.order_by("pk")
    return ArraySubquery(ordered.filter(**{owner: OuterRef("pk")}).values(row=JSONObject(**columns)))


def _same(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def _amounts(*names: str) -> dict[str, Cast]:
    """Decimals as text: JSON would make floats of them."""
    return {name: Cast(name, CharField()) for name in names}


def proofs_of(call: Call) -> list[PublicationProof]:
    """Where and when the notice, its changes, the results or the cancellation were published."""
    return list(PublicationProof.objects.of(call))


def transitions_of(call: Call) -> list[Transition]:
    """The moves of a call since its notice came out."""
    return list(Transition.objects.of(call).exclude(target__in=BEFORE_NOTICE))


def public_entries_of(call: Call) -> list[AuditEntry]:
    return list(AuditEntry.objects.of(call).filter(is_public=True))


def find_organization(name: str) -> Organization | None:
    """A published organisation by its exact full or short name; None when none or several fit."""
    found = list(
        Organization.objects.published().filter(Q(name__iexact=name) | Q(short_name__iexact=name))[:2]
    )
    return found[0] if len(found) == 1 else None


def own_offers(user) -> QuerySet[Offer]:
    """Offers that the person reaches through an organisation, with what their pages show."""
    rows = Offer.objects.of_person(user, today()).select_related(
        "call__unit", "part", "organization__dossier"
    )
    return rows.prefetch_related("sections", "partners__organization", "call__parts")


def own_offers_list(user) -> QuerySet[Offer]:
    """The same for the list: without what is written in them."""
    rows = Offer.objects.of_person(user, today()).select_related("call__unit", "organization")
    return rows.prefetch_related("partners__organization").order_by("call__offers_due_at", "-pk")


def grouped_offers(rows: Iterable[Offer], at: datetime) -> list[tuple[str, list[Offer]]]:
    """What is being written (the nearest end first), what has been filed, what is over; empty groups are left out."""
    groups: dict[str, list[Offer]] = {"writing": [], "filed": [], "over": []}
    for offer in rows:
        is_open = law.is_open(offer.call.offers_due_at, at) and offer.call.state == State.PUBLISHED
        key = "filed" if offer.is_filed else "writing" if is_open else "over"
        groups[key].append(offer)
    return [(key, found) for key, found in groups.items() if found]


TAKING_HERE = {"origin": Origin.PORTAL, "submission_url": ""}


def calls_for_offers(at: datetime) -> QuerySet[Call]:
    """Open calls in which an offer may be begun on the portal, the next to close first."""
    return Call.objects.open(at).in_order(at).filter(**TAKING_HERE).order_by(*NEAREST_FIRST)[:100]


# --- lists and figures ----------------------------------------------------------------------------


def public_list(at: datetime) -> QuerySet[Call]:
    """All public calls, ready for the list: open ones first, by the nearest end of intake."""
    answered = CallQuestion.objects.published().filter(call=OuterRef("pk")).order_by().values("call")
    counted = Subquery(answered.annotate(n=Count("pk")).values("n"))
    rows = Call.objects.published().in_order(at).select_related("unit").defer(*LONG_TEXTS)
    return rows.annotate(question_count=counted)


def open_calls(limit: int) -> QuerySet[Call]:
    """The next to close, for the start page."""
    return Call.objects.open(now()).in_order(now()).select_related("unit").order_by(*NEAREST_FIRST)[:limit]


def figures() -> dict[str, Any]:
    """How many intakes are open and how much money they have: ``open_count``, ``open_pool`` (złote)."""
    return Call.objects.open(now()).aggregate(
        open_count=Count("pk"), open_pool=Sum("budget_total", default=0)
    )


def schedule_of(year: int) -> QuerySet[CallScheduleEntry]:
    """The published schedule of a year, with unit, spheres and the call of each entry."""
    rows = CallScheduleEntry.objects.published().of_year(year).in_order()
    return rows.select_related("unit", "call").prefetch_related("spheres")


def schedule_years() -> list[int]:
    return list(
        CallScheduleEntry.objects.published().values_list("year", flat=True).distinct().order_by("year")
    )


# --- what the roof pulls --------------------------------------------------------------------------


def dated_things(start: datetime, end: datetime, **scope: Any) -> Iterator[DatedThing]:
    """Ends of intakes between two moments; ``units``, ``districts``, ``spheres`` (sets of pk) narrow them."""
    rows = (
        Call.objects.published()
        .filter(offers_due_at__gte=start, offers_due_at__lt=end)
        .select_related("unit")
    )
    for name in ("units", "districts", "spheres"):
        if scope.get(name) is not None:
            link = getattr(Call, name).through
            column = {"units": "organizationalunit", "districts": "district", "spheres": "tasksphere"}[name]
            rows = rows.filter(
                Exists(link.objects.filter(call=OuterRef("pk"), **{f"{column}__in": scope[name]}))
            )
    yield from (as_thing(call) for call in rows.order_by("offers_due_at"))
    if not any(scope.get(name) for name in ("districts", "spheres")):
        yield from _reviews_ending(start, end, scope.get("units"))


def _reviews_ending(start: datetime, end: datetime, units: set[int] | None) -> Iterator[DatedThing]:
    """Ends of the time for remarks on drafts."""
    rows = DraftReview.objects.filter(closes_at__gte=start, closes_at__lt=end, opens_at__lte=now())
    rows = rows.exclude(call__state=State.CANCELLED).select_related("call__unit")
    if units is not None:
        rows = rows.filter(call__unit__in=units)
    for review in rows.order_by("closes_at"):
        yield DatedThing(
            starts=review.closes_at,
            kind="call",
            label=_("Koniec uwag do szkicu"),
            title=review.title,
            url=review.get_absolute_url(),
            uid=f"call-draft-{review.pk}@portal-ngo",
            unit=str(review.call.unit or ""),
        )


def as_thing(call: Call) -> DatedThing:
    """The end of the intake of a call."""
    return DatedThing(
        starts=call.offers_due_at if call.has_due_hour else local_day(call.offers_due_at),
        kind="call",
        label=_("Koniec naboru"),
        title=call.title,
        url=call.get_absolute_url(),
        uid=f"call-{call.pk}-deadline@portal-ngo",
        unit=str(call.unit or call.authority),
        note=_("Pula: %(pool)s") % {"pool": formats.zloty(call.budget_total)}
        if call.budget_total is not None
        else "",
        is_cancelled=call.state == State.CANCELLED,
    )


def things_of(call: Call) -> list[DatedThing]:
    """Every date of one call: end of intake, end of questions, planned results."""
    dates = [
        (_("Pytania do"), "questions", call.questions_until),
        (_("Zgłoszenia do komisji do"), "committee", call.committee_call_until),
        (_("Planowane wyniki"), "results", call.results_planned_on),
    ]
    found = [as_thing(call)] if call.offers_due_at else []
    return found + [
        DatedThing(
            starts=starts,
            kind="call",
            label=label,
            title=call.title,
            url=call.get_absolute_url(),
            uid=f"call-{call.pk}-{name}@portal-ngo",
            is_cancelled=call.state == State.CANCELLED,
        )
        for label, name, starts in dates
        if starts
    ]


def search_entries() -> Iterator[dict[str, Any]]:
    for call in Call.objects.published().select_related("unit").iterator(chunk_size=500):
        yield {"obj": call, **search_arguments(call)}


def search_arguments(call: Call) -> dict[str, Any]:
    """A call as the search index holds it: only what its page shows."""
    texts = [call.goal, call.eligibility, call.conditions, call.accessibility, call.committee_call]
    words = [call.number, call.authority, call.place, call.sphere_label, call.mode_name, call.description]
    return {
        "kind": "call",
        "title": call.title,
        "lead": call.plain_summary or call.description or call.sphere_label,
        "text": " ".join([*words, *map(text_of, texts), *map(str, call.target_groups)]),
        "url": call.get_absolute_url(),
        "dated_on": call.dated_on,
        "unit": call.unit,
    }


def sitemap_entries() -> Iterable[SitemapEntry]:
    rows = Call.objects.published().only("slug", "updated_at", "published_at").iterator(chunk_size=1000)
    yield from (SitemapEntry(call.get_absolute_url(), call.updated_at or call.published_at) for call in rows)
    begun = DraftReview.objects.filter(opens_at__lte=now()).exclude(call__state=State.CANCELLED)
    yield from (
        SitemapEntry(review.get_absolute_url(), review.opens_at) for review in begun.only("slug", "opens_at")
    )


def export_catalogue() -> list[dict[str, Any]]:
    from ..exports import AWARD_COLUMNS, COLUMNS, SCHEDULE_COLUMNS

    return [
        {
            "title": _("Konkursy i nabory"),
            "url": reverse("competitions:list"),
            "formats": ["csv", "json", "xlsx", "ics", "rss"],
            "dictionary": COLUMNS,
        },
        {
            "title": _("Dotacje z konkursów"),
            "url": reverse("competitions:awards"),
            "formats": ["csv", "json", "xlsx"],
            "dictionary": AWARD_COLUMNS,
        },
        {
            "title": _("Harmonogram konkursów"),
            "url": reverse("competitions:schedule"),
            "formats": ["csv", "json", "xlsx", "ics"],
            "dictionary": SCHEDULE_COLUMNS,
        },
    ]


# --- what waits for the people of an organisation ---------------------------------------------------


def matters_for(user, organization) -> list[Waiting]:
    """Drafts that have to be filed, invitations to joint offers, supplements: of the organisation acted for."""
    return matters_of_all(user, [organization] if organization is not None else [])


def matters_of_all(user, organizations: Iterable[Organization]) -> list[Waiting]:
    """The same for all organisations of a person; three queries whatever their number."""
    mine = {organization.pk: organization for organization in organizations}
    if not mine:
        return []
    taken = {"state__in": WRITABLE_STATES, "call__in": Call.objects.open(now())}
    own = Offer.objects.filter(organization__in=mine, **taken).select_related("call")
    shared = OfferPartner.objects.filter(organization__in=mine, declined_at=None, left_at=None)
    shared = shared.filter(**{f"offer__{name}": value for name, value in taken.items()})
    finish, answer = _("Dokończ i złóż ofertę."), _("Odpowiedz na zaproszenie do oferty wspólnej.")
    return [
        *desk_queries.matters_of(mine, now()),
        *(_waiting_offer(offer, finish, mine[offer.organization_id]) for offer in own[:50]),
        *(
            _waiting_offer(
                partner.offer, finish if partner.accepted_at else answer, mine[partner.organization_id]
            )
            for partner in shared.select_related("offer__call")[:50]
        ),
    ]


def _waiting_offer(offer: Offer, reason: str, organization: Organization) -> Waiting:
    return Waiting(
        title=offer.title or offer.call.title,
        url=offer.get_absolute_url(),
        reason=f"{reason} {offer.call.title}" if offer.title else reason,
        due_at=offer.call.offers_due_at,
        kind="call",
        organization=str(organization),
        organization_id=organization.pk,
    )


# --- what waits for officials ---------------------------------------------------------------------

WAITING_STATES = {
    State.DRAFT: gettext_lazy("Dokończ i ogłoś konkurs."),
    State.INTERNAL_REVIEW: gettext_lazy("Sprawdź ogłoszenie i ogłoś konkurs."),
    State.CLOSED: gettext_lazy("Nabór się zakończył. Rozpocznij ocenę formalną."),
    State.FORMAL_EVALUATION: gettext_lazy("Trwa ocena formalna."),
    State.CORRECTIONS: gettext_lazy("Organizacje uzupełniają oferty."),
    State.MERIT_EVALUATION: gettext_lazy("Trwa ocena merytoryczna."),
    State.COMMITTEE_OPINION: gettext_lazy("Jest opinia komisji. Zapisz decyzję."),
    State.DECIDED: gettext_lazy("Decyzja zapadła. Opublikuj wyniki w trzech miejscach."),
}


def waiting_for(user) -> list[Waiting]:
    """Calls, questions and the schedule that wait for this official."""
    if not has_role(user, Role.CALL_MANAGER, Role.UNIT_EDITOR):
        return []
    calls = scoped(Call.objects.filter(state__in=WAITING_STATES), user, "unit")
    questions = scoped(CallQuestion.objects.waiting().select_related("call"), user, "call__unit")
    return [
        *(_waiting_call(call) for call in calls.order_by("dated_on")[:50]),
        *(_waiting_question(question) for question in questions[:50]),
        *_waiting_remarks(user),
        *_waiting_plans(user),
        *_waiting_schedule(user),
        *desk_queries.waiting_offers(user, now()),
    ]


def _waiting_call(call: Call) -> Waiting:
    due = {
        State.FORMAL_EVALUATION: call.formal_review_until,
        State.MERIT_EVALUATION: call.merit_review_until,
        State.DECIDED: call.results_planned_on,
    }.get(State(call.state))
    return Waiting(
        title=call.title,
        url=reverse("admin:competitions_call_change", args=[call.pk]),
        reason=str(WAITING_STATES[State(call.state)]),
        due_at=end_of_day(due) if due else None,
        kind="call",
    )


def _waiting_question(question: CallQuestion) -> Waiting:
    return Waiting(
        title=_("Pytanie do konkursu: %(title)s") % {"title": question.call.title},
        url=reverse("admin:competitions_callquestion_change", args=[question.pk]),
        reason=_("Odpowiedz publicznie albo odłóż z powodem."),
        due_at=answer_due(question),
        kind="call",
    )


def answer_due(question: CallQuestion) -> datetime:
    """The end of the unit's clock for an answer (R-CALL-17), or the end of the intake when that comes first."""
    asked = local_day(question.asked_at)
    due = end_of_day(law.answer_due(asked, days=parameters.days("call_question_answer", on=asked)))
    return min(due, question.call.offers_due_at or due)


def _waiting_remarks(user) -> list[Waiting]:
    """Drafts with remarks nobody has answered yet."""
    waiting = DraftRemark.objects.waiting().filter(review=OuterRef("pk")).order_by().values("review")
    reviews = scoped(
        DraftReview.objects.filter(remarks__in=DraftRemark.objects.waiting()), user, "call__unit"
    )
    counted = reviews.distinct().annotate(n=Subquery(waiting.annotate(n=Count("pk")).values("n")))
    return [
        Waiting(
            title=_("Uwagi do szkicu: %(title)s") % {"title": review.title},
            url=f"{reverse('admin:competitions_draftremark_changelist')}?review__id__exact={review.pk}",
            reason=_("Czeka na odpowiedź: %(n)s.") % {"n": formats.counted(review.n, _("uwaga|uwagi|uwag"))},
            due_at=review.closes_at,
            kind="call",
        )
        for review in counted[:50]
    ]


def _waiting_plans(user) -> list[Waiting]:
    """Entries of the schedule whose month has passed without an announcement (R-CALL-06)."""
    day = local_day(now())
    plans = CallScheduleEntry.objects.published().filter(status=EntryStatus.PLANNED, year__lte=day.year)
    return [
        Waiting(
            title=_("Plan po terminie: %(title)s") % {"title": entry.title},
            url=reverse("admin:competitions_callscheduleentry_change", args=[entry.pk]),
            reason=_("Planowany miesiąc minął. Ogłoś konkurs, zmień miesiąc albo wycofaj wpis z powodem."),
            kind="call",
        )
        for entry in scoped(plans, user, "unit").order_by("year", "month")[:50]
        if law.is_overdue(entry.year, entry.month, day)
    ]


def _waiting_schedule(user) -> list[Waiting]:
    """R-CALL-07: in the last two months the coordinator is told to publish next year's schedule."""
    year = local_day(now()).year + 1
    due = law.funds_notice_due(year)
    is_time = now() >= at_local(due) - DAYS_BEFORE_YEAR_END
    if (
        not is_time
        or not sees_all_units(user)
        or CallScheduleEntry.objects.published().of_year(year).exists()
    ):
        return []
    title = _("Harmonogram konkursów na %(year)s rok") % {"year": year}
    reason = _("Opublikuj planowane konkursy i kwoty do 30 listopada.")
    url = reverse("admin:competitions_callscheduleentry_changelist")
    return [Waiting(title=title, url=url, reason=reason, due_at=end_of_day(due), kind="call")]


# --- what organisations, districts and branches see of this room ------------------------------------


def cooperation_with(organization: Organization) -> Iterator[Source]:
    """Grants that an organisation won in calls whose results are public."""
    yield _awards(_public_awards().filter(organization=organization))


def funded_in(district) -> Iterator[Source]:
    """Tasks funded by calls for a district, or of organisations seated there."""
    near = Q(result__call__districts=district) | Q(organization__district=district)
    yield _awards(_public_awards().filter(pk__in=Award.objects.filter(near).values("pk")))


def in_branch(branch) -> Iterator[Source]:
    """Open calls for the spheres of a branch, the next to close first."""
    own = Call.objects.filter(spheres__branches=branch).values("pk")
    rows = Call.objects.open(now()).filter(pk__in=own).order_by(F("offers_due_at").asc(nulls_last=True), "pk")
    until = Func(F("offers_due_at"), Value("DD.MM.YYYY"), function="to_char", output_field=CharField())
    note = Concat(Value(_("nabór do:") + " "), until)
    yield Source(
        _("Trwające nabory"),
        lines(rows, title="title", key="slug", note=note, amount="budget_total"),
        _address,
    )


def _public_awards() -> QuerySet[Award]:
    shown = Call.objects.published().filter(state__in=WITH_RESULTS)
    rows = Award.objects.filter(outcome=Outcome.AWARDED, result__call__in=shown)
    return rows.order_by(F("result__call__dated_on").desc(nulls_last=True), "pk")


def _awards(rows: QuerySet[Award]) -> Source:
    title = Coalesce(NullIf("title", Value("", TextField())), Cast("result__call__title", TextField()))
    shown = lines(
        rows,
        title=title,
        key="result__call__slug",
        note="result__call__title",
        amount="amount",
        on=Coalesce("result__published_on", "result__call__dated_on"),
        who="organization_name",
    )
    return Source(_("Dotacje z konkursów"), shown, _address)


def _address(slug: str) -> str:
    return reverse("competitions:detail", args=[slug])
