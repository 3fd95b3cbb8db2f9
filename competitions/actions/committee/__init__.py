"""Everything that changes a committee, its cards, the proposal and the answers about reasons."""

from .appointing import (
    add_member,
    appoint,
    draw_members,
    open_committee,
    record_no_offers,
    remove_member,
    save_committee,
    use_default_card,
)
from .candidates import (
    Profile,
    accept,
    apply,
    consent,
    erase_old_candidates,
    name_candidate,
    refuse,
    withdraw,
)
from .declaring import (
    declare,
    tell_new_parties,
)
from .meetings import (
    plan_meeting,
    record_meeting,
    record_second_look,
)
from .ranking import (
    save_proposal,
)
from .reasons import (
    answer_reasons,
    ask_reasons,
    forget_askers,
)
from .releasing import (
    opinion_breaches,
    prepare_results,
    release,
)
from .scoring import (
    Typed,
    assign,
    change_card,
    save_card,
    sign_card,
)

__all__ = [
    "Profile",
    "Typed",
    "accept",
    "add_member",
    "answer_reasons",
    "apply",
    "appoint",
    "ask_reasons",
    "assign",
    "change_card",
    "consent",
    "declare",
    "draw_members",
    "erase_old_candidates",
    "forget_askers",
    "name_candidate",
    "open_committee",
    "opinion_breaches",
    "plan_meeting",
    "prepare_results",
    "record_meeting",
    "record_no_offers",
    "record_second_look",
    "refuse",
    "release",
    "remove_member",
    "save_card",
    "save_committee",
    "save_proposal",
    "sign_card",
    "tell_new_parties",
    "use_default_card",
    "withdraw",
]
