"""Links for setting a new password."""

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db.models import F

from .models import User


class ResetTokens(PasswordResetTokenGenerator):
    """A link works once, for ``PASSWORD_RESET_TIMEOUT``, and only until the next one is asked for.

    It also dies with a change of the password or of the address, and with a log-in.
    """

    def make_token(self, user) -> str:
        User.objects.filter(pk=user.pk).update(resets_requested=F("resets_requested") + 1)
        user.refresh_from_db(fields=["resets_requested"])
        return super().make_token(user)

    def _make_hash_value(self, user, timestamp) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.resets_requested}"
