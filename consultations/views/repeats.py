"""The same remarks from the same person twice, without telling a stranger who has written what.

Kept is a keyed hash of the sender's address, of where it came from and of the words: from elsewhere the same
remarks are taken again, and the desk sees that their words are the same.
"""

from collections.abc import Sequence

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from core.common.antispam import address_of

from ..actions import RemarkText
from ..law.texts import text_hash
from ..models import Consultation

SALT = "consultations.repeats"
KEPT_SECONDS = 7 * 24 * 60 * 60


def words_of(
    request: HttpRequest, consultation: Consultation, email: str, remarks: Sequence[RemarkText]
) -> str:
    """One key for who sends what from where."""
    said = sorted(f"{remark.part}:{text_hash(remark.proposed_wording)}" for remark in remarks)
    told = "\n".join([str(consultation.pk), email.strip().casefold(), address_of(request), *said])
    return "same-remarks:" + salted_hmac(SALT, told).hexdigest()


def are_known(words: str) -> bool:
    return cache.get(words) is not None


def keep(words: str) -> None:
    cache.set(words, 1, KEPT_SECONDS)
