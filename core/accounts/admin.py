"""Accounts on the desk. Who may do what is given as roles; there is no jungle of single permissions.

The floor above adds the roles of an account as rows below it.
"""

import allauth.account.admin
import allauth.mfa.admin
import allauth.usersessions.admin  # noqa: F401 - registers what is taken back below
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import csrf_protect_m
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from core.common.admin_lists import OfferedFilters
from core.common.clock import now
from core.legal.models import AuditEntry

from . import actions
from .forms import PersonNameField
from .models import User
from .permissions import has_second_factor, may_manage_accounts

# Tables of the log-in library: they hold secrets, and the pages below do what has to be done with them.
for model in (Authenticator, EmailAddress, UserSession):
    admin.site.unregister(model)

RIGHTS = ("is_staff", "is_superuser")


class NewAccountForm(forms.ModelForm):
    """An account for a colleague: no password, they set it themselves."""

    full_name = PersonNameField()

    class Meta:
        model = User
        fields = ["email", "full_name", "is_staff"]

    def clean_email(self):
        return self.cleaned_data["email"].lower()


class AccountForm(forms.ModelForm):
    full_name = PersonNameField()

    class Meta:
        model = User
        fields = ["full_name", "is_active", *RIGHTS]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Powód"),
        help_text=_(
            "Na przykład: zgubiony telefon, tożsamość sprawdzona osobiście. Powód trafi do dziennika."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@admin.register(User)
class UserAdmin(OfferedFilters, admin.ModelAdmin):
    """Administrators open and block accounts; access to the desk and full rights are given by superusers."""

    list_display = ["email", "full_name", "is_active", "is_staff", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["email", "full_name"]
    ordering = ["email"]
    list_per_page = 50
    show_full_result_count = False
    change_form_template = "admin/accounts/user/change_form.html"

    # --- rights -----------------------------------------------------------------------------------
    def has_module_permission(self, request):
        return may_manage_accounts(request.user)

    def has_view_permission(self, request, obj=None):
        return may_manage_accounts(request.user)

    def has_add_permission(self, request):
        return may_manage_accounts(request.user)

    def has_change_permission(self, request, obj=None):
        """Only a superuser changes the account of a superuser."""
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return may_manage_accounts(request.user) and not is_above

    def has_delete_permission(self, request, obj=None):
        """Accounts are blocked, not deleted: official records point to them."""
        return False

    # --- forms ------------------------------------------------------------------------------------
    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = AccountForm if obj else NewAccountForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["email", "full_name", "is_staff"]
        return ["email", "full_name", "is_active", *RIGHTS, "second_factor", "date_joined", "last_login"]

    def get_readonly_fields(self, request, obj=None):
        """Nobody changes the rights of their own account, so that nobody locks themselves out or lets themselves in."""
        told = [] if obj is None else ["email", "second_factor", "date_joined", "last_login"]
        if obj is not None and obj.pk == request.user.pk:
            return [*told, "is_active", *RIGHTS]
        return told if request.user.is_superuser else [*told, *RIGHTS]

    @admin.display(description=_("drugi składnik"), boolean=True)
    def second_factor(self, obj: User) -> bool:
        return has_second_factor(obj)

    # --- writing ----------------------------------------------------------------------------------
    def save_model(self, request, obj, form, change):
        """Only fields that this person may change take effect; the actions write and log."""
        if change:
            changes = {name: form.cleaned_data[name] for name in form.changed_data}
            actions.change_account(User.objects.get(pk=obj.pk), changes, by=request.user, at=now())
            return
        data = form.cleaned_data
        is_staff = data.get("is_staff", False)
        made = actions.open_account(
            data["email"], data["full_name"], by=request.user, at=now(), is_staff=is_staff
        )
        obj.pk, obj._state.adding = made.pk, False

    def log_addition(self, request, obj, message):
        """The audit log replaces the admin's own."""

    def log_change(self, request, obj, message):
        """The audit log replaces the admin's own."""

    # --- more pages -------------------------------------------------------------------------------
    def get_urls(self):
        remove = path(
            "<int:pk>/drugi-skladnik/usun/",
            self.admin_site.admin_view(self.remove_second_factor),
            name="accounts_user_remove_second_factor",
        )
        return [remove, *super().get_urls()]

    @csrf_protect_m
    def remove_second_factor(self, request, pk: int):
        """For a person who lost the telephone or key and has no recovery codes."""
        user = self.get_object(request, str(pk))
        if user is None or not self.has_change_permission(request, user):
            raise PermissionDenied
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            actions.remove_second_factor(user, by=request.user, at=now(), reason=form.cleaned_data["reason"])
            self.message_user(
                request, _("Usunięto drugi składnik. Osoba dostała o tym list."), messages.SUCCESS
            )
            return redirect(reverse("admin:accounts_user_change", args=[pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Usuń drugi składnik"),
            "opts": self.opts,
            "original": user,
            "form": form,
        }
        return render(request, "admin/accounts/user/remove_second_factor.html", context)

    def history_view(self, request, object_id, extra_context=None):
        user = self.get_object(request, object_id)
        if user is None or not self.has_view_permission(request, user):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("Historia: %(name)s") % {"name": user},
            "opts": self.opts,
            "original": user,
            "entries": AuditEntry.objects.of(user).select_related("by"),
        }
        return render(request, "admin/history.html", context)
