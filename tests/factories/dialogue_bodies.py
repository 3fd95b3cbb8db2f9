"""Dialogue bodies and meetings, brought to their states by the real actions."""

from datetime import datetime, timedelta

from core.accounts.models import User
from core.city.models import OrganizationalUnit
from core.common.clock import now
from dialogue_bodies import actions
from dialogue_bodies.enums import BodyKind
from dialogue_bodies.models import DialogueBody, Meeting


def body(
    unit: OrganizationalUnit,
    by: User,
    *,
    name: str = "Zespół próbny",
    kind: str = BodyKind.TEAM,
    is_appointed: bool = True,
) -> DialogueBody:
    made = actions.create_body(
        by=by, at=now(), name=name, kind=kind, unit=unit, legal_act="zarządzenie próbne"
    )
    return actions.appoint_body(made, by=by, at=now()) if is_appointed else made


def meeting(of: DialogueBody, starts_at: datetime | None = None, **fields) -> Meeting:
    values = {"agenda": "Punkt pierwszy\nWolne wnioski", "place": "sala nr 9", **fields}
    return Meeting.objects.create(body=of, starts_at=starts_at or now() + timedelta(days=20), **values)
