"""Everything that changes a call, an entry of the schedule or a question; the only writers of state."""

from .announcing import Publication, announce, change_notice, close_call, close_due_calls, closing_soon
from .drafting import copy_call, draft_call, open_draft, save_draft, send_back, start_draft, submit_for_review
from .evaluation import (
    archive,
    begin_contracting,
    begin_formal_evaluation,
    begin_merit_evaluation,
    begin_reporting,
    begin_tasks,
    cancel,
    open_results,
    publish_results,
    record_committee_opinion,
    record_decision,
    request_corrections,
    settle,
)
from .importing import import_call, index_imported
from .questions import answer_question, ask_question, hide_question
from .schedule import plan_call, publish_entry, save_entry, withdraw_entry

__all__ = [
    "Publication",
    "announce",
    "answer_question",
    "archive",
    "ask_question",
    "begin_contracting",
    "begin_formal_evaluation",
    "begin_merit_evaluation",
    "begin_reporting",
    "begin_tasks",
    "cancel",
    "change_notice",
    "close_call",
    "close_due_calls",
    "closing_soon",
    "copy_call",
    "draft_call",
    "hide_question",
    "import_call",
    "index_imported",
    "open_draft",
    "open_results",
    "plan_call",
    "publish_entry",
    "publish_results",
    "record_committee_opinion",
    "record_decision",
    "request_corrections",
    "save_draft",
    "save_entry",
    "send_back",
    "settle",
    "start_draft",
    "submit_for_review",
    "withdraw_entry",
]
