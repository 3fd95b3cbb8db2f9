"""One click a year, and what the address of a profile answers when the record has ended."""

from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.common.clock import today

from .. import permissions
from ..enums import State
from ..models import Organization
from ..queries import is_unconfirmed
from ..reminders import CONFIRMATION_SALT


@never_cache
@login_required
@require_safe
def confirm_page(request, token: str):
    """Where the link of the letter leads: the data that everybody sees, and one button. Looking changes nothing."""
    try:
        organization_id, user_id = signing.loads(token, salt=CONFIRMATION_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    rows = Organization.objects.select_related("district", "main_sphere").prefetch_related("spheres")
    organization = get_object_or_404(rows, pk=organization_id)
    if user_id != request.user.pk or not permissions.may_confirm(request.user, organization):
        raise Http404
    context = {"organization": organization, "is_unconfirmed": is_unconfirmed(organization, today())}
    return render(request, "organizations/confirm.html", context)


def ended(request, organization: Organization):
    """For a record that has ended: the way to the one it was joined with, or a plain page; else no such page."""
    if organization.merged_into_id:
        return redirect(organization.merged_into, permanent=True)
    if organization.state == State.DISSOLVED and organization.published_at:
        return render(request, "organizations/ended.html", {"organization": organization})
    raise Http404
