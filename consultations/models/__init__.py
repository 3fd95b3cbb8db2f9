"""Models of consultations: the notice and its parts, submissions, demands, the log of the schedule."""

from .consultation import Consultation
from .facts import parameters_on
from .meetings import SignUp
from .parts import ConsultationForm, ConsultationStage, DocumentPoint, Extension, FormDate
from .postulates import Postulate
from .reach import BodyNotice, BodyOpinion, Invitation, InvitationBatch, InvitationRefusal
from .report import Report
from .schedule import ScheduleChange
from .submissions import Remark, Submission

__all__ = [
    "BodyNotice",
    "BodyOpinion",
    "Consultation",
    "ConsultationForm",
    "ConsultationStage",
    "DocumentPoint",
    "Extension",
    "FormDate",
    "Invitation",
    "InvitationBatch",
    "InvitationRefusal",
    "Postulate",
    "Remark",
    "Report",
    "ScheduleChange",
    "SignUp",
    "Submission",
    "parameters_on",
]
