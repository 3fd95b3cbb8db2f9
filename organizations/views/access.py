"""Whose pages these are: an organisation is reached only by who may act on it; for all others it is not there."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.legal.rules import LawBreached

from ..models import Organization


def of_person(may):
    """The view gets the organisation of the address when the person may act on it; else there is no such page."""

    def decorate(view):
        @wraps(view)
        @login_required
        def inner(request, slug: str, *args, **kwargs):
            organization = get_object_or_404(Organization.objects.select_related("parent"), slug=slug)
            if not may(request.user, organization):
                raise Http404
            return view(request, organization, *args, **kwargs)

        return inner

    return decorate


def show_breaches(form, refused: LawBreached) -> None:
    """Puts what the law found beside the fields; what has no field of the form, on top."""
    for breach in refused.breaches:
        form.add_error(breach.field if breach.field in form.fields else None, breach.message)
