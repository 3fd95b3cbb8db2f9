"""»Moje sprawy«, »Moje terminy« and the private calendar."""

import secrets
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from core.accounts.models import User
from core.common.clock import now
from core.common.dates import DatedThing, ical_response
from core.common.subjects import model_of
from core.notifications.models import Follow, Reminder
from organizations.queries import organizations_of

from .rooms import dated_things, matters_for

AHEAD_DAYS = 400


@login_required
def my_matters(request):
    """Tasks and followed matters of the person and of the organisation they act for."""
    organization = request.organization or None
    context = {
        "organization": organization,
        "organizations": organizations_of(request.user),
        "matters": matters_for(request.user, organization),
        "dates": my_dates(request.user)[:6],
        "followed_count": Follow.objects.filter(user=request.user).count(),
    }
    return render(request, "portal/my.html", context)


@login_required
def my_deadlines(request):
    """Dates of what the person follows, and the reminders that will come."""
    waiting = Reminder.objects.filter(user=request.user, sent_at=None, skipped_at=None, due_at__gte=now())
    context = {
        "dates": my_dates(request.user),
        "reminders": waiting.order_by("due_at")[:50],
        "calendar_token": request.user.calendar_token,
    }
    return render(request, "portal/my_deadlines.html", context)


@login_required
@require_POST
def renew_calendar_key(request):
    """A new secret address of the private calendar; the old one stops working."""
    User.objects.filter(pk=request.user.pk).update(calendar_token=secrets.token_urlsafe(32))
    return redirect("my_deadlines")


def private_calendar(request, token: str):
    """The dates of »Moje terminy« for a calendar program, which cannot log in."""
    user = User.objects.filter(calendar_token=token, is_active=True).first() if token else None
    if user is None:
        raise Http404
    response = ical_response(my_dates(user), "moje-terminy", "Moje terminy")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def my_dates(user) -> list[DatedThing]:
    """Coming dates of the records that the person follows."""
    followed = set(followed_urls(user))
    if not followed:
        return []
    moment = now()
    return [t for t in dated_things(moment, moment + timedelta(days=AHEAD_DAYS)) if t.url in followed]


def followed_urls(user) -> list[str]:
    """Addresses of the followed records that are still public; one query per kind."""
    by_kind: dict[str, list[int]] = {}
    for kind, pk in Follow.objects.filter(user=user).values_list("subject_kind", "subject_id"):
        by_kind.setdefault(kind, []).append(pk)
    rows = [
        row for kind, ids in by_kind.items() for row in model_of(kind)._default_manager.filter(pk__in=ids)
    ]
    return [row.get_absolute_url() for row in rows if row.is_public]
