"""Invented people of the demo and their log-ins. None of them exists."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from core.accounts.models import User
from core.accounts.roles import Role
from core.city.models import RoleGrant

from .context import DemoContext

PASSWORD = "Krakow-demo-2026"  # the demo only; the command refuses to run in production


@dataclass(frozen=True)
class DemoPerson:
    key: str
    who: str
    name: str
    roles: tuple[tuple[Role, str], ...] = ()
    is_official: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


PEOPLE = [
    DemoPerson(
        "urzednik",
        "urzędnik (Wydział Polityki Społecznej, Równości i Zdrowia)",
        "Katarzyna Wrona",
        ((Role.CALL_MANAGER, "ps"), (Role.CONSULTATION_MANAGER, "ps"), (Role.UNIT_EDITOR, "ps")),
        is_official=True,
    ),
    DemoPerson(
        "koordynator",
        "komórka koordynująca (wszystkie jednostki)",
        "Marek Zawada",
        ((Role.COORDINATOR, ""),),
        is_official=True,
    ),
    DemoPerson("ngo", "osoba uprawniona do reprezentacji organizacji", "Oksana Marczuk"),
    DemoPerson("komisja", "członkini komisji konkursowej", "Halina Sowa", ((Role.COMMITTEE_MEMBER, "ps"),)),
    DemoPerson("mieszkaniec", "mieszkaniec", "Jan Lis"),
    DemoPerson(
        "sekretarz",
        "obsługa ciał dialogu",
        "Ewa Kmita",
        ((Role.DIALOGUE_SECRETARY, "dk"), (Role.CONSULTATION_MANAGER, "dk")),
        is_official=True,
    ),
]
KEYS = {
    "clerk": "urzednik",
    "coordinator": "koordynator",
    "ngo": "ngo",
    "committee": "komisja",
    "resident": "mieszkaniec",
    "secretary": "sekretarz",
}


def fill(ctx: DemoContext) -> None:
    """Makes the accounts, confirmed, with their roles."""
    made = {person.key: _make(person, ctx) for person in PEOPLE}
    ctx.people.update({key: made[name] for key, name in KEYS.items()})


def _make(person: DemoPerson, ctx: DemoContext) -> User:
    user = User.objects.create_user(
        person.email, PASSWORD, full_name=person.name, is_staff=person.is_official
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    for role, unit in person.roles:
        RoleGrant.objects.create(user=user, role=role, unit=ctx.unit(unit) if unit else None)
    return user


# Represents the foundation of »ngo« together with that person (made in ``teams``).
SECOND = ("osoba1@example.org", "druga osoba reprezentująca Fundację Most na Podgórze")


def log_ins() -> list[str]:
    """A line per person, for the one who tries the portal."""
    people = [*((p.email, p.who) for p in PEOPLE), SECOND]
    return [f"{email:<28} {PASSWORD}   {who}" for email, who in people]
