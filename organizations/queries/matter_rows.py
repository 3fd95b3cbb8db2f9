"""What waits for a person in all their organisations, of every sort, as rows of one shape: one query for all."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import NamedTuple

from django.db.models import (
    BigIntegerField,
    DateField,
    DateTimeField,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce, NullIf

from core.common.clock import today
from core.legal.models import Transition

from ..enums import PUBLIC_STATES, MandateRole, MandateState, State
from ..models import (
    IdentityRevision,
    Mandate,
    MatterAccess,
    Organization,
    RegistrationDraft,
    RepresentationAct,
    ResidentOffer,
)

BEGINNING = datetime.min.replace(tzinfo=UTC)
REGISTERING = [State.DRAFT, State.RETURNED, State.SUBMITTED]


class Row(NamedTuple):
    """One thing that waits. ``text``, ``more``, ``at`` and ``on`` mean what its sort says in ``rows_of``."""

    sort: str
    key: int
    organization_id: int | None
    name: str
    slug: str
    text: str
    more: str
    at: datetime | None
    on: date | None


def rows_of(user, keys: Iterable[int]) -> dict[str, list[Row]]:
    """Rows by sort, the oldest first; one query. ``keys`` are the person's organisations."""
    keys, day = list(keys), today()
    held = (
        Mandate.objects.representatives(day).filter(user=user, organization__in=keys).values("organization")
    )
    asked = Mandate.objects.asked()
    own = asked.filter(user=user, organization__state__in=PUBLIC_STATES)
    to_decide = asked.filter(
        role=MandateRole.NGO_EDITOR, state=MandateState.REQUESTED, organization__in=held
    ).exclude(user=user)
    person = Coalesce(NullIf("user__full_name", Value("")), "user__email")
    waits_since = Coalesce("state_since", "requested_at")
    returned = Transition.objects.filter(
        subject_kind=Organization._meta.label_lower, subject_id=OuterRef("pk"), target=State.RETURNED
    )
    why = Subquery(returned.order_by("-at", "-pk").values("reason")[:1])
    begun = Organization.objects.filter(registered_by=user, state__in=REGISTERING)
    helping = MatterAccess.objects.in_force(day).filter(user=user, organization__state__in=PUBLIC_STATES)
    acts = RepresentationAct.objects.waiting().filter(organization__in=held).exclude(consents__user=user)
    changes = IdentityRevision.objects.filter(organization__in=keys, decided_at=None)
    parts = [
        _rows("draft", RegistrationDraft.objects.open_of(user), None, text=KeyTextTransform("name", "data"), at="saved_at"),
        _rows("registration", begun, "", text=why, more="state", at="state_since"),
        _rows("asked", own, text="state", more="role", at=waits_since),
        _rows("request", to_decide, text=person, more="role", at="requested_at"),
        _rows("help", helping, key="subject_id", text="label", more="subject_kind", at="granted_at", on="until"),
        _rows("offering", ResidentOffer.objects.filter(organization__in=keys)),
        _rows("act", acts, text="summary", at="expires_at"),
        _rows("change", changes, at="proposed_at"),
    ]  # fmt: skip
    found: dict[str, list[Row]] = {}
    rows = [Row(*values) for values in parts[0].union(*parts[1:], all=True)]
    for row in sorted(rows, key=lambda row: row.at or BEGINNING):
        found.setdefault(row.sort, []).append(row)
    return found


def _rows(
    sort: str,
    rows: QuerySet,
    organization: str | None = "organization__",
    *,
    key: str = "pk",
    text=None,
    more=None,
    at=None,
    on=None,
) -> QuerySet:
    """``organization`` leads from a row to its organisation; None when it has none yet."""
    nobody, nothing = Value(""), Value(None, BigIntegerField())
    columns = {
        "row_sort": Value(sort),
        "row_key": F(key),
        "row_organization": nothing if organization is None else F(f"{organization}pk"),
        "row_name": nobody if organization is None else F(f"{organization}name"),
        "row_slug": nobody if organization is None else F(f"{organization}slug"),
        "row_text": _words(text),
        "row_more": _words(more),
        "row_at": Cast(Value(None) if at is None else at, DateTimeField()),
        "row_on": Cast(Value(None) if on is None else on, DateField()),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def _words(value) -> Coalesce:
    return Coalesce(Cast(Value("") if value is None else value, TextField()), Value("", TextField()))
