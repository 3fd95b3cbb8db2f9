"""The Informator for print."""

from django.http import Http404, HttpResponse
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from ..models import Booklet


@require_safe
def booklet(request):
    """The newest edition; 404 before there is one."""
    newest = Booklet.objects.first()
    if newest is None:
        raise Http404
    try:
        with newest.file.open("rb") as file:
            response = HttpResponse(file.read(), content_type="application/pdf")
    except FileNotFoundError as error:
        raise Http404 from error
    response.headers["Content-Disposition"] = 'inline; filename="informator-ngo.pdf"'
    response.headers["Last-Modified"] = http_date(newest.made_at.timestamp())
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
