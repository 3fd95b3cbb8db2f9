"""Everything that changes a call, an entry of the schedule or a question; the only writers of state."""

from .announcing import (
    announce,
    close_call,
    close_due_calls,
    closing_soon,
)
from .changes import (
    Publication,
    change_notice,
)
from .drafting import (
    copy_call,
    draft_call,
    open_draft,
    save_draft,
    send_back,
    start_draft,
    submit_for_review,
)
from .drafts import (
    answer_remark,
    file_remark,
    hide_remark,
    open_review,
    prolong_review,
    send_review,
    summarise_review,
)
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
from .importing import (
    import_call,
    index_imported,
)
from .intake import (
    record_spending,
)
from .questions import (
    answer_question,
    ask_question,
    hide_question,
)
from .schedule import (
    plan_call,
    publish_entry,
    save_entry,
    withdraw_entry,
)
from .searches import (
    change_search,
    delete_search,
    run_due_searches,
    save_search,
    stop_search,
)
from .templates import (
    apply_template,
    keep_as_template,
    save_template,
    start_from_template,
)
from .versions import (
    NOTICE_ROWS,
    RowChange,
    notice_of,
)

__all__ = [
    "NOTICE_ROWS",
    "Publication",
    "RowChange",
    "announce",
    "answer_question",
    "answer_remark",
    "apply_template",
    "archive",
    "ask_question",
    "begin_contracting",
    "begin_formal_evaluation",
    "begin_merit_evaluation",
    "begin_reporting",
    "begin_tasks",
    "cancel",
    "change_notice",
    "change_search",
    "close_call",
    "close_due_calls",
    "closing_soon",
    "copy_call",
    "delete_search",
    "draft_call",
    "file_remark",
    "hide_question",
    "hide_remark",
    "import_call",
    "index_imported",
    "keep_as_template",
    "notice_of",
    "open_draft",
    "open_results",
    "open_review",
    "plan_call",
    "prolong_review",
    "publish_entry",
    "publish_results",
    "record_committee_opinion",
    "record_decision",
    "record_spending",
    "request_corrections",
    "run_due_searches",
    "save_draft",
    "save_entry",
    "save_search",
    "save_template",
    "send_back",
    "send_review",
    "settle",
    "start_draft",
    "start_from_template",
    "stop_search",
    "submit_for_review",
    "summarise_review",
    "withdraw_entry",
]
