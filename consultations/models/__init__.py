"""Models of consultations: the notice and its parts, submissions, demands, the log of the schedule."""

from .consultation import Consultation
from .demands import DemandMeeting, PostulateFollowUp
from .facts import parameters_on
from .parts import ConsultationForm, ConsultationStage, DocumentPoint, Extension, FormDate
from .postulates import Postulate
from .report import Report
from .requests import ConsultationRequest, RequestSupport
from .schedule import ScheduleChange
from .submissions import Remark, Submission
from .templates import ConsultationTemplate

__all__ = [
    "Consultation",
    "ConsultationForm",
    "ConsultationRequest",
    "ConsultationStage",
    "ConsultationTemplate",
    "DemandMeeting",
    "DocumentPoint",
    "Extension",
    "FormDate",
    "Postulate",
    "PostulateFollowUp",
    "Remark",
    "Report",
    "RequestSupport",
    "ScheduleChange",
    "Submission",
    "parameters_on",
]
