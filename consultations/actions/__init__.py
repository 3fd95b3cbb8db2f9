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
from .document import drop_preview, edit_preview, keep_version, preview_version, set_points
from .drafting import delete_draft, note_parts_change, parts_of, save_consultation, set_dates
from .moderation import cover_words, forget_originals, hide_remark, show_remark
from .participation import change_wishes, forget_senders, keep_files, send_link_again
from .records import save_postulate, save_report
from .sent import RemarkText, Sender
from .submissions import (
    add_files,
    drop_file,
    edit_submission,
    enter_submission,
    file_submission,
    withdraw_submission,
)
from .surveys import (
    answer_survey,
    ask_participants,
    close_survey,
    moderate_answers,
    publish_survey,
    save_survey,
)
from .teamwork import assign_remarks, call_off_assignment, group_remarks, ungroup_remarks

__all__ = [
    "RemarkText",
    "Sender",
    "add_files",
    "announce",
    "answer_remarks",
    "answer_survey",
    "approve_positions",
    "archive",
    "ask_participants",
    "assign_remarks",
    "call_off_assignment",
    "cancel",
    "change_wishes",
    "close_due",
    "close_survey",
    "cover_words",
    "delete_draft",
    "drop_file",
    "drop_preview",
    "edit_preview",
    "edit_submission",
    "enter_submission",
    "extend",
    "file_submission",
    "forget_originals",
    "forget_senders",
    "group_remarks",
    "hide_remark",
    "keep_files",
    "keep_version",
    "moderate_answers",
    "note_parts_change",
    "open_due",
    "parts_of",
    "plan",
    "preview_version",
    "publish_outcome",
    "publish_positions",
    "publish_report",
    "publish_survey",
    "save_consultation",
    "save_postulate",
    "save_report",
    "save_survey",
    "send_link_again",
    "set_dates",
    "set_points",
    "show_remark",
    "start_analysis",
    "ungroup_remarks",
    "withdraw_submission",
]
