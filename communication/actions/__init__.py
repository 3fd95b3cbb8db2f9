"""What is done with news, the newsletter, messages and the declaration. Only these functions change states."""

from .accessibility import (
    keep_declaration,
)
from .contact import (
    answer_message,
    close_message,
    extend_answer,
    receive_message,
)
from .issues import (
    assemble_issue,
    cancel_issue,
    keep_items,
    mark_ready,
    plan_issue,
    reopen_issue,
    send_issue,
)
from .news import (
    add_picture,
    archive_news,
    keep_news,
    publish_news,
    reject_news,
    return_news,
    save_correction,
    send_in,
    submit_news,
    write_news,
)
from .sending import (
    fill_outbox,
    finish_issue,
    sweep_issues,
)
from .subscriptions import (
    ask_subscription,
    choose_wishes,
    confirm_subscription,
    end_subscription,
    find_by_confirmation,
    forget_addresses,
)

__all__ = [
    "add_picture",
    "answer_message",
    "archive_news",
    "ask_subscription",
    "assemble_issue",
    "cancel_issue",
    "choose_wishes",
    "close_message",
    "confirm_subscription",
    "end_subscription",
    "extend_answer",
    "fill_outbox",
    "find_by_confirmation",
    "finish_issue",
    "forget_addresses",
    "keep_declaration",
    "keep_items",
    "keep_news",
    "mark_ready",
    "plan_issue",
    "publish_news",
    "receive_message",
    "reject_news",
    "reopen_issue",
    "return_news",
    "save_correction",
    "send_in",
    "send_issue",
    "submit_news",
    "sweep_issues",
    "write_news",
]
