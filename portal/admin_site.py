"""The officials' desk: Django's admin with the portal's look and a first page that shows what waits."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(admin.AdminSite):
    site_title = _("Panel urzędnika")
    site_header = _("Panel urzędnika")
    index_title = _("Pulpit")
    site_url = "/"

    def login(self, request, extra_context=None):
        """Officials log in where everybody does, with the same limits and second factor."""
        if request.user.is_authenticated and self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            return redirect("home")
        return redirect(f"/konto/logowanie/?next={request.GET.get('next', '/admin/')}")


class PortalAdminConfig(AdminConfig):
    default_site = "portal.admin_site.PortalAdminSite"
