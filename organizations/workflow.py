"""The life of a profile in the registry (R-ORG §2.5)."""

from django.utils.translation import gettext_lazy as _

from core.legal.workflow import Move, StateTable, register

from . import law
from .enums import MERGEABLE_STATES, State

_COORDINATOR = _("komórka koordynująca")
_ORGANIZATION = _("organizacja")

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
            ),
            Move(
                State.RETURNED,
                State.SUBMITTED,
                _("Wyślij poprawione zgłoszenie"),
                may="may_submit",
                rules=(law.unfit_for_register,),
            ),
            Move(
                State.SUBMITTED,
                State.VERIFIED,
                _("Potwierdź zgodność z rejestrem"),
                may="is_registrar",
                rules=(law.unfit_for_register,),
                message="verified",
            ),
            Move(
                State.SUBMITTED,
                State.RETURNED,
                _("Zwróć do poprawy"),
                may="is_registrar",
                requires_reason=True,
                message="returned",
            ),
            Move(State.VERIFIED, State.STALE, _("Oznacz dane jako niepotwierdzone"), message="stale"),
            Move(State.STALE, State.VERIFIED, _("Potwierdź aktualność danych"), may="may_confirm"),
            Move(
                State.VERIFIED, State.SUSPENDED, _("Zawieś profil"), may="is_registrar", requires_reason=True
            ),
            Move(State.STALE, State.SUSPENDED, _("Zawieś profil"), may="is_registrar", requires_reason=True),
            Move(
                State.SUSPENDED,
                State.VERIFIED,
                _("Przywróć profil"),
                may="is_registrar",
                requires_reason=True,
            ),
            Move(
                State.VERIFIED,
                State.DISSOLVED,
                _("Zapisz rozwiązanie"),
                may="is_registrar",
                requires_reason=True,
            ),
            Move(
                State.STALE,
                State.DISSOLVED,
                _("Zapisz rozwiązanie"),
                may="is_registrar",
                requires_reason=True,
            ),
            Move(
                State.SUSPENDED,
                State.DISSOLVED,
                _("Zapisz rozwiązanie"),
                may="is_registrar",
                requires_reason=True,
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
