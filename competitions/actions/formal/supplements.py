"""Requests to supplement an offer, more time for them, and the supplements themselves (R-CALL-24)."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.documents.models import Attachment
from core.legal import audit, parameters
from core.legal.rules import require
from core.legal.workflow import MoveRefused, advance
from core.notifications.reminders import drop_reminders

from ... import emails, permissions, reminders
from ...enums import OfferState, VersionKind
from ...law.formal import extension_breaches, supplement_due
from ...law.offers import OfferContent, checksum
from ...models import CallFormalItem, CorrectionItem, CorrectionRequest, FormalTerms, Offer, OfferVersion
from ...models.formal_facts import formal_facts_of


def correction_days_of(call: Any, at: datetime) -> int:
    """Working days for a supplement: those of the call, or the legal parameter in force."""
    own = FormalTerms.objects.filter(call=call).values_list("correction_days", flat=True).first()
    return parameters.days("correction_days", on=local_day(at)) if own is None else own


def usual_due(call: Any, at: datetime) -> datetime:
    """The deadline that a request sent at this moment gets unless the clerk chooses another."""
    return supplement_due(at, days=correction_days_of(call, at))


@transaction.atomic
def request_correction(
    offer: Offer,
    *,
    items: Mapping[CallFormalItem, str],
    sections: Collection[str] = (),
    opens_attachments: bool = False,
    message: str = "",
    due_at: datetime | None = None,
    by: Any,
    at: datetime,
) -> CorrectionRequest:
    """Asks the organisation to supplement the offer; opens only the parts named.

    ``items`` says for each lack what exactly to do. Raises LawBreached when a lack cannot be supplemented, one is
    not asked for, or the deadline is not ahead.
    """
    request = CorrectionRequest.objects.create(
        offer=offer,
        message=message,
        sections=sorted(sections),
        opens_attachments=opens_attachments,
        sent_at=at,
        sent_by=by,
        due_at=due_at or usual_due(offer.call, at),
    )
    CorrectionItem.objects.bulk_create(
        CorrectionItem(request=request, item=item, what=what.strip()) for item, what in items.items()
    )
    note = {"due_at": request.due_at, "items": len(items)}
    advance(offer, OfferState.CORRECTION_REQUESTED, by=by, at=at, note=note)
    reminders.set_correction(request)
    emails.tell_correction_requested(request)
    return request


@transaction.atomic
def extend_correction(
    request: CorrectionRequest, *, due_at: datetime, reason: str, by: Any, at: datetime
) -> CorrectionRequest:
    """More time for a supplement, with a reason. Raises LawBreached, MoveRefused for who may not."""
    offer = Offer.objects.select_for_update().get(pk=request.offer_id)
    if by is not None and not permissions.may_run_offer(by, offer):
        raise MoveRefused("may_run_offer")
    require(extension_breaches(formal_facts_of(offer, at), due_at, reason))
    before, request.due_at = request.due_at, due_at
    request.save(update_fields=["due_at"])
    audit.record(
        offer,
        _("Przedłużenie terminu uzupełnienia"),
        by=by,
        at=at,
        before={"due_at": before},
        after={"due_at": due_at},
        reason=reason,
    )
    reminders.set_correction(request)
    emails.tell_correction_extended(request, reason)
    return request


@transaction.atomic
def file_supplement(offer: Offer, *, by: Any, at: datetime) -> OfferVersion:
    """Files the supplement: a new version in which only the opened parts may differ from the last one.

    ``at`` is the moment the request reached the edge. Raises LawBreached after the deadline; what was written
    stays in the draft.
    """
    advance(offer, OfferState.CORRECTED, by=by, at=at)
    request = CorrectionRequest.objects.select_for_update().get(offer=offer)
    last = offer.versions.latest("number")
    content = supplemented(offer, request, last)
    version = OfferVersion.objects.create(
        offer=offer,
        number=last.number + 1,
        kind=VersionKind.CORRECTED,
        content=content,
        checksum=checksum(content),
        received_at=at,
        by=by,
    )
    request.version = version
    request.save(update_fields=["version"])
    _keep_for_lists(offer, content)
    drop_reminders(request)
    emails.tell_supplemented(request)
    return version


def supplemented(offer: Offer, request: CorrectionRequest, last: OfferVersion) -> dict[str, Any]:
    """The content of the last version with the opened parts as they are written now."""
    written = {row.key: row.content for row in offer.sections.filter(key__in=request.sections)}
    content = {**last.content, "sections": {**last.content.get("sections", {}), **written}}
    if request.opens_attachments:
        files = Attachment.objects.of(offer).current()
        content["attachments"] = [
            {"name": f.original_name, "size": f.size, "sha256": f.sha256} for f in files
        ]
    return content


def _keep_for_lists(offer: Offer, content: Mapping[str, Any]) -> None:
    """Title and amounts as filed, for lists."""
    read = OfferContent.from_version(content)
    offer.title = read.task.title or offer.title
    offer.total_cost = read.costs.total
    offer.requested_amount = read.sources.grant
    offer.save(update_fields=["title", "total_cost", "requested_amount"])
