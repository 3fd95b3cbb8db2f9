"""Changes of accounts: the only writers of what an account may do, and of what it leaves behind."""

from .accounts import (
    change_account,
    end_all_sessions,
    end_other_sessions,
    end_session,
    open_account,
    remove_second_factor,
    rename,
)
from .erasure import (
    ErasureRefused,
    erase,
    erase_again,
    request_erasure,
    run_erasures,
    waiting_erasure,
    withdraw_erasure,
)
from .own_data import (
    everything_about,
    forget_exports,
    gather_data,
    request_data,
)

__all__ = [
    "ErasureRefused",
    "change_account",
    "end_all_sessions",
    "end_other_sessions",
    "end_session",
    "erase",
    "erase_again",
    "everything_about",
    "forget_exports",
    "gather_data",
    "open_account",
    "remove_second_factor",
    "rename",
    "request_data",
    "request_erasure",
    "run_erasures",
    "waiting_erasure",
    "withdraw_erasure",
]
