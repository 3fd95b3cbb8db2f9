"""Forms of the registry: shape of the input, numbers normalised, breaches of law as field errors."""

from .fields import LinesField, NumberField
from .offers import OfferForm, OfferFormSet
from .people import (
    DissolutionForm,
    EvidenceForm,
    InvitationForm,
    LeavingForm,
    MandateRequestForm,
    RenewalForm,
)
from .profile import ProfileForm, RegistrationForm
from .public import ErrorReportForm

__all__ = [
    "DissolutionForm",
    "ErrorReportForm",
    "EvidenceForm",
    "InvitationForm",
    "LeavingForm",
    "LinesField",
    "MandateRequestForm",
    "NumberField",
    "OfferForm",
    "OfferFormSet",
    "ProfileForm",
    "RegistrationForm",
    "RenewalForm",
]
