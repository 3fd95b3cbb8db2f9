"""What a merging of two records does with each relation to an organisation."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core.common.ties import SUBJECT, Tie

from . import moving

_TRACE = _("ślad tego, co było; wpisów nie można zmienić")
_MATTER = _("pomoc dotyczy jednej sprawy, a sprawa przechodzi sama")

ORGANIZATION_TIES: Iterable[Tie] = (
    # before the mandates: those who began an act are still told of its end
    Tie("organizations.RepresentationAct", "organization", moving.move_acts),
    Tie("organizations.RepresentationAct", SUBJECT, label=_("czynności dotyczące wpisu")),
    Tie("organizations.Mandate", "organization", moving.move_mandates),
    Tie("organizations.Invitation", "organization"),
    Tie("organizations.Invitation", SUBJECT, stays=_MATTER),
    Tie("organizations.MatterAccess", "organization"),
    Tie("organizations.MatterAccess", SUBJECT, stays=_MATTER),
    Tie("organizations.AccessEntry", "organization", moving.move_openings),
    Tie("organizations.ResidentOffer", "organization", moving.move_offers),
    Tie("organizations.PartnerNotice", "organization"),
    Tie("organizations.Logo", "organization", moving.move_logo),
    Tie("organizations.ErrorReport", "organization"),
    Tie("organizations.IdentityRevision", "organization", moving.move_revisions),
    Tie("organizations.BulkRow", "organization"),
    Tie("organizations.RegistrationDraft", "organization"),
    Tie("organizations.RegisterComparison", "organization", stays=_("odpowiedź rejestru dotyczy dawnego numeru; o wpis, który został, portal pyta od nowa")),
    Tie("organizations.DuplicateDecision", "organization", moving.move_decisions),
    Tie("organizations.DuplicateDecision", "other", moving.move_decisions_about, label=_("wpisy uznane za inne niż ten")),
    Tie("organizations.Organization", "parent", moving.move_branches, label=_("oddziały")),
    Tie("organizations.Organization", "merged_into", label=_("wpisy dołączone wcześniej")),
    Tie("organizations.Organization_spheres", "organization", stays=_("sfery obu wpisów są już razem")),
    Tie("organizations.Dossier", "organization", stays=_("wybrane dane są już przepisane, reszta zostaje do wglądu urzędu")),
    Tie("organizations.Merge", "survivor", stays=_TRACE),
    Tie("organizations.Merge", "absorbed", stays=_TRACE),
    Tie("documents.Attachment", SUBJECT),
    Tie("documents.PublicationProof", SUBJECT),
    Tie("documents.SearchEntry", SUBJECT, stays=_("wpis wyszukiwarki znika razem z profilem")),
    Tie("notifications.Follow", SUBJECT, moving.move_follows),
    Tie("notifications.Reminder", SUBJECT, stays=_("przypomnienia ustawiają się od nowa dla wpisu, który został")),
    Tie("legal.Transition", SUBJECT, stays=_TRACE),
    Tie("legal.AuditEntry", SUBJECT, stays=_TRACE),
)  # fmt: skip
