"""States and kinds of the registry of organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """R-ORG §2.5."""

    DRAFT = "draft", _("szkic")
    SUBMITTED = "submitted", _("czeka na sprawdzenie")
    RETURNED = "returned", _("zwrócone do poprawy")
    VERIFIED = "verified", _("sprawdzone")
    STALE = "stale", _("dane niepotwierdzone")
    SUSPENDED = "suspended", _("zawieszone")
    DISSOLVED = "dissolved", _("organizacja rozwiązana")
    MERGED = "merged", _("połączone z innym wpisem")


# R-ORG-17: only these profiles are shown to everybody.
PUBLIC_STATES = [State.VERIFIED, State.STALE]
# Before the first verification the person who registers still writes the whole form.
OPEN_STATES = [State.DRAFT, State.SUBMITTED, State.RETURNED]
# A second record of the same organisation may be found at any time before it ends.
MERGEABLE_STATES = [*OPEN_STATES, *PUBLIC_STATES, State.SUSPENDED]


class EntityClass(models.TextChoices):
    """R-ORG-03: some rules differ between the two groups of the Act."""

    ART_3_2 = "art_3_2", _("organizacja pozarządowa (art. 3 ust. 2)")
    ART_3_3 = "art_3_3", _("podmiot z art. 3 ust. 3")
    NEITHER = "neither", _("inny podmiot, poza art. 3")


class LegalForm(models.TextChoices):
    """The code list of R-ORG §2.2."""

    ASSOC_REGISTERED = "assoc_registered", _("stowarzyszenie")
    ASSOC_ORDINARY = "assoc_ordinary", _("stowarzyszenie zwykłe")
    ASSOC_BRANCH_LEGAL = "assoc_branch_legal", _("oddział stowarzyszenia z osobowością prawną")
    ASSOC_BRANCH = "assoc_branch", _("oddział stowarzyszenia")
    FOUNDATION = "foundation", _("fundacja")
    SPORTS_CLUB_REG = "sports_club_reg", _("klub sportowy")
    SCHOOL_SPORTS_CLUB = "school_sports_club", _("uczniowski klub sportowy")
    SPORTS_UNION = "sports_union", _("związek sportowy")
    UNION_OF_ASSOC = "union_of_assoc", _("związek stowarzyszeń, federacja")
    KGW = "kgw", _("koło gospodyń wiejskich")
    OSP = "osp", _("ochotnicza straż pożarna")
    CHURCH_ENTITY = "church_entity", _("kościelna osoba prawna lub jednostka")
    SOCIAL_COOP = "social_coop", _("spółdzielnia socjalna")
    NONPROFIT_COMPANY = "nonprofit_company", _("spółka non profit")
    LGU_ASSOC = "lgu_assoc", _("stowarzyszenie jednostek samorządu terytorialnego")
    OTHER = "other", _("inna forma")


class Exclusion(models.TextChoices):
    """R-ORG-04: who may stand in the base but cannot be commissioned with public tasks."""

    POLITICAL_PARTY = "political_party", _("partia polityczna")
    TRADE_UNION = "trade_union", _("związek zawodowy")
    EMPLOYERS = "employers", _("organizacja pracodawców")
    CHAMBER = "chamber", _("samorząd zawodowy")
    PARTY_FOUNDATION = "party_foundation", _("fundacja utworzona przez partię polityczną")


class Origin(models.TextChoices):
    """How a profile came into the base."""

    REGISTERED = "registered", _("zgłoszenie organizacji")
    OFFICIAL = "official", _("wpis urzędu")
    IMPORTED = "imported", _("dane ze źródeł publicznych")


class Reach(models.TextChoices):
    """How far an organisation works."""

    DISTRICT = "district", _("dzielnica")
    CITY = "city", _("miasto")
    REGION = "region", _("województwo")
    COUNTRY = "country", _("cały kraj")
    ABROAD = "abroad", _("także za granicą")


class TargetGroup(models.TextChoices):
    """For whom an organisation works."""

    EVERYBODY = "everybody", _("wszyscy mieszkańcy")
    CHILDREN = "children", _("dzieci")
    YOUTH = "youth", _("młodzież")
    FAMILIES = "families", _("rodziny")
    SENIORS = "seniors", _("seniorzy")
    DISABLED = "disabled", _("osoby z niepełnosprawnościami")
    ILL = "ill", _("osoby chore")
    CARERS = "carers", _("opiekunowie")
    POOR = "poor", _("osoby w trudnej sytuacji życiowej")
    HOMELESS = "homeless", _("osoby w kryzysie bezdomności")
    ADDICTED = "addicted", _("osoby uzależnione i ich bliscy")
    UNEMPLOYED = "unemployed", _("osoby bezrobotne")
    MIGRANTS = "migrants", _("cudzoziemcy i uchodźcy")
    MINORITIES = "minorities", _("mniejszości")
    WOMEN = "women", _("kobiety")
    NGOS = "ngos", _("organizacje pozarządowe")
    ANIMALS = "animals", _("zwierzęta")


class OfferKind(models.TextChoices):
    """What an organisation offers residents; the Informator is sorted by it."""

    MEETINGS = "meetings", _("spotkania i kluby")
    CLASSES = "classes", _("zajęcia i warsztaty")
    ADVICE = "advice", _("porady")
    HELP = "help", _("pomoc i opieka")
    CULTURE = "culture", _("kultura")
    SPORT = "sport", _("sport i rekreacja")
    VOLUNTEERING = "volunteering", _("wolontariat")
    OTHER = "other", _("inne")


class MandateRole(models.TextChoices):
    """What a person may do for an organisation (domain §1.3)."""

    NGO_REPRESENTATIVE = "ngo_representative", _("osoba uprawniona do reprezentacji")
    NGO_EDITOR = "ngo_editor", _("redaktor organizacji")


class Register(models.TextChoices):
    """The public registers that the portal can ask (R-ORG-13)."""

    KRS = "krs", _("Krajowy Rejestr Sądowy")
    REGON = "regon", _("rejestr REGON")


class RegisterOutcome(models.TextChoices):
    """What a register said about a number."""

    FOUND = "found", _("jest w rejestrze")
    NOT_FOUND = "not_found", _("nie ma takiego numeru")
    DELETED = "deleted", _("wykreślona z rejestru")
    UNAVAILABLE = "unavailable", _("rejestr nie odpowiedział")
    OFF = "off", _("nie pytamy tego rejestru")


class Agreement(models.TextChoices):
    """How one of our facts stands to the register's."""

    AGREES = "agrees", _("zgodne")
    DIFFERS = "differs", _("różni się")
    UNKNOWN = "unknown", _("brak danych")


