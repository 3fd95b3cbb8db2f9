"""What a password must not be."""

from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.utils.translation import gettext as _


class UnlikeThePerson(UserAttributeSimilarityValidator):
    """Neither the address nor the name with a digit behind it."""

    def __init__(self):
        super().__init__(user_attributes=("email", "full_name"))

    def get_error_message(self):
        return _("Hasło jest zbyt podobne do adresu albo nazwiska. Wymyśl inne.")

    def get_help_text(self):
        return _("Hasło nie może być podobne do adresu ani nazwiska.")
