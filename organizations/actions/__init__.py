"""Everything that changes the registry. Only these functions write."""

from .access_log import (
    forget_openings,
    note_opening,
)
from .booklets import (
    make_booklet,
    refresh_booklet,
)
from .bulk_applying import (
    apply_rows,
    drop_bulk_update,
    start_bulk_update,
)
from .bulk_reading import (
    map_columns,
    read_rows,
    upload_bulk_update,
)
from .comparisons import (
    compare_unanswered,
    compare_with_registers,
    request_comparison,
)
from .drafts import (
    become_branch,
    begin_draft,
    call_others,
    discard_draft,
    forget_drafts,
    save_step,
    send_draft,
)
from .errors import (
    close_error_report,
    forget_reporters,
    report_error,
)
from .imports import (
    import_profile,
    import_profiles,
)
from .invitations import (
    accept_invitation,
    decline_invitation,
    expire_invitations,
    invite,
    resend_invitation,
    revoke_invitation,
)
from .leaving import (
    leave_organizations,
)
from .logos import (
    describe_logo,
    remove_logo,
    set_logo,
)
from .mandates import (
    assign_mandate,
    complete_request,
    grant_mandate,
    read_word,
    refuse_mandate,
    request_mandate,
    return_mandate,
    revoke_mandate,
    withdraw_request,
)
from .matters import (
    grant_access,
    revoke_access,
)
from .merging import (
    merge,
)
from .partners import (
    change_notice,
    publish_notice,
    report_notice,
    withdraw_notice,
    write_to_partner,
)
from .profile import (
    Changes,
    record_office_edit,
    save_offers,
    update_profile,
)
from .registration import (
    enter_organization,
    register_organization,
    return_for_correction,
    submit,
    verify,
)
from .representation import (
    ask_to_dissolve,
    consent,
    expire_acts,
    refuse_act,
    register_act,
    start_act,
    withdraw_act,
)
from .revisions import (
    approve_revision,
    reject_revision,
    withdraw_revision,
)
from .standing import (
    confirm_data,
    dissolve,
    mark_stale,
    restore,
    suspend,
)
from .struck_off import (
    dissolve_struck_off,
    keep_struck_off,
)

__all__ = [
    "Changes",
    "accept_invitation",
    "apply_rows",
    "approve_revision",
    "ask_to_dissolve",
    "assign_mandate",
    "become_branch",
    "begin_draft",
    "call_others",
    "change_notice",
    "close_error_report",
    "compare_unanswered",
    "compare_with_registers",
    "complete_request",
    "confirm_data",
    "consent",
    "decline_invitation",
    "describe_logo",
    "discard_draft",
    "dissolve",
    "dissolve_struck_off",
    "drop_bulk_update",
    "enter_organization",
    "expire_acts",
    "expire_invitations",
    "forget_drafts",
    "forget_openings",
    "forget_reporters",
    "grant_access",
    "grant_mandate",
    "import_profile",
    "import_profiles",
    "invite",
    "keep_struck_off",
    "leave_organizations",
    "make_booklet",
    "map_columns",
    "mark_stale",
    "merge",
    "note_opening",
    "publish_notice",
    "read_rows",
    "read_word",
    "record_office_edit",
    "refresh_booklet",
    "refuse_act",
    "refuse_mandate",
    "register_act",
    "register_organization",
    "reject_revision",
    "remove_logo",
    "report_error",
    "report_notice",
    "request_comparison",
    "request_mandate",
    "resend_invitation",
    "restore",
    "return_for_correction",
    "return_mandate",
    "revoke_access",
    "revoke_invitation",
    "revoke_mandate",
    "save_offers",
    "save_step",
    "send_draft",
    "set_logo",
    "start_act",
    "start_bulk_update",
    "submit",
    "suspend",
    "update_profile",
    "upload_bulk_update",
    "verify",
    "withdraw_act",
    "withdraw_notice",
    "withdraw_request",
    "withdraw_revision",
    "write_to_partner",
]
