"""The link of an invitation, and the way out of invitations."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from core.common.clock import now
from core.common.private_pages import private_page

from .. import actions
from ..models import Invitation, InvitationRefusal


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Notes the day and goes on to the consultation; programs that only look (HEAD) are not counted."""
    found = get_object_or_404(Invitation.objects.select_related("consultation"), pk=Invitation.pk_of(token))
    if request.method == "GET":
        actions.open_invitation(found.pk, at=now())
    response = redirect(found.consultation)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@method_decorator([private_page, csrf_exempt], name="dispatch")
class RefuseInvitations(View):
    """One click in a mail program (RFC 8058) or a button on the page; a second button takes it back.

    Exempt from the check of forms because mail programs post without a cookie; the signed link is the proof.
    """

    def dispatch(self, request, token):
        rows = Invitation.objects.select_related("organization", "consultation")
        self.invitation = get_object_or_404(rows, pk=Invitation.pk_of(token))
        return super().dispatch(request, token)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.page()

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if request.POST.get("verb") == "accept":
            actions.accept_invitations(self.invitation.organization, at=now())
        else:
            actions.refuse_invitations(self.invitation.organization, at=now())
        return self.page()

    def page(self) -> HttpResponse:
        organization = self.invitation.organization
        context: dict[str, Any] = {
            "organization": organization,
            "is_refused": InvitationRefusal.objects.filter(organization=organization).exists(),
        }
        return render(self.request, "consultations/reach/refuse.html", context)