class MandateState(models.TextChoices):
    """From the question to the end of the right to act."""

    REQUESTED = "requested", _("czeka na decyzję")
    RETURNED = "returned", _("zwrócone do uzupełnienia")
    GRANTED = "granted", _("nadane")
    REFUSED = "refused", _("odmówione")
    WITHDRAWN = "withdrawn", _("wycofane")
    ENDED = "ended", _("zakończone")


class Manner(models.TextChoices):
    """How an organisation is represented: by each person alone, or by several together."""

    ALONE = "alone", _("każda osoba samodzielnie")
    JOINTLY = "jointly", _("kilka osób łącznie")


class ActState(models.TextChoices):
    """An act that needs representation, until enough people have agreed."""

    WAITING = "waiting", _("czeka na zgodę współreprezentantów")
    AGREED = "agreed", _("uzgodniona i wykonana")
    REFUSED = "refused", _("brak zgody")
    WITHDRAWN = "withdrawn", _("wycofana")
    EXPIRED = "expired", _("wygasła")


class InvitedRole(models.TextChoices):
    """What a person is invited to: the roles of a mandate, or one matter only."""

    NGO_REPRESENTATIVE = "ngo_representative", _("osoba uprawniona do reprezentacji")
    NGO_EDITOR = "ngo_editor", _("redaktor organizacji")
    HELPER = "helper", _("pomoc z zewnątrz w jednej sprawie")


class InvitationState(models.TextChoices):
    """The way of an invitation by mail."""

    AWAITING_CONSENT = "awaiting_consent", _("czeka na zgodę współreprezentantów")
    SENT = "sent", _("wysłane")
    ACCEPTED = "accepted", _("przyjęte")
    DECLINED = "declined", _("odrzucone")
    REVOKED = "revoked", _("cofnięte")
    EXPIRED = "expired", _("wygasłe")


class RevisionState(models.TextChoices):
    """A change of identity data on its way through the office."""

    WAITING = "waiting", _("czeka na decyzję urzędu")
    APPROVED = "approved", _("zatwierdzona")
    REJECTED = "rejected", _("odrzucona")
    WITHDRAWN = "withdrawn", _("wycofana")


class BulkState(models.TextChoices):
    """Where a bulk update stands; until »stosowana« nothing in the base has changed."""

    MAPPING = "mapping", _("czeka na opis kolumn")
    READING = "reading", _("wczytywanie")
    PREVIEW = "preview", _("podgląd")
    APPLYING = "applying", _("stosowana")
    DONE = "done", _("zakończona")
    FAILED = "failed", _("nie udało się wczytać")
    DROPPED = "dropped", _("porzucona")


class RowKind(models.TextChoices):
    """What a row of a bulk update would do."""

    NEW = "new", _("nowa organizacja")
    CHANGED = "changed", _("zmiana danych")
    UNCHANGED = "unchanged", _("bez zmian")
    AMBIGUOUS = "ambiguous", _("pasuje do kilku")
    REFUSED = "refused", _("odrzucony")


class Handling(models.TextChoices):
    """What a bulk update does with identity data and with profiles that their organisations confirmed."""

    PROPOSE = "propose", _("zgłoś jako zmianę do zatwierdzenia")
    OVERWRITE = "overwrite", _("nadpisz, z powodem")
    SKIP = "skip", _("pomiń")


class SeatFeature(models.TextChoices):
    """What somebody with a disability, or with a pram, finds at the seat."""

    STEP_FREE = "step_free", _("wejście bez stopni")
    LIFT = "lift", _("winda")
    TOILET = "toilet", _("toaleta dla osób z niepełnosprawnościami")
    PARKING = "parking", _("miejsce parkingowe dla osób z niepełnosprawnościami")
    LOOP = "loop", _("pętla indukcyjna")
    SIGN_LANGUAGE = "sign_language", _("tłumacz PJM")
    CONTRAST = "contrast", _("oznaczenia kontrastowe lub w brajlu")
    GUIDE_DOG = "guide_dog", _("wstęp z psem asystującym")
    QUIET_ROOM = "quiet_room", _("pokój wyciszenia")
    CHANGING_TABLE = "changing_table", _("przewijak")


class Freshness(models.TextChoices):
    """How far the data of a public profile can be trusted."""

    CONFIRMED = "potwierdzone", _("potwierdzone w ciągu roku")
    STALE = "niepotwierdzone", _("niepotwierdzone od roku")
    SOURCES = "ze-zrodel", _("ze źródeł publicznych")


class PartnerKind(models.TextChoices):
    """Which way a notice of the partner finder points."""

    SEEKS = "seeks", _("szuka")
    OFFERS = "offers", _("oferuje")
