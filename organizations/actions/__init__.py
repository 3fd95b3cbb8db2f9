"""Everything that changes the registry. Only these functions write."""

from .comparisons import compare_unanswered, compare_with_registers, request_comparison
from .drafts import (
    become_branch,
    begin_draft,
    call_others,
    discard_draft,
    forget_drafts,
    save_step,
    send_draft,
)
from .errors import close_error_report, forget_reporters, report_error
from .imports import import_profile
from .mandates import assign_mandate, grant_mandate, refuse_mandate, request_mandate, revoke_mandate
from .profile import Changes, record_office_edit, save_offers, update_profile
from .registration import enter_organization, register_organization, return_for_correction, submit, verify
from .revisions import approve_revision, reject_revision
from .standing import confirm_data, dissolve, mark_stale, restore, suspend

__all__ = [
    "Changes",
    "approve_revision",
    "assign_mandate",
    "become_branch",
    "begin_draft",
    "call_others",
    "close_error_report",
    "compare_unanswered",
    "compare_with_registers",
    "confirm_data",
    "discard_draft",
    "dissolve",
    "enter_organization",
    "forget_drafts",
    "forget_reporters",
    "grant_mandate",
    "import_profile",
    "mark_stale",
    "record_office_edit",
    "refuse_mandate",
    "register_organization",
    "reject_revision",
    "report_error",
    "request_comparison",
    "request_mandate",
    "restore",
    "return_for_correction",
    "revoke_mandate",
    "save_offers",
    "save_step",
    "send_draft",
    "submit",
    "suspend",
    "update_profile",
    "verify",
]
