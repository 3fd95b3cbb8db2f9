"""Fetching a file: nothing in the media folder has an address of its own, all goes through here."""

import logging
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.common.clock import now
from core.common.subjects import resolve

from .models import Attachment
from .permissions import is_open_to_all, may_fetch
from .watchers import note_fetched

logger = logging.getLogger(__name__)


@require_safe
def download(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A file for those who may have it; for all others it does not exist."""
    attachment = Attachment.objects.filter(pk=pk).first()
    record = record_of(attachment) if attachment else None
    if attachment is None or not may_fetch(request.user, attachment, record):
        raise Http404(_("Tego pliku nie ma albo nie możesz go pobrać."))
    if name != attachment.original_name:
        return redirect(attachment)
    unchanged = get_conditional_response(request, etag=f'"{attachment.sha256}"')
    response = unchanged if unchanged is not None else _file_response(attachment)
    is_open = is_open_to_all(attachment, record)
    if not is_open:
        note_fetched(attachment, record, by=request.user, at=now())
    return _guarded(response, attachment, is_open=is_open)


def handed_over(attachment: Attachment) -> HttpResponse:
    """A closed file for somebody whose right to it the caller has seen; never what the scanner holds back."""
    if not attachment.is_safe_to_fetch:
        raise Http404(_("Tego pliku nie ma albo nie możesz go pobrać."))
    return _guarded(_file_response(attachment), attachment, is_open=False)


def record_of(attachment: Attachment):
    """The record a file belongs to, or None when the record or its whole model is gone."""
    try:
        return resolve(attachment.subject)
    except LookupError:
        return None


def _file_response(attachment: Attachment) -> HttpResponse:
    """The bytes, or for nginx the place where it finds them."""
    if settings.MEDIA_ACCEL_PREFIX:
        response = HttpResponse()
        response.headers["X-Accel-Redirect"] = settings.MEDIA_ACCEL_PREFIX + quote(attachment.file.name)
        return response
    try:
        return FileResponse(attachment.file.open("rb"))
    except FileNotFoundError as error:
        logger.exception("file missing", extra={"attachment": attachment.pk})
        raise Http404(_("Tego pliku nie ma albo nie możesz go pobrać.")) from error


def _guarded(response: HttpResponse, attachment: Attachment, *, is_open: bool) -> HttpResponse:
    """Saved, never shown by our host, and harmless should a browser show it all the same."""
    response.headers["Content-Type"] = attachment.content_type
    response.headers["Content-Disposition"] = content_disposition_header(True, attachment.original_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["ETag"] = f'"{attachment.sha256}"'
    # public files are asked for again each time, so that a withdrawn one is gone at once
    response.headers["Cache-Control"] = "public, no-cache" if is_open else "private, no-store"
    return response
