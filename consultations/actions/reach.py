"""Inviting organisations, telling dialogue bodies, showing their opinions (R-CNS-08, 25)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core.city.models import District, TaskSphere
from core.common.clock import local_day
from core.common.sanitize import strip_controls
from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused
from core.notifications.audiences import Recipients, competent, recipients
from organizations.models import Organization

from ..emails import reach as letters
from ..enums import State
from ..models import (
    BodyNotice,
    BodyOpinion,
    Consultation,
    Invitation,
    InvitationBatch,
    InvitationRefusal,
)
from ..permissions import may_run

BODIES = "dialogue_bodies"


@dataclass(frozen=True)
class Choice:
    """Whom to invite: organisations of any of these spheres and any of these districts, or all of them."""

    spheres: tuple[TaskSphere, ...] = ()
    districts: tuple[District, ...] = ()
    is_everybody: bool = False


def chosen_organizations(choice: Choice) -> QuerySet[Organization]:
    """The public organisations that a choice means; nobody when nothing is chosen."""
    rows = Organization.objects.published()
    if choice.is_everybody:
        return rows.by_name()
    if not (choice.spheres or choice.districts):
        return rows.none()
    if choice.spheres:
        in_sphere = Organization.spheres.through.objects.filter(tasksphere__in=choice.spheres).values(
            "organization"
        )
        rows = rows.filter(Q(main_sphere__in=choice.spheres) | Q(pk__in=in_sphere))
    if choice.districts:
        rows = rows.filter(district__in=choice.districts)
    return rows.by_name()


def invitable(consultation: Consultation, choice: Choice) -> QuerySet[Organization]:
    """Of those: with an address, not invited to this consultation yet, not refusing invitations."""
    invited = Invitation.objects.filter(consultation=consultation).values("organization")
    refusing = InvitationRefusal.objects.values("organization")
    return chosen_organizations(choice).exclude(email="").exclude(pk__in=invited).exclude(pk__in=refusing)


@transaction.atomic
def invite(
    consultation: Consultation, choice: Choice, *, message: str = "", by: Any, at: datetime
) -> InvitationBatch:
    """Writes to every organisation that can be invited, each with a link of its own; once per consultation.

    Raises LawBreached when the notice is not out, the consultation is over or nobody is left to invite.
    """
    locked = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if by is not None and not may_run(by, locked):
        raise MoveRefused("may_run")
    if locked.state_at(at) not in (State.ANNOUNCED, State.OPEN):
        raise LawBreached(
            [Breach("R-CNS-25", _("Zaprosić można tylko do konsultacji zapowiedzianych albo trwających."))]
        )
    organizations = list(invitable(locked, choice))
    if not organizations:
        raise LawBreached(
            [Breach("R-CNS-25", _("nie ma kogo zaprosić, zmień wybór sfer albo dzielnic"), "spheres")]
        )
    batch = InvitationBatch.objects.create(
        consultation=locked, message=strip_controls(message).strip(), sent_at=at, sent_by=by
    )
    batch.spheres.set(choice.spheres)
    batch.districts.set(choice.districts)
    rows = [Invitation(batch=batch, consultation=locked, organization=one) for one in organizations]
    letters.send_invitations(batch, Invitation.objects.bulk_create(rows))
    audit.record(locked, _("Zaproszenia do organizacji"), by=by, at=at, after={_("zaproszono"): len(rows)})
    return batch


@transaction.atomic
def remind_invited(batch: InvitationBatch, *, by: Any, at: datetime) -> int:
    """Writes once more, once, to those of a round who have not sent remarks and have not refused; gives how many.

    Raises LawBreached when that was done, the consultation takes no remarks now, or everybody has answered.
    """
    row = (
        InvitationBatch.objects.select_for_update(of=("self",))
        .select_related("consultation")
        .get(pk=batch.pk)
    )
    if by is not None and not may_run(by, row.consultation):
        raise MoveRefused("may_run")
    if row.reminded_at or row.consultation.state_at(at) != State.OPEN:
        raise LawBreached([Breach("R-CNS-25", _("Przypomnieć można raz, dopóki trwają konsultacje."))])
    sent = row.consultation.submissions.valid().exclude(organization=None).values("organization")
    silent = row.invitations.exclude(organization__in=sent)
    silent = silent.exclude(organization__in=InvitationRefusal.objects.values("organization"))
    rows = list(silent.select_related("organization"))
    if not rows:
        raise LawBreached([Breach("R-CNS-25", _("Wszyscy zaproszeni już odpowiedzieli albo zrezygnowali."))])
    letters.send_invitations(row, rows, is_reminder=True)
    row.reminded_at = at
    row.save(update_fields=["reminded_at"])
    audit.record(
        row.consultation, _("Przypomnienie zaproszonym"), by=by, at=at, after={_("przypomniano"): len(rows)}
    )
    return len(rows)


@transaction.atomic
def open_invitation(pk: int, *, at: datetime) -> Invitation | None:
    """Notes the day on which the organisation's own link was first followed; None for an unknown invitation."""
    Invitation.objects.filter(pk=pk, opened_on=None).update(opened_on=local_day(at))
    return Invitation.objects.select_related("consultation", "organization").filter(pk=pk).first()


