"""Everything that changes the registry. Only these functions write."""

from .booklets import make_booklet, refresh_booklet
from .errors import close_error_report, forget_reporters, report_error
from .imports import import_profile, import_profiles
from .logos import describe_logo, remove_logo, set_logo
from .mandates import assign_mandate, grant_mandate, refuse_mandate, request_mandate, revoke_mandate
from .partners import change_notice, publish_notice, report_notice, withdraw_notice, write_to_partner
from .profile import Changes, record_office_edit, save_offers, update_profile
from .registration import enter_organization, register_organization, return_for_correction, submit, verify
from .revisions import approve_revision, reject_revision
from .standing import confirm_data, dissolve, mark_stale, restore, suspend

__all__ = [
    "Changes",
    "approve_revision",
    "assign_mandate",
    "change_notice",
    "close_error_report",
    "confirm_data",
    "describe_logo",
    "dissolve",
    "enter_organization",
    "forget_reporters",
    "grant_mandate",
    "import_profile",
    "import_profiles",
    "make_booklet",
    "mark_stale",
    "publish_notice",
    "record_office_edit",
    "refresh_booklet",
    "refuse_mandate",
    "register_organization",
    "reject_revision",
    "remove_logo",
    "report_error",
    "report_notice",
    "request_mandate",
    "restore",
    "return_for_correction",
    "revoke_mandate",
    "save_offers",
    "set_logo",
    "submit",
    "suspend",
    "update_profile",
    "verify",
    "withdraw_notice",
    "write_to_partner",
]
