"""People of organisations in the demo: two who act together, an invitation, outside help, a full queue of the office."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile

from communication.actions import return_news, send_in
from core.accounts.models import User
from organizations import actions
from organizations.actions import Changes
from organizations.enums import InvitedRole, MandateRole, Manner, Origin, State
from organizations.models import Mandate, Organization

from .context import DemoContext
from .people import PASSWORD

BRIDGE = "Fundacja Most na Podgórze"
# Who claims which of the imported organisations, how many days ago, in what words; nobody of them exists.
CLAIMERS = [
    ("Alicja Borek", 16, "odpis z KRS z tego miesiąca, jestem prezeską"),
    ("Bartosz Cis", 14, "odpis z KRS, członek zarządu"),
    ("Celina Dąb", 11, "uchwała walnego zebrania nr 7"),
    ("Dawid Frycz", 9, "pełnomocnictwo zarządu z 2 listopada"),
    ("Eliza Gaj", 7, "odpis z KRS, wiceprezeska"),
    ("Feliks Hołda", 5, "odpis z KRS, skarbnik"),
    ("Grażyna Iskra", 3, "statut, § 21: kierowniczka oddziału"),
    ("Hubert Jasny", 2, "odpis z KRS, prezes"),
    ("Irena Kłos", 1, "pełnomocnictwo notarialne"),
    ("Lech Nowy", 1, "odpis z KRS, sekretarz zarządu"),
    ("Marta Orzech", 0, "uchwała zarządu nr 12"),
]
REVISIONS = [
    ("Spółdzielnia Socjalna Dobry Smak", Changes({}, {"representation": "dwoje członków zarządu łącznie", "manner": Manner.JOINTLY, "manner_count": 2}), 8, "Zmiana statutu, wpis z października."),
    ("Klub Sąsiedzki Zabłocie", Changes({"name": "Klub Sąsiedzki Zabłocie i Płaszów"}), 6, "Uchwała członków z 3 listopada."),
    ("Fundacja Dobre Sąsiedztwo Kultur", Changes({"short_name": "DSK"}), 2, "Skrót ze statutu."),
]  # fmt: skip
ERRORS = [
    ("Spółdzielnia Socjalna Dobry Smak", "Telefon nie odpowiada od dwóch tygodni.", 10),
    ("Fundacja Dobre Sąsiedztwo Kultur", "Porady są teraz przy ul. Nowej, nie przy ul. Zmyślonej.", 4),
]


def fill(ctx: DemoContext) -> None:
    _registrants(ctx)
    bridge = Organization.objects.get(name=BRIDGE)
    colleague = _act_together(ctx, bridge)
    _inviting(ctx, bridge, colleague)
    _outside_help(ctx, bridge)
    _claims(ctx)
    _further_waiting(ctx)
    ctx.say(f"  upoważnienia i prośby: {Mandate.objects.count()}")


def _registrants(ctx: DemoContext) -> None:
    """The office has long decided on those who registered the invented organisations."""
    for profile in Organization.objects.published().filter(origin=Origin.REGISTERED):
        at = profile.verified_at + timedelta(days=2)
        for asked in Mandate.objects.requested().filter(organization=profile, user=profile.registered_by):
            actions.grant_mandate(asked, by=ctx.people["coordinator"], at=min(at, ctx.now))


def _act_together(ctx: DemoContext, bridge: Organization) -> User:
    """Two represent the foundation together; the one who registered it is the second."""
    office, at = ctx.people["coordinator"], ctx.now - timedelta(days=25)
    changes = Changes(
        {}, {"representation": "dwoje członków zarządu łącznie", "manner": Manner.JOINTLY, "manner_count": 2}
    )
    revision = actions.update_profile(bridge, changes, by=ctx.people["ngo"], at=at, reason="Nowy statut.")
    actions.approve_revision(revision, by=office, at=at + timedelta(days=2))
    return _with_log_in(bridge.registered_by)


def _with_log_in(person: User) -> User:
    """The second person gets a log-in, so that an act of both can be walked to its end."""
    person.set_password(PASSWORD)
    person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"primary": True, "verified": True}
    )
    return person


def _inviting(ctx: DemoContext, bridge: Organization, colleague: User) -> None:
    """One representative waits for the other's consent; an editor has a letter."""
    board = {
        "email": "nowa.prezeska@example.org",
        "role": InvitedRole.NGO_REPRESENTATIVE,
        "note": "Witamy w zarządzie!",
    }
    actions.invite(bridge, board, by=colleague, at=ctx.now - timedelta(days=3))
    editor = {
        "email": "redaktorka@example.org",
        "role": InvitedRole.NGO_EDITOR,
        "valid_until": ctx.today + timedelta(days=180),
        "note": "Poprowadzisz z nami profil fundacji?",
    }
    actions.invite(bridge, editor, by=ctx.people["ngo"], at=ctx.now - timedelta(days=2))


