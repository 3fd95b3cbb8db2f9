"""The demo shows the registry in every state."""

from datetime import timedelta

import pytest

from core.common.clock import now
from demo import city, people
from demo import organizations as demo
from demo.context import DemoContext
from organizations.enums import State
from organizations.models import ErrorReport, IdentityRevision, Mandate, Organization
from organizations.queries import figures, matters_for, organizations_of, waiting_for

pytestmark = pytest.mark.django_db


def test_the_demo_fills_the_registry(frozen):
    context = DemoContext(now=now(), say=lambda _text: None)
    city.fill(context)
    people.fill(context)

    demo.fill(context)

    ngo = context.people["ngo"]
    acting = organizations_of(ngo)
    assert set(Organization.objects.values_list("state", flat=True)) == set(State)
    assert [str(o) for o in acting] == ["Fundacja Most na Podgórze", "Stowarzyszenie Sąsiedzi z Prądnika"]
    assert figures() == {"published": 125 + 9, "informator": 5}
    assert (IdentityRevision.objects.count(), ErrorReport.objects.count()) == (2, 1)
    assert Mandate.objects.requested().filter(user=context.people["resident"]).exists()
    titles = [matter.title for matter in matters_for(ngo, acting[0])]
    assert "Popraw zgłoszenie: Koło Gospodyń Wiejskich w Tyńcu Nowym" in titles
    assert "Prośba o dostęp: Jan Lis" in titles
    assert "Potwierdź dane organizacji" in [m.title for m in matters_for(ngo, acting[1])]
    resident = [matter.title for matter in matters_for(context.people["resident"], None)]
    assert "Dokończ zgłoszenie: Sąsiedzi z Ruczaju" in resident
    assert len(waiting_for(context.people["coordinator"])) >= 4
    assert waiting_for(context.people["clerk"]) == []
    assert now() - timedelta(days=396) == Organization.objects.get(state=State.STALE).confirmed_at
