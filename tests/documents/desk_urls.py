"""The portal with one more desk page: a record that has files and publications."""

from django.contrib import admin
from django.urls import path

from core.accounts.roles import Role
from core.city.desk import OfficialAdmin
from core.city.models import District
from core.documents.admin import DocumentsAdminMixin
from portal.urls import urlpatterns as portal_urls


class RecordAdmin(DocumentsAdminMixin, OfficialAdmin):
    editors = (Role.UNIT_EDITOR,)


site = admin.site.__class__(name="admin")
site._registry.update(admin.site._registry)
site.unregister(District)
site.register(District, RecordAdmin)

urlpatterns = [path("admin/", site.urls), *[p for p in portal_urls if str(p.pattern) != "admin/"]]
