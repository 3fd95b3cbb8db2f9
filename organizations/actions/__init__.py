"""Everything that changes the registry. Only these functions write."""

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
    "close_error_report",
    "confirm_data",
    "dissolve",
    "enter_organization",
    "forget_reporters",
    "grant_mandate",
    "import_profile",
    "mark_stale",
    "record_office_edit",
    "refuse_mandate",
    "register_organization",
    "reject_revision",
    "report_error",
    "request_mandate",
    "restore",
    "return_for_correction",
    "revoke_mandate",
    "save_offers",
    "submit",
    "suspend",
    "update_profile",
    "verify",
]
