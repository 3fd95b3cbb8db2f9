"""One search over everything that is public."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from core.documents.search import search as find
from organizations.queries import with_number

PAGE_SIZE = 20
KINDS = {
    "call": _("Konkursy"),
    "consultation": _("Konsultacje"),
    "organization": _("Organizacje"),
    "body": _("Ciała dialogu"),
    "news": _("Aktualności"),
    "programme": _("Programy"),
    "resource": _("Zasoby"),
    "grant": _("Małe granty"),
    "page": _("Strony"),
}
MAX_QUERY = 200
MAX_PAGE = 100


def search(request):
    """``?q=`` what, ``?rodzaj=`` of which kind, ``?page=``."""
    query = request.GET.get("q", "").strip()[:MAX_QUERY]
    kind = request.GET.get("rodzaj", "")
    kind = kind if kind in KINDS else ""
    number = page_number(request.GET.get("page"))
    result = (
        find(query, kinds=[kind] if kind else None, limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE)
        if query
        else None
    )
    page = (
        Paginator(range(min(result.count, MAX_PAGE * PAGE_SIZE)), PAGE_SIZE).get_page(number)
        if result
        else None
    )
    context = {
        "query": query,
        "kind": kind,
        "kinds": [
            (key, label, result.kinds.get(key, 0))
            for key, label in KINDS.items()
            if result and result.kinds.get(key)
        ],
        "labels": KINDS,
        "result": result,
        "by_number": with_number(query) if query and number == 1 and kind in ("", "organization") else [],
        "page": page,
    }
    return render(request, "portal/search.html", context)


def page_number(text: str | None) -> int:
    return (
        min(max(int(text), 1), MAX_PAGE)
        if text and text.isascii() and text.isdigit() and len(text) < 5
        else 1
    )
