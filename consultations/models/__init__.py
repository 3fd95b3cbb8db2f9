"""Models of consultations: the notice and its parts, the document, submissions, demands, the log of the schedule."""

from .answering import Assignment, Redaction, RemarkGroup, RemarkOriginal
from .consultation import Consultation
from .document import DocumentPoint, DocumentVersion
from .facts import parameters_on
from .parts import ConsultationForm, ConsultationStage, Extension, FormDate
from .postulates import Postulate
from .report import Report
from .schedule import ScheduleChange
from .submissions import Remark, Submission
from .surveys import Survey, SurveyAnswer, SurveyQuestion, SurveyResponse

__all__ = [
    "Assignment",
    "Consultation",
    "ConsultationForm",
    "ConsultationStage",
    "DocumentPoint",
    "DocumentVersion",
    "Extension",
    "FormDate",
    "Postulate",
    "Redaction",
    "Remark",
    "RemarkGroup",
    "RemarkOriginal",
    "Report",
    "ScheduleChange",
    "Submission",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyResponse",
    "parameters_on",
]
