"""Puts the officials' desk in the place of Django's plain admin."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    default_site = "portal.desk.PortalAdminSite"
