"""The life of a profile in the registry (R-ORG §2.5), and of what its people ask for (R-WEB-14, R-ORG-17, 19)."""

from django.utils.translation import gettext_lazy as _

from core.legal.workflow import Move, StateTable, register

from . import law
from .enums import MERGEABLE_STATES, ActState, InvitationState, MandateState, RevisionState, State

_COORDINATOR = _("komórka koordynująca")
_ORGANIZATION = _("organizacja")
_ASKER = _("osoba, która prosi")
_INVITED = _("zaproszona osoba")
_REPRESENTATIVES = _("współreprezentanci")

PROFILE = register(
    StateTable(
        kind="organizations.organization",
        states=State,
        initial=State.DRAFT,
        moves=(
            Move(
                State.DRAFT,
                State.SUBMITTED,
                _("Wyślij do sprawdzenia"),
                may="may_submit",
                rules=(law.unfit_for_register,),
                done=_("Wysłano zgłoszenie do sprawdzenia."),
            ),
            Move(
                State.RETURNED,
                State.SUBMITTED,
                _("Wyślij poprawione zgłoszenie"),
                may="may_submit",
                rules=(law.unfit_for_register,),
                done=_("Wysłano poprawione zgłoszenie."),
            ),
            Move(
                State.SUBMITTED,
                State.VERIFIED,
                _("Potwierdź zgodność z rejestrem"),
                may="is_registrar",
                rules=(law.unfit_for_register,),
                message="verified",
                done=_("Potwierdzono zgodność danych z rejestrem."),
            ),
            Move(
                State.SUBMITTED,
                State.RETURNED,
                _("Zwróć do poprawy"),
                may="is_registrar",
                requires_reason=True,
                message="returned",
                done=_("Zwrócono zgłoszenie do poprawy."),
            ),
            Move(State.VERIFIED, State.STALE, _("Oznacz dane jako niepotwierdzone"), message="stale"),
            Move(
                State.STALE,
                State.VERIFIED,
                _("Potwierdź aktualność danych"),
                may="may_confirm",
                done=_("Potwierdzono aktualność danych."),
            ),
            Move(
                State.VERIFIED,
                State.SUSPENDED,
                _("Zawieś profil"),
                may="is_registrar",
                requires_reason=True,
                done=_("Zawieszono profil."),
            ),
            Move(
                State.STALE,
                State.SUSPENDED,
                _("Zawieś profil"),
                may="is_registrar",
                requires_reason=True,
                done=_("Zawieszono profil."),
            ),
            Move(
                State.SUSPENDED,
                State.VERIFIED,
                _("Przywróć profil"),
                may="is_registrar",
                requires_reason=True,
                done=_("Przywrócono profil."),
            ),
            Move(
                State.VERIFIED,
                State.DISSOLVED,
                _("Zapisz rozwiązanie"),
                may="may_dissolve",
                requires_reason=True,
                done=_("Zapisano koniec działalności organizacji."),
            ),
            Move(
                State.STALE,
                State.DISSOLVED,
                _("Zapisz rozwiązanie"),
                may="may_dissolve",
                requires_reason=True,
                done=_("Zapisano koniec działalności organizacji."),
            ),
            Move(
                State.SUSPENDED,
                State.DISSOLVED,
                _("Zapisz rozwiązanie"),
                may="is_registrar",
                requires_reason=True,
                done=_("Zapisano koniec działalności organizacji."),
            ),
            *(
                Move(
                    state,
                    State.MERGED,
                    _("Połącz z innym wpisem"),
                    may="is_registrar",
                    requires_reason=True,
                )
                for state in MERGEABLE_STATES
            ),
        ),
        turns={
            State.DRAFT: _ORGANIZATION,
            State.SUBMITTED: _COORDINATOR,
            State.RETURNED: _ORGANIZATION,
            State.VERIFIED: _ORGANIZATION,
            State.STALE: _ORGANIZATION,
            State.SUSPENDED: _COORDINATOR,
        },
        finals=frozenset({State.DISSOLVED, State.MERGED}),
    )
)

