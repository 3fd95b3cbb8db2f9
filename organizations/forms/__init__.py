"""Forms of the registry: shape of the input, numbers normalised, breaches of law as field errors."""

from .fields import LinesField, NumberField
from .offers import OfferForm, OfferFormSet
from .people import MandateRequestForm
from .profile import ProfileForm
from .public import ErrorReportForm
from .registration_number import KrsForm, OtherNumberForm

__all__ = [
    "ErrorReportForm",
    "KrsForm",
    "LinesField",
    "MandateRequestForm",
    "NumberField",
    "OfferForm",
    "OfferFormSet",
    "OtherNumberForm",
    "ProfileForm",
]
