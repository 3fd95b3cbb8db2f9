"""Forms of the registry: shape of the input, numbers normalised, breaches of law as field errors."""

from .fields import (
    LinesField,
    NumberField,
)
from .logos import (
    LogoForm,
)
from .offers import (
    OfferForm,
    OfferFormSet,
)
from .partners import (
    AnswerForm,
    PartnerNoticeForm,
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
    "AnswerForm",
    "DissolutionForm",
    "ErrorReportForm",
    "EvidenceForm",
    "InvitationForm",
    "KrsForm",
    "LeavingForm",
    "LinesField",
    "LogoForm",
    "MandateRequestForm",
    "NumberField",
    "OfferForm",
    "OfferFormSet",
    "OtherNumberForm",
    "PartnerNoticeForm",
    "ProfileForm",
    "RenewalForm",
]
