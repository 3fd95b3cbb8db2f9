"""The offer goes in: by the clock of the edge, whole or not at all, once."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import local
from core.common.locks import hold
from core.documents.models import Attachment
from core.legal import audit
from core.legal.rules import Breach, require
from core.legal.workflow import MoveRefused, advance
from organizations.actions.representation import required_for
from organizations.enums import ActState
from organizations.models import RepresentationAct

from ... import emails, permissions, reminders
from ...enums import OfferState, VersionKind
from ...law import offers as law
from ...models import (
    Call,
    Offer,
    OfferConflict,
    OfferCounter,
    OfferEdit,
    OfferPresence,
    OfferSection,
    OfferVersion,
)
from .access import check, locked

FILE_OFFER = "file_offer"
APPLICANTS_LOCK = 7_204_815
_CALL_TABLE = Call._meta.db_table


@transaction.atomic
def file_offer(
    offer: Offer, *, by: Any, at: datetime, statements: Iterable[str] = (), seen: str = ""
) -> OfferVersion:
    """Files a draft as it is stored, with the statements now made; gives the version with its checksum.

    ``at`` is the moment the last byte of the request reached the edge: the deadline that was in force then
    decides. ``seen`` is the checksum of the draft the person had on the screen; a draft that has changed since
    is not filed. A second request for the same filing gives the same version. Raises LawBreached with every
    reason, MoveRefused for somebody who may not represent the organisation; then nothing is changed.
    """
    _hold(offer.call_id)
    row = locked(offer)
    check(permissions.may_file, by, row)
    if row.is_filed:
        return row.versions.filter(kind=VersionKind.FILED).latest("number")
    require(seen_breaches(row, seen))
    require(together_breaches(row, by, at))
    _one_applicant_at_a_time(row)
    make_statements(row, statements, by, at)
    row.number = row.number or _placeholder(row)
    row.filed_by, row.filed_at = by, at
    row.save(update_fields=["number", "filed_by", "filed_at"])
    advance(row, OfferState.SUBMITTED, by=by, at=at)
    version = write_version(row, kind=VersionKind.FILED, by=by, at=at)
    _clear_up(row)
    _give_number(row, local(at).year)
    _give_receipt(row, version)
    return version


def seen_breaches(row: Offer, seen: str) -> list[Breach]:
    """The draft is not the one the person had on the screen."""
    if not seen or seen == draft_checksum(row):
        return []
    return [Breach("", _("Ktoś zmienił ofertę, gdy ją przeglądano. Sprawdź ją i złóż."), "seen")]


def together_breaches(row: Offer, by: Any, at: datetime) -> list[Breach]:
    """Where several represent the leader together, the offer goes in with the last consent of an act (R-WEB-14)."""
    required = required_for(row.organization, FILE_OFFER)
    if by is None or required < 2:
        return []
    agreed = RepresentationAct.objects.of(row).filter(kind=FILE_OFFER, state=ActState.AGREED, closed_at=at)
    if agreed.exists():
        return []
    message = _(
        "Za tę organizację działają łącznie: %(people)s. Złożenie zaczyna osoba uprawniona do reprezentacji, a pozostałe"
        " zgadzają się na portalu. Oferta wpływa z ostatnią zgodą."
    )
    people = formats.counted(required, _("osoba|osoby|osób"))
    return [Breach("R-WEB-14", message % {"people": people}, "seen")]


def _placeholder(row: Offer) -> str:
    """What stands for the number until the last step; it never leaves the transaction."""
    return f"#{row.pk}"


def _hold(call_pk: int) -> None:
    """The call does not change while an offer goes in; filings do not hold up each other."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {_CALL_TABLE} WHERE id = %s FOR SHARE", [call_pk])  # noqa: S608


def _one_applicant_at_a_time(row: Offer) -> None:
    """Two offers of one organisation are counted one after the other, when their number is limited."""
    if row.call.offers_per_applicant is None:
        return
    parties = {row.organization_id, *(p.organization_id for p in row.partners.all() if p.takes_part)}
    for organization in sorted(parties):
        hold(APPLICANTS_LOCK, organization)


def make_statements(row: Offer, statements: Iterable[str], by: Any, at: datetime) -> None:
    """Writes which statements (VII) are made."""
    made = set(statements)
    section = OfferSection.objects.filter(offer=row, key="declarations").first()
    if section is None:
        return
    section.content = {
        **section.content,
        "statements": {name: name in made for name in law.content.STATEMENTS},
    }
    section.saved_by, section.saved_at = by, at
    section.save(update_fields=["content", "saved_by", "saved_at"])


