"""The officials' desk: Django's admin with the portal's look and a first page that shows what waits."""

from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from core.city.scope import grants_of
from core.legal.models import AuditEntry

from .rooms import waiting_for

# What the strip under the header offers, in the order of a clerk's day: (admin view, label).
SECTIONS = [
    ("competitions.call", _("Konkursy")),
    ("consultations.consultation", _("Konsultacje")),
    ("dialogue_bodies.dialoguebody", _("Dialog")),
    ("organizations.organization", _("Organizacje")),
    ("communication.newsitem", _("Aktualności")),
    ("communication.newsletterissue", _("Newsletter")),
    ("legal.auditentry", _("Dziennik")),
]


# The lists of this app have nothing to do with each other.
MIXED = "legal"


class PortalAdminSite(admin.AdminSite):
    site_title = _("Panel urzędnika")
    site_header = _("Panel urzędnika")
    index_title = _("Pulpit")
    site_url = "/"
    empty_value_display = "–"
    enable_nav_sidebar = False

    def each_context(self, request):
        context = super().each_context(request)
        return {**context, "desk_sections": self.sections(request), "desk_units": desk_units(request.user)}

    def sections(self, request) -> list[dict]:
        """The sections this person may open; what is no list of its own is marked under the first of its app."""
        by_label = {model._meta.label_lower: owner for model, owner in self._registry.items()}
        found, index = [], reverse("admin:index")
        for label, name in SECTIONS:
            owner = by_label.get(label)
            if owner is None or not owner.has_view_permission(request):
                continue
            app, model = label.split(".")
            url = reverse(f"admin:{app}_{model}_changelist")
            is_near = app != MIXED and request.path.startswith(f"{index}{app}/")
            is_here = request.path.startswith(url)
            found.append({"label": name, "url": url, "is_current": is_here, "is_near": is_near})
        if not any(section["is_current"] for section in found):
            for section in [section for section in found if section["is_near"]][:1]:
                section["is_current"] = True
        return found

    def get_urls(self):
        """»Zobacz na stronie« asks, as all else here, whether the person may see the row."""
        view, name = self.admin_view(self.on_site), "view_on_site"
        others = [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) != name]
        return [path("r/<int:content_type_id>/<int:object_id>/", view, name=name), *others]

    def on_site(self, request, content_type_id: int, object_id: int):
        """The public address of a row; Django's own view tells it of every row of every model."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        owner = self._registry.get(kind.model_class())
        row = owner.get_object(request, str(object_id)) if owner else None
        if row is None or not owner.has_view_permission(request, row) or not hasattr(row, "get_absolute_url"):
            raise Http404
        return redirect(row.get_absolute_url())

    def password_change(self, request, extra_context=None):
        """One place for everybody: with the limits, the letter and the end of other sessions."""
        return redirect("account_change_password")

    def i18n_javascript(self, request, extra_context=None):
        """The words of the admin's scripts and of the text editor."""
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])(request)

    def index(self, request, extra_context=None):
        waiting = waiting_for(request.user)
        latest = AuditEntry.objects.filter(by=request.user)[:8]
        return super().index(request, {**(extra_context or {}), "waiting": waiting, "latest": latest})

    def login(self, request, extra_context=None):
        """Officials log in where everybody does, with the same limits and second factor."""
        if request.user.is_authenticated:
            return redirect("admin:index" if self.has_permission(request) else "my_matters")
        wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
        own = (
            wanted
            if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
            else reverse("admin:index")
        )
        return redirect(f"{resolve_url('account_login')}?{urlencode({REDIRECT_FIELD_NAME: own})}")


def desk_units(user) -> str:
    """The units in which the person works, for the strip."""
    if not user.is_authenticated:
        return ""
    return ", ".join(sorted({str(g.unit) if g.unit else str(g.get_role_display()) for g in grants_of(user)}))
