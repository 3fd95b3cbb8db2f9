"""Models of consultations: the notice and its parts, the document, submissions, demands, the log of the schedule."""

from .answering import Assignment, Redaction, RemarkGroup, RemarkOriginal
from .consultation import Consultation
from .demands import DemandMeeting, PostulateFollowUp
from .document import DocumentPoint, DocumentVersion
from .facts import parameters_on, report_due
from .meetings import SignUp
from .parts import ConsultationForm, ConsultationStage, Extension, FormDate
from .postulates import Postulate
from .reach import BodyNotice, BodyOpinion, Invitation, InvitationBatch, InvitationRefusal
from .report import Report
from .requests import ConsultationRequest, RequestSupport
from .schedule import ScheduleChange
from .submissions import Remark, Submission
from .surveys import Survey, SurveyAnswer, SurveyQuestion, SurveyResponse
from .templates import ConsultationTemplate

__all__ = [
    "Assignment",
    "BodyNotice",
    "BodyOpinion",
    "Consultation",
    "ConsultationForm",
    "ConsultationRequest",
    "ConsultationStage",
    "ConsultationTemplate",
    "DemandMeeting",
    "DocumentPoint",
    "DocumentVersion",
    "Extension",
    "FormDate",
    "Invitation",
    "InvitationBatch",
    "InvitationRefusal",
    "Postulate",
    "PostulateFollowUp",
    "Redaction",
    "Remark",
    "RemarkGroup",
    "RemarkOriginal",
    "Report",
    "RequestSupport",
    "ScheduleChange",
    "SignUp",
    "Submission",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyResponse",
    "parameters_on",
    "report_due",
]
