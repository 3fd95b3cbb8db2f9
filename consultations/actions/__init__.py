"""One function per verb; the only writers of consultations."""

from .answers import answer_remarks, approve_positions, publish_positions
from .course import (
    announce,
    archive,
    cancel,
    close_due,
    extend,
    open_due,
    plan,
    publish_outcome,
    publish_report,
    start_analysis,
)
from .drafting import delete_draft, note_parts_change, parts_of, save_consultation, set_dates, set_points
from .moderation import cover_words, forget_originals, hide_remark, show_remark
from .records import save_postulate, save_report
from .stage_report import publish_stage_report
from .submissions import (
    RemarkText,
    Sender,
    edit_submission,
    enter_submission,
    file_submission,
    forget_senders,
    withdraw_submission,
)
from .teamwork import assign_remarks, call_off_assignment, group_remarks, ungroup_remarks

__all__ = [
    "RemarkText",
    "Sender",
    "announce",
    "answer_remarks",
    "approve_positions",
    "archive",
    "assign_remarks",
    "call_off_assignment",
    "cancel",
    "close_due",
    "cover_words",
    "delete_draft",
    "edit_submission",
    "enter_submission",
    "extend",
    "file_submission",
    "forget_originals",
    "forget_senders",
    "group_remarks",
    "hide_remark",
    "note_parts_change",
    "open_due",
    "parts_of",
    "plan",
    "publish_outcome",
    "publish_positions",
    "publish_report",
    "publish_stage_report",
    "save_consultation",
    "save_postulate",
    "save_report",
    "set_dates",
    "set_points",
    "show_remark",
    "start_analysis",
    "ungroup_remarks",
    "withdraw_submission",
]
