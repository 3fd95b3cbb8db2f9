"""The columns of a call, by what they speak of (R-CALL-12, 13, 14); ``Call`` puts them together."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.common.fields import MoneyField, PartialDateField, RichTextField

from ..enums import Form, Intake, Mode, Origin, Payout


class PercentField(models.DecimalField):
    """A share from 0 to 100 with two decimals."""

    def __init__(self, *args, **kwargs):
        kwargs.update(max_digits=5, decimal_places=2, null=True, blank=True)
        kwargs.setdefault("validators", [MinValueValidator(0), MaxValueValidator(100)])
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        """Typed with a comma or a point."""
        return super().formfield(**{"localize": True, **kwargs})


class Task(models.Model):
    """What is to be done, by which procedure, for whom, where and when."""

    title = models.CharField(_("tytuł zadania publicznego"), max_length=1000)
    authority = models.CharField(
        _("organ ogłaszający"),
        max_length=300,
        blank=True,
        help_text=_("np. Prezydent Miasta Krakowa, Dyrektor MOPS"),
    )
    mode = models.CharField(_("tryb"), max_length=30, choices=Mode, default=Mode.OPEN_CALL)
    mode_label = models.CharField(
        _("tryb, słownie"), max_length=300, blank=True, help_text=_("Wypełnij, gdy tryb jest inny.")
    )
    form = models.CharField(_("forma"), max_length=20, choices=Form, default=Form.UNKNOWN)
    form_label = models.CharField(_("forma, słownie"), max_length=300, blank=True)
    sphere_label = models.TextField(
        _("sfera słowami ogłoszenia"),
        blank=True,
        help_text=_("Zostaw puste, a wpiszemy nazwy wybranych sfer."),
    )
    are_spheres_inferred = models.BooleanField(_("sfery wywnioskowane z opisu"), default=False)
    target_groups = models.JSONField(_("dla kogo jest zadanie"), default=list, blank=True)
    place = models.TextField(_("miejsce realizacji zadania"), blank=True)
    task_from = PartialDateField(
        _("realizacja od"), help_text=_("Rok, rok i miesiąc albo dzień: 2026, 2026-09, 2026-09-01.")
    )
    task_to = PartialDateField(_("realizacja do"))
    task_period_note = models.CharField(
        _("czas realizacji, słownie"),
        max_length=500,
        blank=True,
        help_text=_("np. od 1 do 6 miesięcy, II półrocze"),
    )
    task_months_min = models.PositiveSmallIntegerField(
        _("zadanie trwa co najmniej (miesięcy)"), null=True, blank=True
    )
    task_months_max = models.PositiveSmallIntegerField(
        _("zadanie trwa najwyżej (miesięcy)"), null=True, blank=True
    )
    legal_bases = models.JSONField(_("dalsze podstawy prawne"), default=list, blank=True)
    are_districts_preferred = models.BooleanField(_("dzielnice są preferowane, nie wyłączne"), default=False)
    preferred_places = models.TextField(
        _("miejsca preferowane"),
        blank=True,
        help_text=_("np. podobszar rewitalizacji, okolica szkoły; zadanie może być też gdzie indziej"),
    )
    eligible_forms = models.JSONField(_("dla jakich form prawnych"), default=list, blank=True)
    requires_opp = models.BooleanField(_("tylko organizacje pożytku publicznego (OPP)"), default=False)
    is_supplementary = models.BooleanField(
        _("nabór uzupełniający"),
        default=False,
        help_text=_("Ogłaszany ponownie dla tego samego zadania albo jednej jego części."),
    )

    class Meta:
        abstract = True


class Timing(models.Model):
    """When offers are taken, and what comes after."""

    intake = models.CharField(_("koniec naboru"), max_length=20, choices=Intake, default=Intake.DEADLINE)
    offers_due_at = models.DateTimeField(
        _("termin składania ofert"),
        null=True,
        blank=True,
        help_text=_("Ostatnia minuta, w której można złożyć ofertę. Dla końca dnia wpisz 23:59."),
    )
    has_due_hour = models.BooleanField(_("termin ma godzinę"), default=True)
    opens_at = models.DateTimeField(
        _("oferty przyjmujemy od"),
        null=True,
        blank=True,
        help_text=_("Wypełnij, gdy nabór zaczyna się później niż ogłoszenie."),
    )
    relative_days = models.PositiveSmallIntegerField(_("liczba dni od ogłoszenia"), null=True, blank=True)
    deadline_note = models.CharField(_("termin, słownie"), max_length=500, blank=True)
    announced_on = PartialDateField(_("ogłoszono"), editable=False)
    questions_until = models.DateTimeField(_("pytania do"), null=True, blank=True)
    formal_review_until = models.DateField(_("ocena formalna do"), null=True, blank=True)
    merit_review_until = models.DateField(_("ocena merytoryczna do"), null=True, blank=True)
    results_planned_on = models.DateField(_("planowany dzień wyników"), null=True, blank=True)
    contracts_until = models.DateField(_("umowy do"), null=True, blank=True)
    committee_call_until = models.DateTimeField(_("zgłoszenia do komisji do"), null=True, blank=True)
    dated_on = models.DateField(
        _("dzień, według którego porządkujemy"), null=True, blank=True, editable=False
    )

    class Meta:
        abstract = True


class Terms(models.Model):
    """The money and its limits; empty means unknown or not set, never zero."""

    budget_total = MoneyField(_("pula środków"), null=True, blank=True)
    is_budget_approximate = models.BooleanField(_("kwota przybliżona"), default=False)
    budget_note = models.TextField(
        _("uwaga o środkach"), blank=True, help_text=_("np. zastrzeżenie, kwota słownie, inna waluta")
    )
    is_based_on_draft_budget = models.BooleanField(
        _("na podstawie projektu budżetu"),
        default=False,
        help_text=_("Dodamy zastrzeżenie, że kwota może się zmienić."),
    )
    min_grant = MoneyField(_("najniższa dotacja"), null=True, blank=True)
    max_grant = MoneyField(_("najwyższa dotacja"), null=True, blank=True)
    must_exceed_min_grant = models.BooleanField(
        _("dotacja musi być wyższa niż najniższa kwota"), default=False
    )
    max_grant_per_year = MoneyField(_("najwyższa dotacja na rok zadania"), null=True, blank=True)
    max_grant_per_applicant = MoneyField(_("najwyżej dla jednej organizacji, łącznie"), null=True, blank=True)
    max_grant_per_place = MoneyField(_("najwyżej na jedno miejsce"), null=True, blank=True)
    equipment_limit = MoneyField(_("wyposażenie najwyżej"), null=True, blank=True)
    equipment_percent = PercentField(_("wyposażenie najwyżej (% dotacji)"))
    min_own_contribution_percent = PercentField(
        _("wkład własny (%)"), help_text=_("Co najmniej tyle kosztów zadania.")
    )
    own_contribution_note = models.CharField(
        _("rodzaj wkładu własnego"),
        max_length=500,
        blank=True,
        help_text=_("np. finansowy, osobowy lub rzeczowy"),
    )
    min_financial_contribution_percent = PercentField(
        _("wkład finansowy (%)"), help_text=_("Co najmniej tyle kosztów zadania w pieniądzach.")
    )
    max_in_kind_percent = PercentField(
        _("wkład osobowy i rzeczowy (%)"), help_text=_("Najwyżej tyle kosztów zadania.")
    )
    max_cofinancing_percent = PercentField(_("najwyższy udział dotacji (%)"))
    admin_cost_percent = PercentField(
        _("koszty administracyjne (%)"), help_text=_("Najwyżej tyle wartości oferty.")
    )
    offers_per_applicant = models.PositiveSmallIntegerField(
        _("ofert od jednej organizacji"), null=True, blank=True
    )
    is_offer_per_part = models.BooleanField(
        _("osobna oferta na każdą część"),
        default=False,
        help_text=_("Limit ofert jednej organizacji liczy się wtedy w każdej części osobno."),
    )
    planned_awards = models.PositiveSmallIntegerField(_("planowana liczba dotacji"), null=True, blank=True)
    minimum_score = models.DecimalField(
        _("próg punktowy"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    prior_funding_current_year = MoneyField(
        _("środki w tym roku na zadania tego rodzaju"), null=True, blank=True
    )
    prior_funding_previous_year = MoneyField(_("środki w ubiegłym roku"), null=True, blank=True)
    prior_funding_note = models.TextField(_("uwaga o wcześniejszych środkach"), blank=True)
    payout = models.CharField(_("wypłata dotacji"), max_length=20, choices=Payout, blank=True)
    may_grow = models.BooleanField(
        _("dotację można później zwiększyć"),
        default=False,
        help_text=_("Bez zmiany zakresu zadania, gdy w budżecie będą dodatkowe środki."),
    )
    support_without_grant = models.TextField(
        _("wsparcie inne niż dotacja"),
        blank=True,
        help_text=_("np. lokal, zakupy miasta, ulga w czynszu, patronat"),
    )

    class Meta:
        abstract = True


class NoticeTexts(models.Model):
    """The sections of the notice."""

    plain_summary = models.TextField(
        _("streszczenie prostym językiem"),
        blank=True,
        help_text=_("Kto, na co, ile i do kiedy. Krótkie zdania, bez skrótów."),
    )
    summary_en = models.TextField(_("streszczenie po angielsku"), blank=True)
    summary_uk = models.TextField(_("streszczenie po ukraińsku"), blank=True)
    description = models.TextField(_("opis w jednym zdaniu"), blank=True)
    goal = RichTextField(_("cel i zakres"))
    eligibility = RichTextField(_("kto może złożyć ofertę"))
    conditions = RichTextField(_("warunki i zasady przyznawania dotacji"))
    accessibility = RichTextField(_("dostępność zadania"))
    selection_procedure = RichTextField(_("tryb i kryteria wyboru"))
    includes_committee_call = models.BooleanField(_("razem z naborem do komisji"), null=True, blank=True)
    committee_call = RichTextField(_("nabór do komisji konkursowej"))
    attachments_required = models.JSONField(_("wymagane załączniki"), default=list, blank=True)
    submission_system = models.TextField(_("jak złożyć ofertę"), blank=True)
    submission_url = models.URLField(_("adres generatora ofert"), max_length=500, blank=True)
    paper_confirmation_deadline = models.CharField(
        _("termin potwierdzenia na papierze"), max_length=300, blank=True
    )
    contact = models.TextField(_("kontakt w sprawie ofert"), blank=True)
    contact_system = models.TextField(_("kontakt w sprawie generatora"), blank=True)
    cancellation_reservation = models.TextField(
        _("zastrzeżenie możliwości unieważnienia"),
        blank=True,
        help_text=_("np. Miasto może unieważnić konkurs, gdy zabraknie środków w budżecie."),
    )
    information_clause = RichTextField(_("klauzula informacyjna"))

    class Meta:
        abstract = True


class Provenance(models.Model):
    """Where a record comes from; ``fact_digest`` tells a repeated import that nothing has changed."""

    origin = models.CharField(
        _("skąd wpis"), max_length=20, choices=Origin, default=Origin.PORTAL, editable=False
    )
    fact_id = models.CharField(
        _("oznaczenie w danych źródłowych"), max_length=120, blank=True, editable=False
    )
    fact_digest = models.CharField(max_length=64, blank=True, editable=False)
    year_hint = models.PositiveSmallIntegerField(_("rok"), null=True, blank=True, editable=False)
    source = models.TextField(_("źródło"), blank=True)
    sources_extra = models.JSONField(_("dalsze źródła"), default=list, blank=True)
    oddities = models.JSONField(_("osobliwości danych"), default=list, blank=True)

    class Meta:
        abstract = True