def _give_number(row: Offer, year: int) -> None:
    """The next number of the call in a year, unless the offer has been filed before.

    The row of the counter is held until the transaction ends, so this comes last: filings of one call wait here
    for each other.
    """
    if row.number != _placeholder(row):
        return
    OfferCounter.objects.bulk_create([OfferCounter(call=row.call, year=year)], ignore_conflicts=True)
    counter = OfferCounter.objects.select_for_update().get(call=row.call, year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    row.number = law.offer_number(row.call.number, row.call_id, year, counter.last)
    row.save(update_fields=["number"])


def write_version(row: Offer, *, kind: VersionKind, by: Any, at: datetime) -> OfferVersion:
    """The unchangeable copy of the draft as it is stored now, with amounts kept for lists."""
    content = snapshot(row)
    read = law.OfferContent.from_version(content)
    row.title = read.task.title[:1000]
    row.total_cost, row.requested_amount = read.costs.total, read.sources.grant
    row.save(update_fields=["title", "total_cost", "requested_amount"])
    last = row.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return OfferVersion.objects.create(
        offer=row,
        number=last + 1,
        kind=kind,
        content=content,
        checksum=law.checksum(content),
        received_at=at,
        by=by,
    )


def _clear_up(row: Offer) -> None:
    """What only served the writing; the version holds what was filed."""
    OfferEdit.objects.filter(section__offer=row).delete()
    OfferConflict.objects.filter(offer=row).delete()
    OfferPresence.objects.filter(offer=row).delete()
    reminders.drop_draft_deadline(row)


def _give_receipt(row: Offer, version: OfferVersion) -> None:
    after = {"number": row.number, "version": version.number, "checksum": version.checksum}
    audit.record(row, _("Wydanie potwierdzenia"), by=None, at=version.received_at, after=after)
    emails.tell_offer_filed(row, version)


# --- what is kept -----------------------------------------------------------------------------------


def snapshot(row: Offer) -> dict[str, Any]:
    """The whole offer as plain values: the call it answers, its offerors, sections and files."""
    return {
        "schema": law.SCHEMA,
        "call": _call(row),
        "applicants": _applicants(row),
        "sections": {
            section.key: section.content for section in OfferSection.objects.filter(offer=row).order_by("pk")
        },
        "attachments": [
            {"name": file.original_name, "title": file.title, "size": file.size, "sha256": file.sha256}
            for file in Attachment.objects.of(row).current()
        ],
    }


def draft_checksum(row: Offer) -> str:
    """What tells one state of a draft from another: its content without the statements."""
    content = snapshot(row)
    declarations = content["sections"].get("declarations", {})
    content["sections"]["declarations"] = {**declarations, "statements": {}}
    return law.checksum(content)


def _call(row: Offer) -> dict[str, Any]:
    call = row.call
    return {
        "id": call.pk,
        "number": call.number,
        "title": call.title,
        "sphere": call.sphere_label,
        "authority": call.authority,
        "form": call.form,
        "part": str(row.part) if row.part else "",
    }


def _applicants(row: Offer) -> list[dict[str, Any]]:
    partners = row.partners.select_related("organization").filter(
        accepted_at__isnull=False, declined_at=None, left_at=None
    )
    return [
        _applicant(row.organization, "leader"),
        *(_applicant(partner.organization, "partner") for partner in partners),
    ]


def _applicant(organization: Any, role: str) -> dict[str, Any]:
    other = " ".join(filter(None, [organization.register_name, organization.register_number]))
    return {
        "organization_id": organization.pk,
        "role": role,
        "name": organization.name,
        "legal_form": str(organization.form_label),
        "register": f"KRS {organization.krs}" if organization.krs else other,
        "nip": organization.nip,
        "seat": organization.full_address,
        "website": organization.website,
        "correspondence_address": organization.correspondence_address,
        "email": organization.email,
        "phone": organization.phone,
    }


# --- back, and on paper -------------------------------------------------------------------------------


@transaction.atomic
def withdraw_offer(offer: Offer, *, by: Any, at: datetime, reason: str = "") -> Offer:
    """Takes a filed offer back before the deadline; it can be changed and filed anew. What was filed is kept.

    A second request changes nothing. Raises LawBreached after the deadline, MoveRefused for who may not file.
    """
    _hold(offer.call_id)
    row = locked(offer)
    check(permissions.may_file, by, row)
    if row.state == OfferState.WITHDRAWN:
        return row
    advance(row, OfferState.WITHDRAWN, by=by, at=at, reason=reason, note={"number": row.number})
    row.refresh_from_db(fields=["state", "state_since"])
    reminders.set_draft_deadline(row)
    emails.tell_offer_withdrawn(row, at)
    return row


@transaction.atomic
def record_confirmation(offer: Offer, *, way: str, on: datetime, by: Any, at: datetime) -> Offer:
    """The office writes down that the signed confirmation has come, how and when (R-CALL-21)."""
    row = locked(offer)
    check(permissions.may_run_offer, by, row)
    if not row.is_filed:
        raise MoveRefused("not filed")
    before = {"confirmed_at": row.confirmed_at, "way": row.confirmation_way}
    row.confirmed_at, row.confirmation_way = on, way.strip()[:200]
    row.save(update_fields=["confirmed_at", "confirmation_way"])
    after = {"confirmed_at": on, "way": row.confirmation_way}
    audit.record(row, _("Zapis potwierdzenia oferty"), by=by, at=at, before=before, after=after)
    return row
