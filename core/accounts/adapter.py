"""How the log-in library behaves in this portal."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse

from core.common.sites import absolute


class AccountAdapter(DefaultAccountAdapter):
    """Links in mails use the configured address of the portal, never the request's host."""

    def get_email_confirmation_url(self, request, emailconfirmation):
        return absolute(reverse("account_confirm_email", args=[emailconfirmation.key]))
