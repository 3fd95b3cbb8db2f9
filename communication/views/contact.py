"""Writing to the office: errors, accessibility, questions (R-WEB-05)."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.common.antispam import is_too_often
from core.common.clock import now
from core.common.formats import day_with_weekday

from .. import actions, law
from ..enums import MessageKind
from ..forms import ContactForm
from ..forms.contact import own_path
from ..models import ContactMessage

OFTEN, WITHIN = 10, timedelta(hours=1)


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request: HttpRequest) -> HttpResponse:
    """``?strona=`` names the page it is about; only paths of this portal are taken over."""
    page = own_path(request.GET.get("strona", ""))
    initial = {"page": page, "kind": MessageKind.ERROR if page else ""}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if not is_too_often(request, "contact", limit=OFTEN, within=WITHIN):
            messages.success(request, _receipt(_receive(request, form)))
            return redirect("communication:contact")
        form.add_error(None, _("Z Twojego adresu wysłano już dużo wiadomości. Wyślij tę za godzinę."))
    context = {"form": form, "clause": law.CLAUSES["contact"]}
    return render(request, "communication/contact.html", context)


def _receive(request: HttpRequest, form: ContactForm) -> ContactMessage:
    data = form.cleaned_data
    return actions.receive_message(
        kind=data["kind"],
        text=data["text"],
        page=data["page"],
        email=data["email"],
        by=request.user if request.user.is_authenticated else None,
        at=now(),
    )


def _receipt(message: ContactMessage) -> str:
    number = {"number": message.receipt}
    if message.due_on:
        day = {**number, "day": day_with_weekday(message.due_on)}
        return _("Przyjęliśmy zgłoszenie nr %(number)s. Odpowiemy najpóźniej: %(day)s.") % day
    return _("Przyjęliśmy wiadomość nr %(number)s. Zapisz ten numer.") % number
