"""Forms of the registry: shape of the input, numbers normalised, breaches of law as field errors."""

from .fields import LinesField, NumberField
from .logos import LogoForm
from .offers import OfferForm, OfferFormSet
from .partners import AnswerForm, PartnerNoticeForm
from .people import MandateRequestForm
from .profile import ProfileForm, RegistrationForm
from .public import ErrorReportForm

__all__ = [
    "AnswerForm",
    "ErrorReportForm",
    "LinesField",
    "LogoForm",
    "MandateRequestForm",
    "NumberField",
    "OfferForm",
    "OfferFormSet",
    "PartnerNoticeForm",
    "ProfileForm",
    "RegistrationForm",
]
