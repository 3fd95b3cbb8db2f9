"""Papers of an offer for those who may read it: PDF, versions side by side, forms to fill off line and read in again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.common.clock import now
from core.documents.checks import Examined, examine
from core.legal.rules import LawBreached
from core.legal.workflow import MoveRefused

from .. import permissions
from ..actions import offers as actions
from ..forms.papers import ImportForm
from ..law import offers as law
from ..models import Offer, OfferVersion
from ..papers.compare import compare
from ..papers.content import newest_version
from ..papers.docx_form import offer_docx
from ..papers.docx_reading import read_docx
from ..papers.pdf import offer_pdf as printed
from ..papers.proposal import Reading, proposals
from ..papers.xlsx_costs import costs_xlsx
from ..papers.xlsx_reading import read_costs
from ..queries.desk import where_is
from .offers.room import Room

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "competitions.papers.import"
KEPT_SECONDS = 24 * 60 * 60


def readable_offer(request: HttpRequest, pk: int) -> Offer:
    """An offer that the person may read on paper; to all others it does not exist."""
    offer = get_object_or_404(Offer.objects.select_related("call__unit", "part", "organization"), pk=pk)
    if not permissions.may_read_paper(request.user, offer):
        raise Http404(_("Tej oferty nie ma albo nie możesz jej czytać."))
    return offer


def as_file(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file that is saved, never shown by our host, and never kept by anybody on the way."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def file_stem(offer: Offer) -> str:
    number = offer.number.replace("/", "-") or f"szkic-{offer.pk}"
    return f"oferta-{number}"


@login_required
@require_safe
def offer_pdf(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """The paper of a version (the newest one unless told), or of the draft."""
    offer = readable_offer(request, pk)
    version = newest_version(offer) if number is None else get_object_or_404(offer.versions, number=number)
    is_own = permissions.is_of_team(request.user, offer)
    if is_own and offer.is_writable and number is None:
        version = None
    suffix = f"-w{version.number}" if version else "-szkic"
    return as_file(printed(offer, version), "application/pdf", f"{file_stem(offer)}{suffix}.pdf")


@login_required
@require_safe
def offer_docx_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The form to fill off line; for the team only."""
    room = Room(request, pk)
    return as_file(offer_docx(room.offer), DOCX, f"{file_stem(room.offer)}.docx")


@login_required
@require_safe
def offer_xlsx_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The cost table to fill off line; for the team only."""
    room = Room(request, pk)
    return as_file(costs_xlsx(room.offer), XLSX, f"kosztorys-{file_stem(room.offer)}.xlsx")


@login_required
@require_safe
def offer_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the offer is, its versions, and two of them side by side."""
    offer = readable_offer(request, pk)
    versions = list(offer.versions.order_by("number"))
    left, right = _chosen(request, versions)
    context = {
        "offer": offer,
        "call": offer.call,
        "versions": versions,
        "left": left,
        "right": right,
        "differences": compare(left.content, right.content) if left and right else [],
        "where": where_is(offer),
        "correction": getattr(offer, "correction", None),
        "rejection": getattr(offer, "rejection", None),
        "is_own": permissions.is_of_team(request.user, offer),
    }
    return render(request, "competitions/papers/versions.html", context)


def _chosen(
    request: HttpRequest, versions: list[OfferVersion]
) -> tuple[OfferVersion | None, OfferVersion | None]:
    """The two versions of the address, else the last two."""
    if len(versions) < 2:
        return None, None
    by_number = {str(version.number): version for version in versions}
    left = by_number.get(request.GET.get("od", ""), versions[-2])
    return left, by_number.get(request.GET.get("do", ""), versions[-1])


# --- reading in -------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer_import(request: HttpRequest, pk: int) -> HttpResponse:
    """A filled form or cost table: first what it would change, then saved part by part."""
    room = Room(request, pk)
    if not (room.may_write or room.is_supplementing):
        raise Http404(_("Tej oferty nie możesz teraz zmieniać."))
    if "payload" in request.POST:
        return _saved(request, room)
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"offer": room.offer, "call": room.offer.call, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            reading = read_file(examine(form.cleaned_data["upload"]), room.offer)
        except ValidationError as refused:
            form.add_error("upload", refused)
        else:
            return render(request, "competitions/papers/preview.html", {**context, **_preview(room, reading)})
    return render(request, "competitions/papers/import.html", context)


def read_file(examined: Examined, offer: Offer) -> Reading:
    """What a checked file says. Raises ValidationError for a kind of file that is no form of ours."""
    if examined.content_type == DOCX:
        return read_docx(examined.content.read(), offer)
    if examined.content_type == XLSX:
        return read_costs(examined.content.read(), offer)
    raise ValidationError(_("Plik: wczytujemy formularz .docx i kosztorys .xlsx pobrane z tej strony."))


def _preview(room: Room, reading: Reading) -> dict[str, Any]:
    found = proposals(room.offer, reading)
    writable = [proposal for proposal in found if room.may_write_part(proposal.key)]
    kept = {proposal.key: [proposal.content, proposal.edit_number] for proposal in writable}
    return {
        "proposals": writable,
        "closed": [proposal for proposal in found if proposal not in writable],
        "unread": reading.unread,
        "notes": reading.notes,
        "payload": signing.dumps({"offer": room.offer.pk, "sections": kept}, salt=SALT, compress=True),
    }


def _saved(request: HttpRequest, room: Room) -> HttpResponse:
    """Saves the chosen parts as the steps of the form would, merged with what others wrote meanwhile."""
    here = redirect("competitions:offer_import", room.offer.pk)
    try:
        kept = signing.loads(request.POST["payload"], salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        messages.error(request, _("Podgląd jest nieaktualny. Wczytaj plik jeszcze raz."))
        return here
    if kept["offer"] != room.offer.pk:
        raise Http404
    chosen = [key for key in request.POST.getlist("section") if key in kept["sections"]]
    if not chosen:
        messages.error(request, _("Zaznacz co najmniej jedną część do zapisania i wczytaj plik jeszcze raz."))
        return here
    conflicts = [key for key in chosen if _save_one(request, room, key, *kept["sections"][key])]
    messages.success(request, _("Zapisano części: %(parts)s.") % {"parts": _parts(chosen)})
    if conflicts:
        words = _("W częściach %(parts)s ktoś zmienił te same pola. Zachowaliśmy oba teksty, wybierz jeden.")
        messages.warning(request, words % {"parts": _parts(conflicts)})
    home = "competitions:supplement" if room.is_supplementing else "competitions:offer"
    return redirect(reverse(home, args=[room.offer.pk]))


def _save_one(request: HttpRequest, room: Room, key: str, content: dict[str, Any], number: int) -> bool:
    """Whether two texts now stand side by side."""
    try:
        saved = actions.save_section(
            room.offer, key=key, content=content, edit_number=number, by=request.user, at=now()
        )
    except MoveRefused as refused:
        raise Http404 from refused
    except LawBreached as refused:
        for breach in refused.breaches:
            messages.error(request, str(breach.message))
        return False
    return bool(saved.conflicts)


def _parts(keys: list[str]) -> str:
    return ", ".join(law.template.BY_KEY[key].part for key in keys)
