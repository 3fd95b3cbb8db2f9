"""Everything that changes an offer before and while it is filed; the only writers of its state."""

from .annexes import (
    add_annex,
    add_comment,
    remove_annex,
    resolve_comment,
    waive_annex,
)
from .copying import (
    duplicate_offer,
)
from .filing import (
    draft_checksum,
    file_offer,
    record_confirmation,
    snapshot,
    withdraw_offer,
    write_version,
)
from .partners import (
    answer_invitation,
    invite_partner,
    leave_offer,
)
from .presence import (
    be_seen,
)
from .starting import (
    start_offer,
    starting_breaches,
)
from .together import (
    ask_to_file,
    waiting_act,
)
from .writing import (
    Saved,
    save_section,
    settle_conflict,
)

__all__ = [
    "Saved",
    "add_annex",
    "add_comment",
    "answer_invitation",
    "ask_to_file",
    "be_seen",
    "draft_checksum",
    "duplicate_offer",
    "file_offer",
    "invite_partner",
    "leave_offer",
    "record_confirmation",
    "remove_annex",
    "resolve_comment",
    "save_section",
    "settle_conflict",
    "snapshot",
    "start_offer",
    "starting_breaches",
    "waiting_act",
    "waive_annex",
    "withdraw_offer",
    "write_version",
]
