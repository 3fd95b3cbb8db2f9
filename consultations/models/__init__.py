"""Models of consultations: the notice and its parts, submissions, demands, the log of the schedule."""

from .consultation import Consultation
from .facts import parameters_on
from .parts import ConsultationForm, ConsultationStage, DocumentPoint, Extension, FormDate
from .postulates import Postulate
from .report import Report
from .schedule import ScheduleChange
from .submissions import Remark, Submission
from .surveys import Survey, SurveyAnswer, SurveyQuestion, SurveyResponse

__all__ = [
    "Consultation",
    "ConsultationForm",
    "ConsultationStage",
    "DocumentPoint",
    "Extension",
    "FormDate",
    "Postulate",
    "Remark",
    "Report",
    "ScheduleChange",
    "Submission",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyResponse",
    "parameters_on",
]
