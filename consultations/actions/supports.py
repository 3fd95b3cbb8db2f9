"""Supporting a request: one person or organisation once, confirmed, unseen, forgotten in time."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core.city.models import District
from core.common.clock import at_local, local_day
from core.legal import audit
from core.legal.parameters import days
from core.legal.rules import Breach, LawBreached
from organizations.models import Organization

from .. import law
from ..emails import requests as letters
from ..enums import SETTLED_REQUESTS, Initiator
from ..models import ConsultationRequest, RequestSupport
from .requests import submit_when_full

QUIET = timedelta(minutes=10)
SALT = "consultations.request_support"


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def hash_of(request: ConsultationRequest, email: str) -> str:
    """Tells one address once per request, and nothing about the address to who reads it."""
    return salted_hmac(SALT, f"{request.pk}:{email.strip().casefold()}", algorithm="sha256").hexdigest()


@transaction.atomic
def ask_support(
    request: ConsultationRequest,
    *,
    name: str,
    email: str,
    district: District,
    wants_answer: bool,
    at: datetime,
) -> None:
    """Somebody wants to support: a letter asks the owner of the address to confirm.

    Nothing is answered that would tell whether the address has supported already. Raises LawBreached
    when the request takes no support (any more), or none from organisations' outsiders.
    """
    locked = _taking(request, at)
    if locked.initiator == Initiator.NGO:
        raise LawBreached([Breach("R-CNS-02", _("Ten wniosek popierają organizacje, a nie osoby."))])
    row, is_new = RequestSupport.objects.get_or_create(
        request=locked,
        email_hash=hash_of(locked, email),
        defaults={"asked_at": at, "confirm_digest": digest(secrets.token_urlsafe(32))},
    )
    if row.confirmed_at or (not is_new and row.asked_at > at - QUIET):
        return
    token = secrets.token_urlsafe(32)
    row.name, row.email, row.district = name, email, district
    row.wants_answer, row.asked_at, row.confirm_digest = wants_answer, at, digest(token)
    row.save()
    letters.ask_to_confirm(row, token)


def _taking(request: ConsultationRequest, at: datetime) -> ConsultationRequest:
    locked = ConsultationRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if not locked.takes_support_on(local_day(at)):
        raise LawBreached([Breach("R-CNS-02", _("Ten wniosek nie zbiera teraz poparcia."))])
    return locked


def find_support(token: str, *, at: datetime) -> RequestSupport | None:
    """The voice that waits behind a link; looking does not use it up."""
    rows = RequestSupport.objects.filter(confirm_digest=digest(token), confirmed_at=None)
    row = rows.select_related("request").first()
    if row is None:
        return None
    valid = timedelta(days=days("request_support_confirmation", on=local_day(row.asked_at)))
    return row if at < row.asked_at + valid and row.request.takes_support_on(local_day(at)) else None


@transaction.atomic
def confirm_support(token: str, *, at: datetime) -> RequestSupport | None:
    """Counts the voice; with the one that fills the threshold the request is submitted. None for a bad link."""
    found = find_support(token, at=at)
    if found is None:
        return None
    locked = _taking(found.request, at)
    row = RequestSupport.objects.select_for_update().get(pk=found.pk)
    if row.confirm_digest != digest(token):
        return None
    row.confirmed_at, row.confirm_digest = at, ""
    row.save(update_fields=["confirmed_at", "confirm_digest"])
    submit_when_full(locked, at=at)
    return row


@transaction.atomic
def support_as_organization(
    request: ConsultationRequest, organization: Organization, *, by: Any, at: datetime
) -> RequestSupport:
    """An organisation adds its voice once, by a person who acts for it. Raises LawBreached."""
    locked = _taking(request, at)
    if locked.initiator != Initiator.NGO:
        raise LawBreached(
            [Breach("R-CNS-02", _("Ten wniosek popierają osoby. Potwierdź poparcie e-mailem."))]
        )
    row, is_new = RequestSupport.objects.get_or_create(
        request=locked, organization=organization, defaults={"asked_at": at, "confirmed_at": at}
    )
    if is_new:
        audit.record(row, _("Poparcie wniosku o konsultacje"), by=by, at=at, after={"request": locked.pk})
        submit_when_full(locked, at=at)
    return row


# --- retention --------------------------------------------------------------------------------------


@transaction.atomic
def forget_supporters(at: datetime) -> int:
    """Deletes voices never confirmed, and names and addresses once their time after the matter is over (R-WEB-11)."""
    today = local_day(at)
    valid = days("request_support_confirmation", on=today)
    unconfirmed = RequestSupport.objects.filter(confirmed_at=None, asked_at__lt=at - timedelta(days=valid))
    count = unconfirmed.count()
    unconfirmed.delete()
    months = days("request_support_retention_months", on=today)
    last = at_local(law.supports_forgotten_before(today, months=months))
    over = ConsultationRequest.objects.filter(state__in=SETTLED_REQUESTS, state_since__lt=last)
    for settled in over.filter(supports_total=None):
        settled.supports_total = settled.confirmed_count()
        settled.save(update_fields=["supports_total"])
    named = RequestSupport.objects.filter(request__in=over).exclude(
        Q(email="") & Q(name="") & Q(email_hash="")
    )
    return count + named.update(name="", email="", email_hash="", district=None, wants_answer=False)


def carry_supports(old: Organization, new: Organization, _at: datetime) -> list[int]:
    """Merging of two organisations: one voice stays one, so a request supported by both counts once."""
    both = RequestSupport.objects.filter(organization=new).values("request")
    RequestSupport.objects.filter(organization=old, request__in=both).delete()
    rows = RequestSupport.objects.filter(organization=old)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(organization=new)
    return keys
