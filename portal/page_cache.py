"""Public pages for readers who are nobody in particular: drawn once, given out until something changes.

A page is kept only when it cannot depend on the reader: named below, asked without a session and without
any cookie but language and appearance, answered without a cookie and without a token. It is given out only
while the version of everything public is the one it was drawn from, and at most to the end of the minute:
periods end on whole minutes, so no kept page shows an open call as the clock closes it.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from core.common import public_version

# Pages that are the same for every reader without a session. A page with a form or a secret address is not here.
PAGES = frozenset(
    [
        "home",
        "search",
        "calendar",
        "knowledge",
        "data",
        "rulebook",
        "site_map",
        "sitemap",
        "about",
        "terms",
        "privacy",
        "accessibility",
        "competitions:list",
        "competitions:schedule",
        "competitions:detail",
        "consultations:list",
        "consultations:schedule",
        "consultations:postulates",
        "consultations:detail",
        "consultations:remarks",
        "consultations:report",
        "consultations:stage_report",
        "consultations:document",
        "consultations:document_comparison",
        "consultations:changes",
        "dialogue_bodies:list",
        "dialogue_bodies:detail",
        "dialogue_bodies:meetings",
        "organizations:list",
        "organizations:informator",
        "organizations:branch",
        "organizations:detail",
        "organizations:partners",
        "organizations:partner",
        "neighbourhood",
        "neighbourhood_district",
        "branch",
        "branch_feed",
        "programmes:list",
        "programmes:detail",
        "resources:list",
        "resources:detail",
        "grants:list",
        "grants:detail",
        "communication:news_list",
        "communication:news",
        "communication:news_feed",
    ]
)
HARMLESS_COOKIES = frozenset({settings.LANGUAGE_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "wyglad", "tekst"})
KEY_COOKIES = (settings.LANGUAGE_COOKIE_NAME, "wyglad", "tekst")
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
LONGEST_ADDRESS = 400
LARGEST_PAGE = 400_000  # bytes, packed
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True)
class Page:
    """A page as it goes out."""

    headers: dict[str, str]
    body: bytes

    def response(self) -> HttpResponse:
        response = HttpResponse(self.body)
        for name, value in self.headers.items():
            response.headers[name] = value
        return response


class PublicPages:
    """Stands before sessions, languages and views; whatever it does not know passes through."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE_METHODS:
            return self.after_an_act(request)
        if not settings.KEEP_PUBLIC_PAGES or not may_be_kept(request):
            return self.get_response(request)
        key, minute = key_of(request), public_version.this_minute()
        version, page = public_version.look_up(key)
        if version is None:
            return self.get_response(request)
        if page is not None:
            return answered(request, page.response())
        response = self.drawn_whole(request)
        if is_for_everybody(request, response):
            page = Page(dict(response.headers.items()), response.content)
            public_version.keep(key, page, version=version, minute=minute)
        return answered(request, response)

    def drawn_whole(self, request: HttpRequest) -> HttpResponse:
        """The page itself, whatever the reader has of it already."""
        conditions = {name: request.META.pop(name) for name in CONDITIONS if name in request.META}
        response = self.get_response(request)
        request.META.update(conditions)
        return response

    def after_an_act(self, request: HttpRequest) -> HttpResponse:
        """Whatever somebody sends may change a public page, also on the officials' desk."""
        response = self.get_response(request)
        if response.status_code < 400:
            public_version.renew()
        return response


def may_be_kept(request: HttpRequest) -> bool:
    """Whether the question itself says nothing of the reader."""
    return (
        request.method == "GET"
        and HARMLESS_COOKIES.issuperset(request.COOKIES)
        and "HTTP_AUTHORIZATION" not in request.META
        and "HTTP_HX_REQUEST" not in request.META
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer says nothing of the reader: no cookie, no token, no nonce, no person."""
    match = request.resolver_match
    return (
        match is not None
        and match.view_name in PAGES
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(request, "_csp_nonce", None)
        and not request.user.is_authenticated
        and "private" not in response.headers.get("Cache-Control", "")
        and len(response.content) <= LARGEST_PAGE
    )


def key_of(request: HttpRequest) -> str:
    """Everything the page depends on: address, language, appearance, and whether it is packed."""
    chosen = [request.COOKIES.get(name, "") for name in KEY_COOKIES]
    is_packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    text = "\n".join([request.get_full_path(), *chosen, str(is_packed)])
    return f"page:{sha256(text.encode()).hexdigest()}"


def answered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page, or »not modified« for who has it already."""
    etag = response.headers.get("ETag")
    if response.status_code != 200 or not etag:
        return response
    return get_conditional_response(request, etag=etag, response=response)