def _outside_help(ctx: DemoContext, bridge: Organization) -> None:
    """A neighbour helps to correct one piece of news, and sees nothing else of the foundation."""
    ngo, at = ctx.people["ngo"], ctx.now - timedelta(days=1)
    values = {
        "title": "Sąsiedzkie malowanie ławek",
        "lead": "Malujemy ławki na skwerze. Farby i pędzle czekają.",
        "body": "<p>Przyjdź z dziećmi, włóż stare ubranie.</p>",
        "organization": bridge,
    }
    item = send_in(None, values=values, by=ngo, at=at)
    return_news(item, by=ctx.people["coordinator"], at=at, reason="Dopisz dzień, godzinę i miejsce zbiórki.")
    actions.grant_access(
        item,
        organization=bridge,
        user=ctx.people["resident"],
        may_edit=True,
        until=ctx.today + timedelta(days=14),
        by=ngo,
        at=ctx.now,
    )


def _claims(ctx: DemoContext) -> None:
    """Imported organisations are claimed; one by two people at once, one request was given back."""
    imported = Organization.objects.published().filter(origin=Origin.IMPORTED).by_name()
    for profile, (name, days, evidence) in zip(imported, CLAIMERS, strict=False):
        _claim(ctx, profile, name, days, evidence)
    first = imported.first()
    _claim(ctx, first, "Jerzy Lipa", 4, "byłem prezesem do 2019 roku")
    returned = _claim(ctx, imported[len(CLAIMERS)], "Kinga Maj", 6, "jestem wolontariuszką")
    reason = "Dołącz uchwałę albo pełnomocnictwo, z którego wynika uprawnienie."
    actions.return_mandate(
        returned, by=ctx.people["coordinator"], at=ctx.now - timedelta(days=4), reason=reason
    )


def _claim(ctx: DemoContext, profile: Organization, name: str, days: int, evidence: str) -> Mandate:
    words = f"Odpis z rejestru (przykład)\n{profile.name}\nReprezentacja: {name}\n"
    email = f"{name.split()[0].lower()}@example.org"
    return actions.request_mandate(
        profile,
        user=User.objects.create_user(email, full_name=name),
        role=MandateRole.NGO_REPRESENTATIVE,
        evidence=evidence,
        upload=SimpleUploadedFile("odpis.txt", words.encode()),
        at=ctx.now - timedelta(days=days),
    )


def _further_waiting(ctx: DemoContext) -> None:
    for name, changes, days, reason in REVISIONS:
        profile = Organization.objects.get(name=name)
        at = ctx.now - timedelta(days=days)
        actions.update_profile(profile, changes, by=profile.registered_by, at=at, reason=reason)
    for name, text, days in ERRORS:
        profile = Organization.objects.get(name=name, state=State.VERIFIED)
        actions.report_error(profile, text=text, at=ctx.now - timedelta(days=days))
