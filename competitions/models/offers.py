"""Offers of organisations in a call (R-CALL-18…22, R-OFF): the draft in sections, and what was filed, unchangeable."""

from dataclasses import replace

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.common.fields import MoneyField
from core.legal.models import Case
from organizations.models import Mandate, MatterAccess, Organization

from .. import law
from ..enums import FILED_STATES, IN_EVALUATION, WRITABLE_STATES, OfferState, VersionKind
from ..workflow import OFFER
from .call import Call
from .notice import CallPart


class OfferQuerySet(models.QuerySet):
    def filed(self):
        """What the office has received; drafts and withdrawn offers belong to the organisations alone."""
        return self.filter(state__in=FILED_STATES)

    def in_evaluation(self):
        """What the committee works on."""
        return self.filter(state__in=IN_EVALUATION)

    def of_organization(self, organization):
        """Offers that the organisation leads or has accepted as a partner."""
        return self.filter(
            Q(organization=organization)
            | Q(partners__organization=organization, partners__accepted_at__isnull=False)
        ).distinct()

    def of_person(self, user, on):
        """Offers that the person reaches: by a mandate of the leader or of a partner that has not gone, or as a helper."""
        held = Mandate.objects.in_force(on).filter(user=user)
        invited = OfferPartner.objects.filter(offer=OuterRef("pk"), declined_at=None, left_at=None)
        return self.filter(
            Exists(held.filter(organization=OuterRef("organization")))
            | Exists(invited.filter(organization__in=held.values("organization")))
            | Q(pk__in=MatterAccess.objects.ids_for(user, Offer, on))
        )

    def worked_on(self, organization):
        """Those the organisation leads and may still change; an outside helper may be let into one of them."""
        return self.filter(
            organization=organization, state__in=[*WRITABLE_STATES, OfferState.CORRECTION_REQUESTED]
        )


