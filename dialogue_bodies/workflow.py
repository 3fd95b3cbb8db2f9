"""The life of a dialogue body and of its meetings, as tables."""

from django.utils.translation import gettext_lazy as _

from core.legal.workflow import Move, StateTable, register

from . import law
from .enums import BodyState, MeetingState

BODY = register(
    StateTable(
        kind="dialogue_bodies.dialoguebody",
        states=BodyState,
        initial=BodyState.FORMING,
        moves=(
            Move(
                BodyState.FORMING,
                BodyState.ACTIVE,
                _("Powołaj"),
                may="may_run",
                rules=(law.basis_breaches, law.unit_breaches, law.founding_breaches),
                confirm=_("Ciało dialogu pojawi się w portalu jako działające."),
                done=_("Powołano ciało dialogu."),
            ),
            Move(
                BodyState.ACTIVE,
                BodyState.INACTIVE,
                _("Oznacz jako nieaktywne"),
                rules=(law.silence_breaches,),
            ),
            Move(
                BodyState.INACTIVE,
                BodyState.ACTIVE,
                _("Wznów działanie"),
                may="may_run",
                done=_("Ciało dialogu znów działa."),
            ),
            Move(
                BodyState.ACTIVE,
                BodyState.DISSOLVED,
                _("Rozwiąż"),
                may="may_run",
                requires_reason=True,
                done=_("Rozwiązano ciało dialogu."),
            ),
            Move(
                BodyState.INACTIVE,
                BodyState.DISSOLVED,
                _("Rozwiąż"),
                may="may_run",
                requires_reason=True,
                done=_("Rozwiązano ciało dialogu."),
            ),
        ),
        turns={
            BodyState.FORMING: _("obsługa ciała dialogu"),
            BodyState.ACTIVE: _("członkinie i członkowie"),
            BodyState.INACTIVE: _("obsługa ciała dialogu"),
        },
        finals=frozenset({BodyState.DISSOLVED}),
    )
)

MEETING = register(
    StateTable(
        kind="dialogue_bodies.meeting",
        states=MeetingState,
        initial=MeetingState.PLANNED,
        moves=(
            Move(
                MeetingState.PLANNED,
                MeetingState.ANNOUNCED,
                _("Ogłoś posiedzenie"),
                may="may_run_meeting",
                rules=(law.notice_breaches,),
                message="tell_announced",
                confirm=_("Posiedzenie pojawi się na stronie i w kalendarzu. Obserwujący dostaną wiadomość."),
                done=_("Ogłoszono posiedzenie."),
            ),
            Move(
                MeetingState.ANNOUNCED,
                MeetingState.HELD,
                _("Oznacz jako odbyte"),
                may="may_run_meeting",
                done=_("Zapisano, że posiedzenie się odbyło."),
            ),
            Move(
                MeetingState.ANNOUNCED,
                MeetingState.CANCELLED,
                _("Odwołaj posiedzenie"),
                may="may_run_meeting",
                requires_reason=True,
                message="tell_cancelled",
                done=_("Odwołano posiedzenie."),
            ),
        ),
        turns={
            MeetingState.PLANNED: _("obsługa ciała dialogu"),
            MeetingState.ANNOUNCED: _("członkinie i członkowie"),
            MeetingState.HELD: _("obsługa ciała dialogu: protokół"),
        },
        finals=frozenset({MeetingState.HELD, MeetingState.CANCELLED}),
    )
)
