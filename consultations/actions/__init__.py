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
from .drafting import delete_draft, note_parts_change, parts_of, save_consultation, set_dates, set_points
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

__all__ = [
    "RemarkText",
    "Sender",
    "add_files",
    "announce",
    "answer_remarks",
    "answer_survey",
    "archive",
    "ask_participants",
    "cancel",
    "change_wishes",
    "close_due",
    "close_survey",
    "delete_draft",
    "drop_file",
    "edit_submission",
    "enter_submission",
    "extend",
    "file_submission",
    "forget_senders",
    "hide_remark",
    "keep_files",
    "moderate_answers",
    "note_parts_change",
    "open_due",
    "parts_of",
    "plan",
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
    "withdraw_submission",
]
