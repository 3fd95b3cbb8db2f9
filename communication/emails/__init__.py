"""Letters of this room: single ones, and the issues of the newsletter."""

from .single import (
    CONFIRM_KEY,
    ask_to_confirm,
    remind_of_settings,
    tell_answer,
    tell_extended,
    tell_published,
    tell_received,
    tell_rejected,
    tell_returned,
)

__all__ = [
    "CONFIRM_KEY",
    "ask_to_confirm",
    "remind_of_settings",
    "tell_answer",
    "tell_extended",
    "tell_published",
    "tell_received",
    "tell_rejected",
    "tell_returned",
]
