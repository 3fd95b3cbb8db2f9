"""What waits for people: of organisations and of the desk."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from core.accounts.roles import Role
from core.city.scope import has_role, scoped, unit_ids_of
from core.common.clock import end_of_day, local_day, now, today
from core.common.dates import Waiting
from core.documents.enums import Place, Purpose
from core.documents.models import PublicationProof
from core.legal.parameters import days

from .. import law
from ..enums import Origin, Regime, State
from ..models import Assignment, Consultation, ConsultationStage, Remark, Submission
from .counting import count, counted

SOON_DAYS = 14


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


def waiting_for(user) -> list[Waiting]:
    """What waits for an official: remarks to answer, reports due, notices without proof, plans to announce."""
    if not has_role(user, Role.CONSULTATION_MANAGER):
        return []
    bip = PublicationProof.objects.filter(
        subject_kind=Consultation._meta.label_lower, subject_id=OuterRef("pk"), place=Place.BIP
    )
    unanswered = Remark.objects.filter(
        consultation=OuterRef("pk"), withdrawn_at=None, submission__is_late=False, answered_at=None
    )
    rows = scoped(Consultation.objects.exclude(origin=Origin.IMPORTED), user, "unit").annotate(
        has_bip=Exists(bip.filter(purpose=Purpose.NOTICE)),
        has_report_bip=Exists(bip.filter(purpose=Purpose.REPORT)),
        unanswered_count=count(unanswered),
        stage_count=counted(ConsultationStage),
    )
    watched = [
        State.PLANNED, State.ANNOUNCED, State.OPEN, State.CLOSED, State.ANALYSIS, State.REPORT_PUBLISHED,
    ]  # fmt: skip
    found = (_waiting(case) for case in rows.filter(state__in=watched))
    return [*(item for item in found if item), *assigned_to(user)]


def assigned_to(user) -> list[Waiting]:
    """Remarks that other units have given to the person's units, the first to be due first; one query."""
    units = unit_ids_of(user, Role.CONSULTATION_MANAGER)
    if not units:
        return []
    rows = Assignment.objects.under_way().filter(unit__in=units).select_related("consultation")
    left = Count("remarks", filter=Q(remarks__position_code="", remarks__withdrawn_at=None))
    return [
        Waiting(
            given.consultation.title,
            given.get_desk_url(),
            _("Uwagi, które przekazała inna komórka: %(n)d") % {"n": given.left_count},
            due_at=end_of_day(given.due_on),
            kind="consultation",
            action=_("Napisz stanowisko"),
        )
        for given in rows.annotate(left_count=left)
    ]


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
    if state == State.REPORT_PUBLISHED and not case.has_report_bip:
        return Waiting(
            reason=_("Brakuje dowodu publikacji raportu w BIP"), action=_("Dopisz dowód"), **common
        )
    if state == State.PLANNED and case.starts_on:
        campaign = days("consultation_campaign", on=case.ends_on or today())
        latest = law.latest_campaign_start(case.starts_on, campaign_days=campaign)
        return Waiting(
            reason=_("Konsultacje do ogłoszenia"), due_at=_end(latest), action=_("Ogłoś"), **common
        )
    return None


def _end(day: date | None) -> datetime | None:
    return end_of_day(day) if day else None