# R-ORG-19, R-WEB-14: who asks to act for an organisation; for an imported one this is the claim.
MANDATE = register(
    StateTable(
        kind="organizations.mandate",
        states=MandateState,
        initial=MandateState.REQUESTED,
        moves=(
            Move(
                MandateState.REQUESTED,
                MandateState.GRANTED,
                _("Nadaj upoważnienie"),
                may="may_decide_mandate",
                message="granted",
                done=_("Nadano upoważnienie."),
            ),
            Move(
                MandateState.REQUESTED,
                MandateState.RETURNED,
                _("Zwróć do uzupełnienia"),
                may="may_decide_mandate",
                requires_reason=True,
                message="mandate_returned",
                done=_("Zwrócono prośbę do uzupełnienia."),
            ),
            Move(
                MandateState.REQUESTED,
                MandateState.REFUSED,
                _("Odmów"),
                may="may_decide_mandate",
                requires_reason=True,
                message="refused",
                done=_("Odmówiono upoważnienia."),
            ),
            Move(MandateState.REQUESTED, MandateState.WITHDRAWN, _("Wycofaj prośbę"), may="is_asker"),
            Move(
                MandateState.RETURNED,
                MandateState.REQUESTED,
                _("Wyślij uzupełnioną prośbę"),
                may="is_asker",
                message="asked",
            ),
            Move(MandateState.RETURNED, MandateState.WITHDRAWN, _("Wycofaj prośbę"), may="is_asker"),
            Move(
                MandateState.GRANTED,
                MandateState.ENDED,
                _("Odwołaj upoważnienie"),
                may="may_end_mandate",
                requires_reason=True,
                message="revoked",
                done=_("Odwołano upoważnienie."),
            ),
        ),
        turns={
            MandateState.REQUESTED: _COORDINATOR,
            MandateState.RETURNED: _ASKER,
            MandateState.GRANTED: _ORGANIZATION,
        },
        finals=frozenset({MandateState.REFUSED, MandateState.WITHDRAWN, MandateState.ENDED}),
    )
)

REVISION = register(
    StateTable(
        kind="organizations.identityrevision",
        states=RevisionState,
        initial=RevisionState.WAITING,
        moves=(
            Move(
                RevisionState.WAITING,
                RevisionState.APPROVED,
                _("Zatwierdź zmianę"),
                may="is_registrar_of",
                message="revision_decided",
                done=_("Zatwierdzono zmianę."),
            ),
            Move(
                RevisionState.WAITING,
                RevisionState.REJECTED,
                _("Odrzuć zmianę"),
                may="is_registrar_of",
                requires_reason=True,
                message="revision_decided",
                done=_("Odrzucono zmianę."),
            ),
            Move(
                RevisionState.WAITING,
                RevisionState.WITHDRAWN,
                _("Wycofaj zmianę"),
                may="may_withdraw_revision",
            ),
        ),
        turns={RevisionState.WAITING: _COORDINATOR},
        finals=frozenset({RevisionState.APPROVED, RevisionState.REJECTED, RevisionState.WITHDRAWN}),
    )
)

ACT = register(
    StateTable(
        kind="organizations.representationact",
        states=ActState,
        initial=ActState.WAITING,
        moves=(
            Move(
                ActState.WAITING,
                ActState.AGREED,
                _("Zgadzam się"),
                may="may_consent",
                message="act_agreed",
            ),
            Move(
                ActState.WAITING,
                ActState.REFUSED,
                _("Nie zgadzam się"),
                may="may_consent",
                requires_reason=True,
                message="act_closed",
            ),
            Move(
                ActState.WAITING,
                ActState.WITHDRAWN,
                _("Wycofaj"),
                may="may_withdraw_act",
                message="act_closed",
            ),
            Move(ActState.WAITING, ActState.EXPIRED, _("Zamknij po terminie"), message="act_closed"),
        ),
        turns={ActState.WAITING: _REPRESENTATIVES},
        finals=frozenset({ActState.AGREED, ActState.REFUSED, ActState.WITHDRAWN, ActState.EXPIRED}),
    )
)

INVITATION = register(
    StateTable(
        kind="organizations.invitation",
        states=InvitationState,
        initial=InvitationState.AWAITING_CONSENT,
        moves=(
            Move(InvitationState.AWAITING_CONSENT, InvitationState.SENT, _("Wyślij zaproszenie")),
            Move(
                InvitationState.AWAITING_CONSENT,
                InvitationState.REVOKED,
                _("Cofnij zaproszenie"),
                may="may_manage_invitation",
            ),
            Move(
                InvitationState.SENT,
                InvitationState.ACCEPTED,
                _("Przyjmij zaproszenie"),
                may="is_invited",
                message="invitation_answered",
            ),
            Move(
                InvitationState.SENT,
                InvitationState.DECLINED,
                _("Odrzuć zaproszenie"),
                may="is_invited",
                message="invitation_answered",
            ),
            Move(
                InvitationState.SENT,
                InvitationState.REVOKED,
                _("Cofnij zaproszenie"),
                may="may_manage_invitation",
            ),
            Move(InvitationState.SENT, InvitationState.EXPIRED, _("Zamknij po terminie")),
            Move(
                InvitationState.EXPIRED,
                InvitationState.SENT,
                _("Wyślij ponownie"),
                may="may_manage_invitation",
            ),
        ),
        turns={
            InvitationState.AWAITING_CONSENT: _REPRESENTATIVES,
            InvitationState.SENT: _INVITED,
            InvitationState.EXPIRED: _ORGANIZATION,
        },
        finals=frozenset({InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.REVOKED}),
    )
)
