"""What every part of the demo works with: the clock, the people, the units."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from core.accounts.models import User
from core.city.models import OrganizationalUnit
from core.common.clock import local_day
from core.common.facts import ImportReport
from portal.facts import import_facts, load

DATA = Path(__file__).parent / "data"
UNITS = {
    "ps": "Wydział Polityki Społecznej, Równości i Zdrowia",
    "dk": "Wydział Dialogu, Konsultacji i Kontaktu Obywatelskiego",
}


@dataclass
class DemoContext:
    """``now`` is the moment the demo is filled; all its dates are relative to it."""

    now: datetime
    say: Callable[[str], None]
    people: dict[str, User] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_day(self.now)

    def unit(self, key: str) -> OrganizationalUnit:
        """A unit by short key (»ps«, »dk«) or by its name."""
        return OrganizationalUnit.objects.get(name=UNITS.get(key, key))

    @property
    def units(self) -> dict[str, OrganizationalUnit]:
        return {key: self.unit(key) for key in UNITS}

    def import_facts(self, kind: str, file: str = "") -> ImportReport:
        report = import_facts(kind, load(DATA / (file or f"{kind}.json")))
        self.say(f"  {kind}: {sum(report.counts.values())}")
        return report
