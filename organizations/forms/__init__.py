"""Forms of the registry: shape of the input, numbers normalised, breaches of law as field errors."""

from .fields import (
    LinesField,
    NumberField,
)
from .offers import (
    OfferForm,
    OfferFormSet,
)
from .people import (
    DissolutionForm,
    EvidenceForm,
    InvitationForm,
    LeavingForm,
    MandateRequestForm,
    RenewalForm,
)
from .profile import (
    ProfileForm,
)
from .public import (
    ErrorReportForm,
)
from .registration_number import (
    KrsForm,
    OtherNumberForm,
)

__all__ = [
    "DissolutionForm",
    "ErrorReportForm",
    "EvidenceForm",
    "InvitationForm",
    "KrsForm",
    "LeavingForm",
    "LinesField",
    "MandateRequestForm",
    "NumberField",
    "OfferForm",
    "OfferFormSet",
    "OtherNumberForm",
    "ProfileForm",
    "RenewalForm",
]
