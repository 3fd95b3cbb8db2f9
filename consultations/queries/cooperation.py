"""What organisations, districts and branches see of consultations."""

from collections.abc import Iterator
from typing import Any

from django.db.models import (
    CharField,
    F,
    Func,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from core.common.clock import now
from core.common.cooperation import Source, lines

from ..enums import RespondentType
from ..models import (
    Consultation,
    Remark,
)


def cooperation_with(organization) -> Iterator[Source]:
    """Consultations in which an organisation's own remarks are public."""
    remarks = Remark.objects.published().filter(
        submission__organization=organization, submission__respondent_type=RespondentType.NGO
    )
    rows = Consultation.objects.published().filter(pk__in=remarks.values("consultation"))
    yield _source(_("Głos w konsultacjach"), rows.order_by("-ends_on", "pk"))


def open_in(district) -> Iterator[Source]:
    """Consultations under way that concern a district."""
    here = Consultation.objects.filter(districts=district).values("pk")
    rows = Consultation.objects.published().filter(pk__in=here).open(now())
    yield _under_way(rows)


def in_branch(branch) -> Iterator[Source]:
    """Consultations under way of a branch: those that name it, and those that name none."""
    links = Consultation.branches.through.objects
    named = Q(pk__in=links.filter(branch=branch).values("consultation"))
    rows = Consultation.objects.published().open(now())
    rows = rows.filter(named | ~Q(pk__in=links.values("consultation")))
    yield _under_way(rows)


def _under_way(rows: QuerySet[Consultation]) -> Source:
    until = Func(F("ends_on"), Value("DD.MM.YYYY"), function="to_char", output_field=CharField())
    note = Concat(Value(_("do:") + " "), until)
    return _source(_("Trwające konsultacje"), rows.order_by("ends_on", "pk"), note=note)


def _source(section: str, rows: QuerySet[Consultation], **more: Any) -> Source:
    return Source(
        section,
        lines(rows, title="title", key="slug", **(more or {"on": "ends_on"})),
        lambda slug: reverse("consultations:detail", args=[slug]),
    )