@transaction.atomic
def refuse_invitations(organization: Organization, *, at: datetime) -> None:
    """The organisation gets no more invitations to consultations; a second time changes nothing."""
    refused = InvitationRefusal(organization=organization, refused_at=at)
    if not InvitationRefusal.objects.filter(organization=organization).exists():
        refused.save()
        audit.record(organization, _("Rezygnacja z zaproszeń do konsultacji"), by=None, at=at)


@transaction.atomic
def accept_invitations(organization: Organization, *, at: datetime) -> None:
    """Invitations come again."""
    if InvitationRefusal.objects.filter(organization=organization).delete()[0]:
        audit.record(organization, _("Powrót do zaproszeń do konsultacji"), by=None, at=at)


# --- dialogue bodies --------------------------------------------------------------------------------


def tell_competent_bodies(consultation: Consultation, *, at: datetime) -> BodyNotice | None:
    """At the announcement: the council and the commissions of the units that ask; None when there are none."""
    units = [consultation.unit_id, *consultation.co_units.values_list("pk", flat=True)]
    found = recipients(BODIES, competent(BODIES, [unit for unit in units if unit]))
    return _tell(consultation, found, at=at)


@transaction.atomic
def tell_bodies(consultation: Consultation, keys: Iterable[str], *, by: Any, at: datetime) -> BodyNotice:
    """Further bodies, chosen by the unit. Raises LawBreached when nobody (more) can be reached through them."""
    consultation = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if by is not None and not may_run(by, consultation):
        raise MoveRefused("may_run")
    if not consultation.has_notice or consultation.state_at(at) == State.CANCELLED:
        raise LawBreached([Breach("R-CNS-08", _("Najpierw ogłoś konsultacje."), "bodies")])
    found = recipients(BODIES, keys)
    told = _tell(consultation, found, at=at)
    if told is None:
        text = (
            _("Wszystkich z wybranych ciał dialogu już zawiadomiono o tych konsultacjach.")
            if found.people
            else _("Wybrane ciała dialogu nie mają adresów w portalu.")
        )
        raise LawBreached([Breach("R-CNS-08", text, "bodies")])
    after = {_("ciała dialogu"): told.bodies, _("listy"): told.letters}
    audit.record(consultation, _("Zawiadomienie ciał dialogu"), by=by, at=at, after=after)
    return told


def _tell(consultation: Consultation, found: Recipients, *, at: datetime) -> BodyNotice | None:
    sent = letters.tell_bodies(consultation, found.people)
    if not sent:
        return None
    return BodyNotice.objects.create(consultation=consultation, bodies=found.names, letters=sent, sent_at=at)


@transaction.atomic
def attach_opinion(
    consultation: Consultation,
    *,
    reference: str,
    body_name: str,
    title: str,
    number: str = "",
    summary: str = "",
    url: str,
    adopted_on: date | None = None,
    at: datetime,
) -> BodyOpinion:
    """Shows the opinion of a body on the page of the consultation; the same reference again changes it.

    Raises LawBreached for a consultation without a public notice, or called off; an opinion that is there already stays.
    """
    kept = BodyOpinion.objects.filter(reference=reference, consultation=consultation).first()
    if kept is None and (not consultation.has_notice or consultation.state == State.CANCELLED):
        message = _(
            "Konsultacje: opinię można dołączyć tylko do ogłoszonych konsultacji, które nie są odwołane."
        )
        raise LawBreached([Breach("R-CNS-08", message, "consultation")])
    fields = {
        "consultation": consultation,
        "body_name": body_name,
        "title": title,
        "number": number,
        "summary": summary,
        "url": url,
        "adopted_on": adopted_on,
        "attached_at": kept.attached_at if kept else at,
    }
    opinion, _made = BodyOpinion.objects.update_or_create(reference=reference, defaults=fields)
    if kept is None:
        verb = _("Dołączono opinię: %(body)s") % {"body": body_name}
        audit.record(consultation, verb, by=None, at=at, is_public=True)
    return opinion


@transaction.atomic
def detach_opinion(reference: str, *, at: datetime) -> None:
    """The opinion is no longer one on the consultation."""
    opinion = BodyOpinion.objects.select_related("consultation").filter(reference=reference).first()
    if opinion is not None:
        opinion.delete()
        verb = _("Usunięto opinię: %(body)s") % {"body": opinion.body_name}
        audit.record(opinion.consultation, verb, by=None, at=at, is_public=True)
