"""What of the identity data waits for the office, and taking it back (R-ORG-17)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.common.clock import end_of_day, now
from core.legal.workflow import MoveRefused

from .. import actions, permissions
from ..models import Organization
from ..queries.comparison import compare_revision
from ..queries.queue import decision_due_on
from .access import of_person


@of_person(permissions.may_see_people)
def revisions(request, organization: Organization):
    """The change that waits, with its clock, and those decided before."""
    if request.method == "POST":
        return _withdraw(request, organization)
    actions.note_opening(organization, _("Zmiany danych rejestrowych"), by=request.user, at=now())
    rows = organization.revisions.select_related("organization", "proposed_by")
    waiting = rows.filter(decided_at=None).first()
    context = {
        "organization": organization,
        "waiting": waiting,
        "compared": compare_revision(waiting) if waiting else [],
        "due_at": end_of_day(decision_due_on(waiting.waits_since)) if waiting else None,
        "decided": rows.exclude(decided_at=None)[:20],
        "may_withdraw": waiting and permissions.may_withdraw_revision(request.user, waiting),
    }
    return render(request, "organizations/people/revisions.html", context)


def _withdraw(request, organization: Organization):
    waiting = get_object_or_404(organization.revisions.filter(decided_at=None))
    try:
        actions.withdraw_revision(waiting, by=request.user, at=now())
        messages.success(request, _("Zmiana wycofana. Profil zostaje bez zmian."))
    except MoveRefused:
        messages.error(request, _("Tej zmiany nie możesz wycofać."))
    return redirect("organizations:revisions", organization.slug)
