"""Everything that changes the registry. Only these functions write."""

from .bulk_applying import apply_rows, drop_bulk_update, start_bulk_update
from .bulk_reading import map_columns, read_rows, upload_bulk_update
from .errors import close_error_report, forget_reporters, report_error
from .imports import import_profile
from .mandates import (
    assign_mandate,
    grant_mandate,
    leave_organizations,
    refuse_mandate,
    request_mandate,
    revoke_mandate,
)
from .merging import merge
from .profile import Changes, record_office_edit, save_offers, update_profile
from .registration import enter_organization, register_organization, return_for_correction, submit, verify
from .revisions import approve_revision, reject_revision
from .standing import Dissolution, confirm_data, dissolve, dissolve_by_register, mark_stale, restore, suspend

__all__ = [
    "Changes",
    "Dissolution",
    "apply_rows",
    "approve_revision",
    "assign_mandate",
    "close_error_report",
    "confirm_data",
    "dissolve",
    "dissolve_by_register",
    "drop_bulk_update",
    "enter_organization",
    "forget_reporters",
    "grant_mandate",
    "import_profile",
    "leave_organizations",
    "map_columns",
    "mark_stale",
    "merge",
    "read_rows",
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
    "start_bulk_update",
    "submit",
    "suspend",
    "update_profile",
    "upload_bulk_update",
    "verify",
]
