"""What a check answers: a finding, or a refusal that says why and what to do."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class Refused(ValidationError):
    """The file is not taken; the message is for the person who sent it."""


@dataclass(frozen=True)
class Finding:
    """``content`` replaces what was sent, when a check makes it anew."""

    content: bytes | None = None
    has_text_layer: bool | None = None
    is_tagged: bool | None = None


def not_what_it_says(extension: str) -> Refused:
    return Refused(
        _(
            "Plik: zawartość nie odpowiada rozszerzeniu .%(extension)s. Zapisz go w tym formacie i dodaj jeszcze raz."
        )
        % {"extension": extension}
    )


def broken() -> Refused:
    return Refused(_("Plik: jest uszkodzony. Otwórz go u siebie, zapisz ponownie i dodaj jeszcze raz."))


def locked() -> Refused:
    return Refused(_("Plik: jest zabezpieczony hasłem. Zapisz go bez hasła i dodaj jeszcze raz."))


def has_macros() -> Refused:
    return Refused(
        _(
            "Plik: zawiera makra lub elementy aktywne. Zapisz go bez nich, np. jako .docx, i dodaj jeszcze raz."
        )
    )
