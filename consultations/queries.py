"""Reads of consultations that have two or more callers."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    CharField,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Concat, JSONObject
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.accounts.roles import Role
from core.city.models import Branch, District, OrganizationalUnit
from core.city.scope import has_role, scoped
from core.common.clock import end_of_day, local_day, now
from core.common.cooperation import Source, lines
from core.common.dates import DatedThing, SitemapEntry, Waiting
from core.common.sanitize import text_of
from core.documents.enums import Place, Purpose
from core.documents.models import Attachment, PublicationProof
from core.legal.models import AuditEntry

from . import law
from .enums import DUTIES, MEETINGS, Origin, Regime, RespondentType, State
from .exports import CONSULTATION_COLUMNS, POSTULATE_COLUMNS, REMARK_COLUMNS
from .models import (
    Consultation,
    ConsultationForm,
    ConsultationStage,
    Extension,
    FormDate,
    Postulate,
    Remark,
    Report,
    Submission,
)

HISTORY_LENGTH = 40
SOON_DAYS = 14


# --- public pages -----------------------------------------------------------------------------------


def for_list() -> QuerySet[Consultation]:
    """Published consultations with what a row of a list or of the schedule shows: three queries."""
    forms = ConsultationForm.objects.prefetch_related("dates")
    return (
        Consultation.objects.published()
        .for_list()
        .annotate(**remark_counts(), stage_count=_counted(ConsultationStage))
        .prefetch_related(Prefetch("forms", queryset=forms))
    )


def open_consultations(limit: int) -> QuerySet[Consultation]:
    """Under way now, the first to end first."""
    return for_list().open(now()).order_by("ends_on", "ends_hour", "pk")[:limit]


def for_detail() -> QuerySet[Consultation]:
    """Published consultations with the small lists of their page gathered in one query."""
    return (
        Consultation.objects.published()
        .select_related("unit", "report")
        .annotate(**remark_counts(), **small_lists())
    )


def remark_counts() -> dict[str, Any]:
    """How many public remarks there are, and how many of them have a published position."""
    rows = Remark.objects.filter(consultation=OuterRef("pk"), withdrawn_at=None, hidden_at=None)
    return {"remark_count": _count(rows), "answered_count": _count(rows.exclude(answered_at=None))}


def small_lists() -> dict[str, Any]:
    """Names of units and districts, extensions, proofs and figures, each as a list in the row itself."""
    proofs = PublicationProof.objects.filter(
        subject_kind=Consultation._meta.label_lower, subject_id=OuterRef("pk")
    )
    codes = Remark.objects.filter(consultation=OuterRef("pk"), withdrawn_at=None, submission__is_late=False)
    by_code = codes.exclude(answered_at=None).order_by().values("position_code").annotate(n=Count("pk"))
    return {
        "co_unit_names": ArraySubquery(
            OrganizationalUnit.objects.filter(co_consultations=OuterRef("pk")).values("name")
        ),
        "district_names": ArraySubquery(
            District.objects.filter(consultations=OuterRef("pk")).values("full_name")
        ),
        "branch_names": ArraySubquery(
            Branch.objects.filter(consultations=OuterRef("pk")).order_by("position").values("label")
        ),
        "extension_rows": _rows(
            Extension.objects.filter(consultation=OuterRef("pk")),
            "old_ends_on",
            "new_ends_on",
            "reason",
            "text",
        ),
        "proof_rows": _rows(
            proofs.order_by("published_on", "pk"),
            "place",
            "purpose",
            "published_on",
            "removed_on",
            "url",
            "location",
        ),
        "position_rows": ArraySubquery(by_code.values(json=JSONObject(code="position_code", n="n"))),
        "submission_count": _count(Submission.objects.filter(consultation=OuterRef("pk"), withdrawn_at=None)),
    }


def _rows(queryset: QuerySet, *fields: str) -> ArraySubquery:
    return ArraySubquery(queryset.values(json=JSONObject(**{field: field for field in fields})))


def _count(queryset: QuerySet) -> Coalesce:
    key = "consultation"
    return Coalesce(Subquery(queryset.order_by().values(key).annotate(n=Count("pk")).values("n")), 0)


def _counted(model: type) -> Coalesce:
    return _count(model.objects.filter(consultation=OuterRef("pk")))


def public_remarks() -> QuerySet[Remark]:
    """Remarks that everybody may read, with their authors as far as those are public."""
    return Remark.objects.published().with_author().select_related("consultation").order_by("number")


def public_files(consultation: Consultation) -> list[Attachment]:
    """The files of the notice, and those of the report once it is published; one query."""
    files = Q(subject_kind=Consultation._meta.label_lower, subject_id=consultation.pk)
    report = getattr(consultation, "report", None)
    if report is not None and consultation.is_report_public:
        files |= Q(subject_kind=Report._meta.label_lower, subject_id=report.pk)
    return list(Attachment.objects.for_everybody().filter(files))


def history_of(consultation: Consultation) -> list[AuditEntry]:
    """The public history of changes, newest first."""
    return list(AuditEntry.objects.of(consultation).filter(is_public=True)[:HISTORY_LENGTH])


def points_with_counts(consultation: Consultation) -> list:
    """The points of the document, each with the number of public remarks to it (by point number)."""
    rows = Remark.objects.filter(
        consultation=consultation, part=OuterRef("number"), withdrawn_at=None, hidden_at=None
    )
    counted = rows.order_by().values("part").annotate(n=Count("pk")).values("n")
    return list(consultation.points.annotate(remark_count=Coalesce(Subquery(counted), 0)))


def schedule_years() -> list[int]:
    """The years from the first to the last published entry, the present one always among them."""
    rows = (
        Consultation.objects.published()
        .values_list("starts_on__year", "ends_on__year", "starts_about")
        .distinct()
    )
    years = {int(str(value)[:4]) for row in rows for value in row if value and str(value)[:4].isdigit()}
    present = local_day(now()).year
    return list(range(min({*years, present}), max({*years, present}) + 1))


# --- what the roof pulls ----------------------------------------------------------------------------


def dated_things(start: datetime, end: datetime, *, units=None, districts=None, **scope) -> list[DatedThing]:
    """Beginnings, ends and meetings of published consultations in the window; two queries."""
    first, last = local_day(start), local_day(end)
    in_window = Q(starts_on__range=(first, last)) | Q(ends_on__range=(first, last))
    cases = (
        _in_scope(Consultation.objects.published(), units, districts).filter(in_window).select_related("unit")
    )
    with_notice = _in_scope(Consultation.objects.announced(), units, districts).order_by()
    dates = FormDate.objects.filter(
        form__consultation__in=with_notice, form__kind__in=MEETINGS | DUTIES, starts_on__range=(first, last)
    )
    things = [thing for case in cases for thing in things_of(case)]
    things += [thing_of_date(row) for row in dates.select_related("form__consultation__unit")]
    return [
        thing
        for thing in things
        if start <= thing.sort_key < end or (not thing.has_hour and first <= thing.day < last)
    ]


def _in_scope(rows: QuerySet, units, districts) -> QuerySet:
    if units:
        rows = rows.filter(
            Q(unit__in=units)
            | Q(
                pk__in=Consultation.co_units.through.objects.filter(organizationalunit__in=units).values(
                    "consultation"
                )
            )
        )
    if districts:
        rows = rows.filter(
            Q(is_citywide=True)
            | Q(
                pk__in=Consultation.districts.through.objects.filter(district__in=districts).values(
                    "consultation"
                )
            )
        )
    return rows


def things_of(consultation: Consultation) -> list[DatedThing]:
    """The first day and the end of a consultation."""
    c = consultation
    common = {
        "title": c.title, "url": c.get_absolute_url(), "unit": c.unit_name, "note": c.summary_line,
        "is_cancelled": c.state == State.CANCELLED,
    }  # fmt: skip
    found = []
    if c.starts_on:
        label = _("Planowany początek konsultacji") if c.state == State.PLANNED else _("Początek konsultacji")
        found.append(
            DatedThing(c.starts_on, "consultation", label, uid=f"consultation-{c.pk}-start", **common)
        )
    if c.ends_on:
        label = _("Planowany koniec konsultacji") if c.state == State.PLANNED else _("Koniec konsultacji")
        found.append(
            DatedThing(_shown_end(c), "consultation", label, uid=f"consultation-{c.pk}-end", **common)
        )
    return found


def _shown_end(consultation: Consultation) -> datetime:
    """The last minute people can count on, so that a calendar shows the right day."""
    assert consultation.ends_at is not None  # noqa: S101 - the caller has looked at ends_on
    return consultation.ends_at if consultation.ends_hour else consultation.ends_at - timedelta(minutes=1)


def thing_of_date(row: FormDate) -> DatedThing:
    """A meeting or a duty of a consultation."""
    form, c = row.form, row.form.consultation
    return DatedThing(
        starts=row.starts,
        ends=row.ends,
        kind="meeting" if form.is_meeting else "duty",
        label=form.name[:1].upper() + form.name[1:],
        title=c.title,
        url=c.get_absolute_url(),
        uid=f"consultation-date-{row.pk}",
        place=form.place or form.online_url,
        unit=c.unit_name,
        note=form.note,
        is_cancelled=c.state == State.CANCELLED,
    )


def dates_of(consultation: Consultation) -> list[DatedThing]:
    """Every date of one consultation, for its own calendar file."""
    rows = FormDate.objects.filter(form__consultation=consultation).exclude(starts_on=None)
    rows = rows if consultation.is_public else rows.none()
    return sorted(
        [
            *things_of(consultation),
            *(thing_of_date(row) for row in rows.select_related("form__consultation__unit")),
        ]
    )


def search_arguments(consultation: Consultation) -> dict[str, Any]:
    """The entry of a consultation in the search index; of a mere plan only the title can be found."""
    c = consultation
    return {
        "kind": "consultation",
        "title": c.title,
        "lead": c.summary_line,
        "text": "\n".join(filter(None, searched_texts(c))) if c.is_public else "",
        "url": c.get_absolute_url(),
        "dated_on": c.starts_on,
        "unit": c.unit,
    }


def searched_texts(c: Consultation) -> list[str]:
    """Everything a published notice says, and its report once that is out."""
    texts = [c.subject, c.plain_summary, c.description, c.addressees, c.what_next, c.territory_label]
    texts += [*c.legal_bases, *(point.text for point in c.points.all())]
    texts += [c.outcome] if c.is_outcome_public else []
    report = getattr(c, "report", None)
    if report is not None and c.is_report_public:
        texts += [text_of(report.conclusions), text_of(report.changes)]
    return texts


def postulate_search_arguments(postulate: Postulate) -> dict[str, Any]:
    """The entry of a demand: found by what was asked and by what the city said (R-CNS-17)."""
    p = postulate
    return {
        "kind": "consultation",
        "title": p.postulate[:500],
        "lead": Truncator(p.position or p.justification).chars(300),
        "text": "\n".join(
            filter(None, [p.justification, p.position, p.organisation_name, p.programme_title])
        ),
        "url": p.get_absolute_url(),
        "dated_on": p.meeting_on,
        "unit": p.position_unit,
    }


def search_entries() -> Iterator[dict[str, Any]]:
    rows = Consultation.objects.published().select_related("unit", "report").prefetch_related("points")
    for consultation in rows.iterator(chunk_size=200):
        yield {"obj": consultation, **search_arguments(consultation)}
    for postulate in postulates().iterator(chunk_size=200):
        yield {"obj": postulate, **postulate_search_arguments(postulate)}


def sitemap_entries() -> Iterator[SitemapEntry]:
    for consultation in Consultation.objects.published().only("slug", "updated_at", "published_at"):
        yield SitemapEntry(
            consultation.get_absolute_url(), consultation.updated_at or consultation.published_at
        )


def export_catalogue() -> list[dict[str, Any]]:
    formats = ["csv", "json", "xlsx"]
    return [
        {
            "title": _("Konsultacje"),
            "url": "/konsultacje/",
            "formats": [*formats, "ics", "rss"],
            "dictionary": CONSULTATION_COLUMNS,
        },
        {
            "title": _("Uwagi w konsultacjach (osobno dla każdej)"),
            "url": "/konsultacje/",
            "formats": formats,
            "dictionary": REMARK_COLUMNS,
        },
        {
            "title": _("Postulaty organizacji"),
            "url": "/konsultacje/postulaty/",
            "formats": formats,
            "dictionary": POSTULATE_COLUMNS,
        },
    ]


def matters_for(user, organization) -> list[Waiting]:
    """The same for one organisation."""
    return matters_of_all(user, [organization] if organization else [])


def matters_of_all(user, organizations) -> list[Waiting]:
    """For people of NGOs: consultations with organisations that end soon and have no remark of theirs; two queries.

    One that waits for several organisations of the person is told once for each.
    """
    mine = list(organizations)
    if not mine:
        return []
    last_day = local_day(now()) + timedelta(days=SOON_DAYS)
    rows = Consultation.objects.open(now()).filter(
        regimes__contains=[Regime.NGO.value], ends_on__lte=last_day, accepts_remarks=True
    )
    rows = list(rows)
    if not rows:
        return []
    sent = set(
        Submission.objects.filter(consultation__in=rows, organization__in=mine).values_list(
            "consultation", "organization"
        )
    )
    reason, action = _("Wasza organizacja nie wysłała jeszcze uwag"), _("Napisz uwagę")
    return [
        Waiting(
            case.title,
            case.get_absolute_url(),
            reason,
            due_at=case.ends_at,
            kind="consultation",
            action=action,
            organization=str(organization),
            organization_id=organization.pk,
        )
        for case in rows
        for organization in mine
        if (case.pk, organization.pk) not in sent
    ]


# --- the desk ---------------------------------------------------------------------------------------


def waiting_for(user) -> list[Waiting]:
    """What waits for an official: remarks to answer, reports due, notices without proof, plans to announce."""
    if not has_role(user, Role.CONSULTATION_MANAGER):
        return []
    bip = PublicationProof.objects.filter(
        subject_kind=Consultation._meta.label_lower,
        subject_id=OuterRef("pk"),
        place=Place.BIP,
        purpose=Purpose.NOTICE,
    )
    unanswered = Remark.objects.filter(
        consultation=OuterRef("pk"), withdrawn_at=None, submission__is_late=False, answered_at=None
    )
    rows = scoped(Consultation.objects.exclude(origin=Origin.IMPORTED), user, "unit").annotate(
        has_bip=Exists(bip), unanswered_count=_count(unanswered), stage_count=_counted(ConsultationStage)
    )
    watched = [State.PLANNED, State.ANNOUNCED, State.OPEN, State.CLOSED, State.ANALYSIS]
    found = (_waiting(case) for case in rows.filter(state__in=watched))
    return [item for item in found if item]


def _waiting(case: Consultation) -> Waiting | None:
    url = f"/admin/consultations/consultation/{case.pk}/change/"
    state, common = case.state_now, {"title": case.title, "url": url, "kind": "consultation"}
    if state in (State.CLOSED, State.ANALYSIS):
        due = case.report_due_with(case.stage_count)
        reason = _("Raport po konsultacjach, uwagi bez stanowiska: %(n)d") % {"n": case.unanswered_count}
        return Waiting(reason=reason, due_at=_end(due), action=_("Przygotuj raport"), **common)
    if state in (State.ANNOUNCED, State.OPEN) and not case.has_bip:
        return Waiting(
            reason=_("Brakuje dowodu publikacji w BIP"),
            due_at=case.starts_at,
            action=_("Dopisz dowód"),
            **common,
        )
    if state == State.PLANNED and case.starts_on:
        latest = law.latest_campaign_start(case.starts_on, campaign_days=case.parameters.campaign_days)
        return Waiting(
            reason=_("Konsultacje do ogłoszenia"), due_at=_end(latest), action=_("Ogłoś"), **common
        )
    return None


def _end(day: date | None) -> datetime | None:
    return end_of_day(day) if day else None


def postulates() -> QuerySet[Postulate]:
    """Demands that everybody may read, those that repeat another one included."""
    return Postulate.objects.published().select_related(
        "organization", "position_unit", "consultation", "meeting"
    )


# --- what organisations, districts and branches see of this room --------------------------------------


def cooperation_with(organization) -> Iterator[Source]:
    """Consultations in which an organisation's own remarks are public."""
    remarks = Remark.objects.published().filter(
        submission__organization=organization, submission__respondent_type=RespondentType.NGO
    )
    rows = Consultation.objects.published().filter(pk__in=remarks.values("consultation"))
    yield _source(_("Głos w konsultacjach"), rows.order_by("-ends_on", "pk"))


def open_in(district) -> Iterator[Source]:
    """Consultations under way that concern a district."""
    here = Consultation.objects.filter(districts=district).values("pk")
    rows = Consultation.objects.published().filter(pk__in=here).open(now())
    yield _under_way(rows)


def in_branch(branch) -> Iterator[Source]:
    """Consultations under way of a branch: those that name it, and those that name none."""
    links = Consultation.branches.through.objects
    named = Q(pk__in=links.filter(branch=branch).values("consultation"))
    rows = Consultation.objects.published().open(now())
    rows = rows.filter(named | ~Q(pk__in=links.values("consultation")))
    yield _under_way(rows)


def _under_way(rows: QuerySet[Consultation]) -> Source:
    until = Func(F("ends_on"), Value("DD.MM.YYYY"), function="to_char", output_field=CharField())
    note = Concat(Value(_("do:") + " "), until)
    return _source(_("Trwające konsultacje"), rows.order_by("ends_on", "pk"), note=note)


def _source(section: str, rows: QuerySet[Consultation], **more: Any) -> Source:
    return Source(
        section,
        lines(rows, title="title", key="slug", **(more or {"on": "ends_on"})),
        lambda slug: reverse("consultations:detail", args=[slug]),
    )