class Offer(Case):
    """An offer [oferta] of one organisation or, led by one, of several [oferta wspólna].

    The draft lives in ``sections``. Filing writes an unchangeable ``OfferVersion``; amounts and title
    are kept here as filed, for lists. ``filed_at`` is the moment of the last byte at the edge.
    """

    state_table = OFFER
    state = models.CharField(
        _("stan"), max_length=30, choices=OfferState, default=OfferState.DRAFT, editable=False
    )
    call = models.ForeignKey(Call, models.PROTECT, related_name="offers", verbose_name=_("konkurs"))
    part = models.ForeignKey(
        CallPart,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offers",
        verbose_name=_("część konkursu"),
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="call_offers", verbose_name=_("oferent")
    )
    title = models.CharField(_("tytuł oferty"), max_length=1000, blank=True)
    number = models.CharField(_("numer oferty"), max_length=60, blank=True, editable=False)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    started_at = models.DateTimeField(_("rozpoczęto"), editable=False)
    updated_at = models.DateTimeField(_("ostatnia zmiana"), editable=False)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    filed_at = models.DateTimeField(_("złożono"), null=True, editable=False)
    total_cost = MoneyField(_("wartość zadania"), null=True, editable=False)
    requested_amount = MoneyField(_("wnioskowana dotacja"), null=True, editable=False)
    waived_files = models.JSONField(_("załączniki, które nie dotyczą"), default=list, editable=False)
    confirmed_at = models.DateTimeField(_("podpisane potwierdzenie wpłynęło"), null=True, editable=False)
    confirmation_way = models.CharField(
        _("jak wpłynęło potwierdzenie"), max_length=200, blank=True, editable=False
    )
    awarded_amount = MoneyField(_("przyznana dotacja"), null=True, editable=False)
    mean_score = models.DecimalField(
        _("średnia ocena"), max_digits=6, decimal_places=2, null=True, editable=False
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("oferta")
        verbose_name_plural = _("oferty")
        ordering = ["-filed_at", "-pk"]
        constraints = [
            models.UniqueConstraint("number", condition=~Q(number=""), name="offer_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=[OfferState.DRAFT, OfferState.WITHDRAWN])
                | (Q(filed_at__isnull=False) & ~Q(number="")),
                name="offer_filed_has_number",
            ),
        ]
        indexes = [
            models.Index(fields=["call", "state"], name="offer_call_state"),
            models.Index(fields=["organization", "state"], name="offer_organization_state"),
        ]

    def __str__(self):
        return self.title or str(_("Oferta bez tytułu"))

    def get_absolute_url(self):
        return reverse("competitions:offer", args=[self.pk])

    @property
    def is_filed(self) -> bool:
        return self.state in FILED_STATES

    @property
    def is_writable(self) -> bool:
        """A draft, or an offer that was withdrawn and may be filed anew."""
        return self.state in WRITABLE_STATES

    def opens(self, key: str) -> bool:
        """Whether a part may be written now: all of a draft, of a filed offer what the office asked to supplement."""
        if self.state != OfferState.CORRECTION_REQUESTED:
            return self.is_writable
        request = getattr(self, "correction", None)
        if request is None:
            return False
        return request.opens_attachments if key == "attachments" else key in request.sections

    @property
    def awaits_confirmation(self) -> bool:
        """Whether the call wants a signed confirmation that has not come yet (R-CALL-21)."""
        return law.offers.needs_confirmation(
            is_required=self.call.requires_signed_confirmation,
            state=self.state,
            is_confirmed=self.confirmed_at is not None,
        )

    def facts(self, at):
        """What the rules of the state table ask about: filing and, once filed, the formal check."""
        from .formal_facts import formal_facts_of
        from .offer_facts import offer_facts

        facts = offer_facts(self, at)
        return replace(facts, formal=formal_facts_of(self, at)) if self.is_filed else facts

    def writing_facts(self, at):
        """The same without what only filing asks about, for the pages on which the offer is written."""
        from .offer_facts import offer_facts

        return offer_facts(self, at, is_filing=False)

    def may_read_files(self, user) -> bool:
        """Annexes are read by whoever may read the offer itself, and by the committee behind its gate."""
        from ..permissions import may_read_offer
        from ..queries.committee import is_open_to_member

        return may_read_offer(user, self) or is_open_to_member(user, self)


class OfferSection(models.Model):
    """One step of the form while it is written; ``edit_number`` tells two people in one step apart."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="sections", verbose_name=_("oferta"))
    key = models.CharField(_("część formularza"), max_length=40)
    content = models.JSONField(_("treść"), default=dict)
    edit_number = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    saved_at = models.DateTimeField(_("zapisano"))

    class Meta:
        verbose_name = _("część oferty")
        verbose_name_plural = _("części oferty")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["offer", "key"], name="offer_section_once")]

    def __str__(self):
        return self.key


class OfferVersion(models.Model):
    """What was filed, supplemented or revised: whole, with its checksum. Rows cannot be changed or deleted."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="versions", verbose_name=_("oferta"))
    number = models.PositiveSmallIntegerField(_("wersja"))
    kind = models.CharField(_("rodzaj"), max_length=20, choices=VersionKind)
    content = models.JSONField(_("treść"), default=dict)
    checksum = models.CharField(_("suma kontrolna"), max_length=64)
    received_at = models.DateTimeField(_("wpłynęła"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )

    class Meta:
        verbose_name = _("wersja oferty")
        verbose_name_plural = _("wersje oferty")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="offer_version_once")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return f"{self.offer}, {self.number}"


class OfferPartner(models.Model):
    """Another organisation of a joint offer (R-CALL-19); it has a share in the offer once it has accepted."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="partners", verbose_name=_("oferta"))
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="partner_offers", verbose_name=_("partner")
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField(_("zaproszono"))
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    accepted_at = models.DateTimeField(_("przyjęto"), null=True)
    declined_at = models.DateTimeField(_("odmówiono"), null=True)
    left_at = models.DateTimeField(_("zrezygnowano"), null=True)
    may_edit = models.BooleanField(_("może pisać ofertę"), default=True)

    class Meta:
        verbose_name = _("partner oferty")
        verbose_name_plural = _("partnerzy oferty")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["offer", "organization"], name="offer_partner_once")]

    def __str__(self):
        return str(self.organization)

    @property
    def takes_part(self) -> bool:
        return self.declined_at is None and self.left_at is None

    @property
    def is_waiting(self) -> bool:
        """Invited, without an answer yet."""
        return self.takes_part and self.accepted_at is None
