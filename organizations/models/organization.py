"""An organisation's profile, and the part of it that only the office and the organisation read."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.city.models import District, TaskSphere
from core.common.fields import PartialDateField
from core.documents.models import Published
from core.legal.models import Case

from .. import law
from ..enums import (
    OPEN_STATES,
    PUBLIC_STATES,
    EntityClass,
    Exclusion,
    LegalForm,
    Manner,
    Origin,
    Reach,
    State,
    TargetGroup,
)
from ..workflow import PROFILE
from .freshness import WithFreshness, months_in_force
from .seat import WithSeat

_ALREADY_THERE = _("Organizacja z tym numerem jest już w bazie.")
# Django's own ``get_…_display`` hashes the words of all forms at each call, for lists of thousands too dear.
FORM_LABELS = dict(LegalForm.choices)
PUBLIC = Q(state__in=PUBLIC_STATES)

# The Polish alphabet, each letter on a byte of its own, so that every database sorts names alike;
# signs without a twin (quotation marks) fall out.
_ALPHABET = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż"
_PLACES = "".join(chr(place) for place in range(ord("A"), ord("A") + len(_ALPHABET)))
_SORTED_FROM = _ALPHABET + _ALPHABET.upper() + "„”“\"'«»‚’"
_SORTED_TO = _PLACES * 2
_MARKED = "ąćęłńóśźżäöüéèáàčšžřě"
_PLAIN = "acelnoszzaoueeaacszre"
_FOLDED_FROM = _MARKED + _MARKED.upper() + "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "„”“\"'«»‚’.,"
_FOLDED_TO = _PLAIN * 2 + "abcdefghijklmnopqrstuvwxyz"


def folded(name: str) -> str:
    """A name as ``folded_name`` keeps it: lower case, without diacritics and quotation marks."""
    dropped = _FOLDED_FROM[len(_FOLDED_TO) :]
    return name.translate(str.maketrans(_FOLDED_FROM[: len(_FOLDED_TO)], _FOLDED_TO, dropped))


def _translated(source: str, target: str) -> models.GeneratedField:
    """The name letter by letter in other letters, kept by the database itself."""
    return models.GeneratedField(
        expression=Func(F("name"), Value(source), Value(target), function="translate"),
        output_field=models.CharField(max_length=300, db_collation="C"),
        db_persist=True,
    )


class OrganizationQuerySet(models.QuerySet):
    def published(self):
        """What everybody may see (R-ORG-17)."""
        return self.filter(state__in=PUBLIC_STATES)

    def of_person(self, user, on):
        """Organisations in which the person holds a mandate in force on a day."""
        from .mandates import Mandate

        held = Mandate.objects.in_force(on).filter(user=user, organization=OuterRef("pk"))
        return self.filter(Exists(held))

    def with_number(self, *, krs: str = "", nip: str = "", regon: str = ""):
        """Profiles that have one of the numbers; of REGON the first nine digits count."""
        wanted = Q(pk=None)
        if krs:
            wanted |= Q(krs=krs)
        if nip:
            wanted |= Q(nip=nip)
        if regon:
            wanted |= Q(regon_9=regon[:9])
        return self.alias(regon_9=Left("regon", 9)).filter(wanted)

    def by_name(self):
        """In the order of the Polish alphabet."""
        return self.order_by("sort_name", "pk")

    def for_list(self):
        """With what a row of a list shows."""
        return self.select_related("district", "main_sphere", "logo").with_freshness()

    def with_freshness(self):
        """So that each row knows whether it counts as unconfirmed, without a question of its own."""
        return self.annotate(confirmation_months=months_in_force())

    def counted_as(self, number: int):
        """The same rows, whose number is known already: pages of the list need not count them again."""
        rows = self.all()
        rows._known_count = number
        return rows

    def count(self):
        known = getattr(self, "_known_count", None)
        return super().count() if known is None else known


class Organization(WithFreshness, Case, Published, WithSeat):
    """A non-governmental organisation or another body of art. 3(3) in the base.

    Identity fields of a verified profile change only through an approved ``IdentityRevision``.
    """

    state_table = PROFILE
    state = models.CharField(_("stan"), max_length=20, choices=State, default=State.DRAFT, editable=False)

    # Identity
    name = models.CharField(_("pełna nazwa"), max_length=300)
    short_name = models.CharField(_("nazwa skrócona"), max_length=120, blank=True)
    slug = models.SlugField(_("adres strony"), max_length=120, unique=True, editable=False)
    sort_name = _translated(_SORTED_FROM, _SORTED_TO)
    folded_name = _translated(_FOLDED_FROM, _FOLDED_TO)
    legal_form = models.CharField(_("forma prawna"), max_length=30, choices=LegalForm)
    legal_form_label = models.CharField(
        _("forma prawna w źródle"),
        max_length=200,
        blank=True,
        help_text=_("np. „federacja”; wypełnij, gdy forma jest inna"),
    )
    entity_class = models.CharField(
        _("grupa podmiotów"), max_length=10, choices=EntityClass, default=EntityClass.ART_3_2
    )
    exclusion = models.CharField(
        _("wyłączenie z art. 3 ust. 4"),
        max_length=20,
        choices=Exclusion,
        blank=True,
        help_text=_("Taki podmiot może być w bazie, ale nie dostaje zleceń zadań publicznych."),
    )
    is_nonprofit_declared = models.BooleanField(
        _("nie działa dla zysku, cały dochód przeznacza na cele statutowe"), null=True, blank=True
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("organizacja macierzysta"),
    )
    krs = models.CharField(
        _("numer KRS"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{10}$", _("wpisz 10 cyfr"))],
    )
    nip = models.CharField(
        _("NIP"), max_length=10, blank=True, validators=[RegexValidator(r"^\d{10}$", _("wpisz 10 cyfr"))]
    )
    regon = models.CharField(
        _("REGON"),
        max_length=14,
        blank=True,
        validators=[RegexValidator(r"^(\d{9}|\d{14})$", _("wpisz 9 albo 14 cyfr"))],
    )
    register_name = models.CharField(_("nazwa innego rejestru"), max_length=200, blank=True)
    register_number = models.CharField(_("numer w innym rejestrze"), max_length=80, blank=True)
    rspo = models.CharField(
        _("numer RSPO prowadzonej szkoły"),
        max_length=10,
        blank=True,
        help_text=_("Tylko gdy organizacja prowadzi szkołę lub placówkę."),
    )
    founded = PartialDateField(_("działa od"))
    registered = PartialDateField(_("wpisana do rejestru"))
    has_opp_status = models.BooleanField(_("organizacja pożytku publicznego (OPP)"), null=True, blank=True)
    opp_since = PartialDateField(_("status OPP od"))

    # Where, and how to reach it
    address = models.CharField(_("ulica i numer"), max_length=300, blank=True)
    postal_code = models.CharField(_("kod pocztowy"), max_length=6, blank=True)
    locality = models.CharField(_("miejscowość"), max_length=120, blank=True)
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
        verbose_name=_("dzielnica"),
    )
    is_outside_city = models.BooleanField(_("siedziba poza miastem"), default=False)
    correspondence_address = models.CharField(
        _("adres do korespondencji"),
        max_length=300,
        blank=True,
        help_text=_("Będzie widoczny dla wszystkich. Zostaw puste, jeśli nie chcesz go pokazywać."),
    )
    email = models.EmailField(_("adres e-mail"), blank=True)
    phone = models.CharField(_("telefon"), max_length=60, blank=True)
    website = models.CharField(_("strona internetowa"), max_length=300, blank=True)
    social_media = models.JSONField(_("media społecznościowe"), default=list, blank=True)
    bip_url = models.URLField(_("strona BIP organizacji"), max_length=300, blank=True)
    accessibility = models.TextField(
        _("dostępność siedziby"),
        max_length=1000,
        blank=True,
        help_text=_("np. wejście bez stopni, pętla indukcyjna, PJM"),
    )

    # What it does
    mission = models.TextField(_("czym się zajmujecie"), blank=True, validators=[MaxLengthValidator(1000)])
    main_sphere = models.ForeignKey(
        TaskSphere,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("główna sfera zadań"),
    )
    spheres = models.ManyToManyField(
        TaskSphere, blank=True, related_name="organizations", verbose_name=_("sfery zadań publicznych")
    )
    target_groups = ArrayField(
        models.CharField(max_length=20, choices=TargetGroup),
        default=list,
        blank=True,
        verbose_name=_("dla kogo działacie"),
    )
    reach = models.CharField(_("zasięg działania"), max_length=10, choices=Reach, blank=True)
    wants_volunteers = models.BooleanField(_("szuka wolontariuszy"), default=False)
    wants_partner = models.BooleanField(_("szuka partnera do oferty wspólnej"), default=False)
    wants_premises = models.BooleanField(_("szuka lokalu albo sali"), default=False)
    networks = models.TextField(_("sieci i porozumienia, do których należy"), max_length=1000, blank=True)

    # Where the data come from, and how fresh they are
    origin = models.CharField(
        _("skąd wpis"), max_length=12, choices=Origin, default=Origin.REGISTERED, editable=False
    )
    fact_id = models.CharField(_("oznaczenie w danych źródłowych"), max_length=80, blank=True, editable=False)
    source = models.CharField(_("źródło"), max_length=1000, blank=True)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True)
    source_confidence = models.CharField(_("pewność źródła"), max_length=60, blank=True)
    oddities = models.JSONField(_("osobliwości danych"), default=list, blank=True)
    note = models.TextField(_("uwagi ze źródła"), blank=True)
    confirmed_at = models.DateTimeField(_("dane potwierdzone"), null=True, blank=True, editable=False)
    verified_at = models.DateTimeField(_("sprawdzono z rejestrem"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    submitted_at = models.DateTimeField(_("zgłoszono"), null=True, blank=True, editable=False)

    # How a record ends: the organisation is no more, or the record was a second one of the same organisation
    dissolved_on = models.DateField(_("zakończyła działalność"), null=True, blank=True, editable=False)
    dissolution_source = models.CharField(
        _("skąd wiadomo o zakończeniu działalności"), max_length=300, blank=True, editable=False
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbed",
        verbose_name=_("połączono z"),
    )

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organizacja")
        verbose_name_plural = _("organizacje")
        ordering = ["sort_name", "pk"]
        constraints = [
            # R-ORG-10: branches may share the numbers of their parent
            models.UniqueConstraint(
                "krs",
                condition=~Q(krs="") & ~Q(legal_form=LegalForm.ASSOC_BRANCH),
                name="organization_krs_once",
                violation_error_message=_ALREADY_THERE,
            ),
            models.UniqueConstraint(
                "nip",
                condition=~Q(nip="") & ~Q(legal_form=LegalForm.ASSOC_BRANCH),
                name="organization_nip_once",
                violation_error_message=_ALREADY_THERE,
            ),
            models.UniqueConstraint(
                Left("regon", 9),
                condition=~Q(regon="") & ~Q(legal_form=LegalForm.ASSOC_BRANCH),
                name="organization_regon_once",
                violation_error_message=_ALREADY_THERE,
            ),
            models.UniqueConstraint("fact_id", condition=~Q(fact_id=""), name="organization_fact_once"),
            models.CheckConstraint(
                condition=Q(krs="") | Q(krs__regex=r"^[0-9]{10}$"), name="organization_krs_digits"
            ),
            models.CheckConstraint(
                condition=Q(nip="") | Q(nip__regex=r"^[0-9]{10}$"), name="organization_nip_digits"
            ),
            models.CheckConstraint(
                condition=Q(regon="") | Q(regon__regex=r"^([0-9]{9}|[0-9]{14})$"),
                name="organization_regon_digits",
            ),
        ]
        indexes = [
            models.Index(fields=["sort_name", "id"], condition=PUBLIC, name="organization_public_az"),
            models.Index(
                F("confirmed_at").desc(nulls_last=True),
                "sort_name",
                "id",
                condition=PUBLIC,
                name="organization_public_fresh",
            ),
            models.Index(
                fields=["district", "sort_name"], condition=PUBLIC, name="organization_public_place"
            ),
            models.Index(
                fields=["legal_form", "sort_name"], condition=PUBLIC, name="organization_public_form"
            ),
            models.Index(
                fields=["sort_name"],
                condition=PUBLIC & Q(has_opp_status=True),
                name="organization_public_opp",
            ),
            # what the counts beside the filters read, without the wide rows themselves
            models.Index(
                fields=["id"],
                include=[
                    "legal_form",
                    "district",
                    "is_outside_city",
                    "has_opp_status",
                    "wants_volunteers",
                    "wants_partner",
                    "wants_premises",
                    "state",
                    "confirmed_at",
                    "target_groups",
                    "seat_features",
                ],
                condition=PUBLIC,
                name="organization_public_facets",
            ),
            models.Index(
                fields=["folded_name"], opclasses=["varchar_pattern_ops"], name="organization_folded"
            ),
            models.Index(fields=["state", "state_since"], name="organization_state"),
            models.Index(fields=["krs"], name="organization_krs"),
            models.Index(fields=["nip"], name="organization_nip"),
            models.Index(Left("regon", 9), name="organization_regon"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("organizations:detail", args=[self.slug])

    def facts(self, at) -> law.ProfileFacts:
        """What the rules of the state table ask about."""
        return law.ProfileFacts(
            legal_form=self.legal_form,
            krs=self.krs,
            nip=self.nip,
            regon=self.regon,
            register_name=self.register_name,
            register_number=self.register_number,
            rspo=self.rspo,
            has_parent=self.parent_id is not None,
            has_opp_status=self.has_opp_status,
            is_nonprofit=self.is_nonprofit_declared,
            has_sphere=self.main_sphere_id is not None or self.spheres.exists(),
            taken=self.taken_numbers(),
        )

    def taken_numbers(self) -> frozenset[str]:
        """The names of those own numbers that another profile already has; one query (R-ORG-10)."""
        same = Organization.objects.with_number(krs=self.krs, nip=self.nip, regon=self.regon).exclude(
            pk=self.pk
        )
        found = set()
        for krs, nip, regon in same.exclude(legal_form=LegalForm.ASSOC_BRANCH).values_list(
            "krs", "nip", "regon"
        ):
            found |= {"krs"} if krs and krs == self.krs else set()
            found |= {"nip"} if nip and nip == self.nip else set()
            found |= {"regon"} if regon and regon[:9] == self.regon[:9] else set()
        return frozenset(found)

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def is_open(self) -> bool:
        """Whether the person who registers may still change the whole form."""
        return self.state in OPEN_STATES

    @property
    def is_eligible_for_grants(self) -> bool:
        return law.is_eligible_for_grants(self.entity_class, self.exclusion)

    @property
    def form_label(self) -> str:
        """The legal form in words; as the source calls it where the code list has none."""
        if self.legal_form == LegalForm.OTHER and self.legal_form_label:
            return self.legal_form_label
        return str(FORM_LABELS.get(self.legal_form, self.legal_form))

    @property
    def full_address(self) -> str:
        """Street, code and place, each said once."""
        place = " ".join(filter(None, [self.postal_code, self.locality]))
        is_said = self.locality and self.locality.casefold() in self.address.casefold()
        return ", ".join(filter(None, [self.address, "" if is_said else place]))

    @property
    def website_url(self) -> str:
        """The address of the website with its scheme, or nothing when it is no web address."""
        address = self.website.strip()
        if address and "://" not in address:
            address = f"https://{address}"
        return address if address.startswith(("https://", "http://")) else ""


class Dossier(models.Model):
    """What only the office and the organisation's own people read about an organisation."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, primary_key=True, related_name="dossier", verbose_name=_("organizacja")
    )
    representatives = models.TextField(
        _("osoby uprawnione do reprezentacji"),
        max_length=2000,
        blank=True,
        help_text=_("Imię, nazwisko i funkcja, każda osoba w nowej linii."),
    )
    representation = models.CharField(
        _("sposób reprezentacji"),
        max_length=500,
        blank=True,
        help_text=_("np. dwóch członków zarządu działających łącznie"),
    )
    manner = models.CharField(
        _("kto działa za organizację"), max_length=10, choices=Manner, default=Manner.ALONE
    )
    manner_count = models.PositiveSmallIntegerField(_("ile osób działa łącznie"), default=1)
    contact_person = models.CharField(_("osoba do kontaktu"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail osoby do kontaktu"), blank=True)
    contact_phone = models.CharField(_("telefon osoby do kontaktu"), max_length=60, blank=True)
    bank_account = models.CharField(_("rachunek bankowy"), max_length=34, blank=True)
    e_delivery_address = models.CharField(
        _("adres do e-Doręczeń"), max_length=60, blank=True, help_text=_("np. AE:PL-12345-67890-ABCDE-12")
    )
    internal_note = models.TextField(_("notatka wewnętrzna urzędu"), blank=True)

    class Meta:
        verbose_name = _("dane niepubliczne")
        verbose_name_plural = _("dane niepubliczne")

    def __str__(self):
        return str(self.organization)
