"""What somebody who comes to the seat finds there, and how a profile is recognised at a glance."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import SeatFeature


class WithSeat(models.Model):
    """The accessibility of the seat as facts that can be searched, beside the free text."""

    seat_features = ArrayField(
        models.CharField(max_length=20, choices=SeatFeature),
        default=list,
        blank=True,
        verbose_name=_("udogodnienia w siedzibie"),
    )

    class Meta:
        abstract = True

    @property
    def is_seat_accessible(self) -> bool:
        """Whether somebody in a wheelchair can get in."""
        return SeatFeature.STEP_FREE in self.seat_features

    @property
    def seat_labels(self) -> list[str]:
        """In the order of the code list; a code that is not on it any more says nothing."""
        return [str(feature.label) for feature in SeatFeature if feature in self.seat_features]


def logo_path(logo: "Logo", _name: str) -> str:
    """Named by what is in it: a new picture has a new address, an old one may be kept for ever."""
    return f"logos/{logo.organization_id}/{logo.sha256[:32]}.png"


class Logo(models.Model):
    """The mark of an organisation, drawn anew when it came in."""

    organization = models.OneToOneField(
        "organizations.Organization",
        models.CASCADE,
        primary_key=True,
        related_name="logo",
        verbose_name=_("organizacja"),
    )
    file = models.FileField(_("plik"), upload_to=logo_path, max_length=200)
    alt = models.CharField(_("opis logo"), max_length=150)
    width = models.PositiveSmallIntegerField(_("szerokość"))
    height = models.PositiveSmallIntegerField(_("wysokość"))
    sha256 = models.CharField(_("skrót SHA-256"), max_length=64)
    changed_at = models.DateTimeField(_("zmieniono"))

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("loga")

    def __str__(self):
        return self.alt

    @property
    def version(self) -> str:
        """Part of its address."""
        return self.sha256[:16]
