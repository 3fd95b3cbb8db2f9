"""One function per verb; the only writers of consultations."""

from .answers import answer_remarks, hide_remark, publish_positions, show_remark
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
from .document import drop_preview, edit_preview, keep_version, preview_version, set_points
from .drafting import delete_draft, note_parts_change, parts_of, save_consultation, set_dates
from .records import save_postulate, save_report
from .submissions import (
    RemarkText,
    Sender,
    edit_submission,
    enter_submission,
    file_submission,
    forget_senders,
    withdraw_submission,
)

__all__ = [
    "RemarkText",
    "Sender",
    "announce",
    "answer_remarks",
    "archive",
    "cancel",
    "close_due",
    "delete_draft",
    "drop_preview",
    "edit_preview",
    "edit_submission",
    "enter_submission",
    "extend",
    "file_submission",
    "forget_senders",
    "hide_remark",
    "keep_version",
    "note_parts_change",
    "open_due",
    "parts_of",
    "plan",
    "preview_version",
    "publish_outcome",
    "publish_positions",
    "publish_report",
    "save_consultation",
    "save_postulate",
    "save_report",
    "set_dates",
    "set_points",
    "show_remark",
    "start_analysis",
    "withdraw_submission",
]
