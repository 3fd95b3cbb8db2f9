"""Thirty real calls are entered through the desk, announced by the law, and shown right."""

from datetime import date

import pytest

from competitions import actions
from competitions.models import Call
from core.common.clock import at_local, now
from tests.factories import competitions as make

from .entering import CALLS, posted, seen, type_in
from .real_calls import REAL

pytestmark = pytest.mark.django_db

# Of the common draft, what real notices do not have.
LIMITS = {"min_grant": "", "max_grant": "", "results_planned_on": ""}
ENTRUSTED = {"min_own_contribution_percent": "", "max_cofinancing_percent": ""}


def test_there_are_thirty():
    assert len({real["title"] for real in REAL}) == len(REAL) == 30


@pytest.mark.parametrize("real", REAL, ids=[real["title"][:40] for real in REAL])
def test_a_real_call_is_entered_and_shown_right(real, client, manager, unit, frozen):
    on = date.fromisoformat(real["on"])
    frozen.move_to(at_local(on))
    client.force_login(manager)
    page = client.get(f"{CALLS}add/")
    client.post(
        f"{CALLS}add/", posted(page, title=real["title"], unit=unit.pk, mode="open_call", form="support")
    )
    call = Call.objects.get(title=real["title"])
    fields = make.COMPLETE | {"budget_total": "1000000"}
    given = {name: str(value) for name, value in fields.items() if name not in ("mode", "form")} | LIMITS
    given |= {"results_planned_on": "2026-12-31"} if "results_planned_on" not in real["fields"] else {}
    given |= ENTRUSTED if real["fields"].get("form") in ("entrust", "unknown") else {}
    rows = {"criteria": [{"name": "Jakość", "max_points": "100", "position": "0"}], **real.get("rows", {})}
    given |= {"spheres": [make.SphereFactory().pk], **real["fields"], **real.get("also", {})}

    type_in(client, call, "calosc", rows, **given)
    make.publish(call, on=on)
    actions.announce(call, by=None, at=now())

    shown = seen(client, call)
    assert [word for word in real["words"] if word not in shown] == []
    assert real["title"] in shown
