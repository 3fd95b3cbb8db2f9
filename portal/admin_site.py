"""Puts the officials' desk in the place of Django's plain admin."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.templatetags import admin_list
from django.utils.translation import gettext as _


class PortalAdminConfig(AdminConfig):
    default_site = "portal.desk.PortalAdminSite"

    def ready(self):
        super().ready()
        from django.contrib.auth.models import Group

        # Rights come from roles in units (RoleGrant); a second way to give them would only mislead.
        admin.site.unregister(Group)
        # Lists and read-only fields look this function up when they are drawn. Its picture says »True« to those
        # who cannot see it; a word says the same to everybody.
        admin_list._boolean_icon = yes_or_no


def yes_or_no(value: bool | None) -> str:
    return {True: _("tak"), False: _("nie"), None: "–"}[value]
