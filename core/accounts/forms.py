"""What a person tells when an account is made."""

from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _

from .models import User, validate_person_name


class SignupForm(AllauthSignupForm):
    full_name = forms.CharField(
        label=_("Imię i nazwisko"),
        max_length=User._meta.get_field("full_name").max_length,
        validators=[validate_person_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["full_name", "email", "password1", "password2"]

    def save(self, request):
        user = super().save(request)
        user.full_name = self.cleaned_data["full_name"]
        user.save(update_fields=["full_name"])
        return user
