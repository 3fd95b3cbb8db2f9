"""Letters of the office to applicants, and dossiers: packed by a worker, read under a trace, removed after some days."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import signature
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from core.common.clock import local_day
from core.legal import audit, parameters
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from .. import emails, permissions
from ..enums import DossierState
from ..models import ApplicantLetter, Call, Dossier, Offer
from ..papers.dossier import packed
from ..queries.desk import letter_offers

PACK = "competitions.tasks.pack_dossier"


@transaction.atomic
def send_letter(
    call: Call, *, recipients: str, subject: str, text: str, by: Any, at: datetime
) -> ApplicantLetter:
    """One letter to everybody who acts for the applicants meant; a copy stays on the case.

    Raises LawBreached when nobody is meant or the words are missing, MoveRefused for who may not.
    """
    if by is not None and not permissions.may_run(by, call):
        raise MoveRefused("may_run")
    if not subject.strip() or not text.strip():
        raise LawBreached([Breach("", _("List: wpisz temat i treść."), "text")])
    offers = list(letter_offers(call, recipients))
    if not offers:
        raise LawBreached([Breach("", _("List: w tej grupie nie ma żadnej oferty."), "recipients")])
    letter = ApplicantLetter.objects.create(
        call=call, recipients=recipients, subject=subject.strip(), text=text.strip(), sent_at=at, sent_by=by
    )
    letter.offers.set(offers)
    letter.letters = emails.tell_applicants(letter, offers)
    letter.save(update_fields=["letters"])
    after = {"subject": letter.subject, "recipients": recipients, "letters": letter.letters}
    audit.record(call, _("List do oferentów"), by=by, at=at, after=after)
    return letter


@transaction.atomic
def order_dossier(call: Call, *, offer: Offer | None = None, by: Any, at: datetime) -> Dossier:
    """Orders the ZIP of a call, or of one of its offers; a worker packs it after the commit."""
    if by is not None and not permissions.may_prepare(by, call):
        raise MoveRefused("may_prepare")
    dossier = Dossier.objects.create(call=call, offer=offer, ordered_at=at, ordered_by=by)
    audit.record(offer or call, _("Zamówienie teczki"), by=by, at=at, after={"dossier": dossier.pk})
    pack = signature(PACK, args=[dossier.pk])
    transaction.on_commit(partial(pack.apply_async, retry=False, ignore_result=True), robust=True)
    return dossier


def pack_dossier(dossier: Dossier, *, at: datetime) -> None:
    """Packs a dossier that waits; a second worker finds nothing to do. What fails is marked so, with nothing half done."""
    taken = Dossier.objects.filter(pk=dossier.pk, state=DossierState.WAITING).update(
        state=DossierState.WORKING
    )
    if not taken:
        return
    try:
        with packed(dossier, progress=partial(_note_progress, dossier.pk)) as (content, digest, size):
            dossier.file.save(f"teczka-{dossier.pk}-{digest[:16]}.zip", File(content), save=False)
    except Exception:
        Dossier.objects.filter(pk=dossier.pk).update(state=DossierState.FAILED)
        raise
    days = parameters.days("dossier_days", on=local_day(at))
    dossier.state, dossier.sha256, dossier.size, dossier.ready_at = DossierState.READY, digest, size, at
    dossier.expires_at = at + timedelta(days=days)
    dossier.save(update_fields=["file", "state", "sha256", "size", "ready_at", "expires_at"])


def _note_progress(pk: int, done: int, total: int) -> None:
    Dossier.objects.filter(pk=pk).update(done=done, total=total)


def record_reading(dossier: Dossier, *, by: Any, at: datetime) -> None:
    """Leaves the trace that somebody took the dossier."""
    about = dossier.offer or dossier.call
    audit.record(
        about, _("Pobranie teczki"), by=by, at=at, after={"dossier": dossier.pk, "sha256": dossier.sha256}
    )


def remove_old_dossiers(at: datetime) -> int:
    """Removes the files of dossiers whose days are over; the rows stay as a trace."""
    rows = Dossier.objects.filter(state=DossierState.READY, expires_at__lte=at)
    for dossier in rows:
        dossier.file.delete(save=False)
        Dossier.objects.filter(pk=dossier.pk).update(state=DossierState.EXPIRED, file="")
    return len(rows)
