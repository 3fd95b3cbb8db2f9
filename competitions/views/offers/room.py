"""What every page of an offer shows: the offer as this person may see it, its steps, who else is here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from core.common import formats
from core.common.clock import now
from core.legal.rules import Breach

from ... import permissions, queries
from ...enums import OfferState
from ...law import offers as law
from ...models import Offer, OfferSection

BLANK = "R-CALL-18"
PRESENT = timedelta(minutes=2)


@dataclass(frozen=True)
class Step:
    """One line of the list of steps."""

    key: str
    title: Any
    url: str
    status: str  # done, now, todo, warn
    words: str
    is_current: bool = False


class Room:
    """An offer reached through one of the person's organisations; to all others it does not exist."""

    def __init__(self, request: HttpRequest, pk: int):
        self.user, self.at = request.user, now()
        self.offer: Offer = get_object_or_404(queries.own_offers(request.user), pk=pk)
        self.held = permissions.organizations_held(request.user)

    @staticmethod
    def reaches(request: HttpRequest, pk: int) -> bool:
        """Whether the person still reaches the offer; a partner that has left does not."""
        return queries.own_offers(request.user).filter(pk=pk).exists()

    def need_writable(self, key: str = "") -> None:
        """Writing pages of somebody who may only read do not exist."""
        if not self.may_write_part(key):
            raise Http404(_("Tej oferty nie możesz teraz zmieniać."))

    def may_write_part(self, key: str) -> bool:
        """A part of the draft, or one that the office asked to supplement."""
        return permissions.may_write(self.user, self.offer, held=self.held, helps=self.helps, key=key)

    @cached_property
    def helps(self) -> bool:
        """Writes from outside; asked once, and only of who writes through no organisation."""
        writes_as_member = self.held & set(permissions.writing_organizations(self.offer))
        return not writes_as_member and permissions.helps_to_write(self.user, self.offer)

    @cached_property
    def may_write(self) -> bool:
        return self.may_write_part("")

    @property
    def is_supplementing(self) -> bool:
        return self.offer.state == OfferState.CORRECTION_REQUESTED

    @cached_property
    def may_lead(self) -> bool:
        return permissions.may_lead(self.user, self.offer, held=self.held)

    @cached_property
    def sections(self) -> dict[str, OfferSection]:
        return {section.key: section for section in self.offer.sections.all()}

    def stored(self, key: str) -> dict[str, Any]:
        """The content of a section, empty when there is none."""
        return self.sections[key].content if key in self.sections else {}

    @cached_property
    def facts(self) -> law.OfferFacts:
        return self.offer.writing_facts(self.at)

    @cached_property
    def breaches(self) -> list[Breach]:
        """What the words and figures break, partners and files included."""
        facts = self.facts
        return [
            *law.content_breaches(facts),
            *law.partner_breaches(facts),
            *law.annex_breaches(facts),
        ]

    def breaches_of(self, key: str) -> list[Breach]:
        return [breach for breach in self.breaches if step_of(breach) == key]

    def steps(self, current: str = "") -> list[Step]:
        keys = [
            section.key for section in law.template.SECTIONS if section.key != "split" or self.facts.is_joint
        ]
        found = [self._step(law.template.BY_KEY[key].title, key, current) for key in keys]
        found += [
            self._step(_("Załączniki"), "attachments", current),
            self._step(_("Partnerzy"), "partners", current),
        ]
        return [step for step in found if self.offer.opens(step.key)] if self.is_supplementing else found

    def _step(self, title: Any, key: str, current: str) -> Step:
        mine = [breach for breach in self.breaches_of(key) if not breach.is_warning]
        blank = sum(breach.rule == BLANK for breach in mine)
        section = self.sections.get(key)
        is_untouched = section is not None and section.edit_number == 0
        status = "done" if not mine else "todo" if is_untouched and blank == len(mine) else "warn"
        is_here = key == current
        return Step(key, title, self.url_of(key), status, step_words(mine, blank), is_here)

    def url_of(self, key: str) -> str:
        names = {"attachments": "competitions:offer_annexes", "partners": "competitions:offer_partners"}
        if key in names:
            return reverse(names[key], args=[self.offer.pk])
        return reverse("competitions:offer_section", args=[self.offer.pk, key])

    def present(self) -> list[str]:
        """Names of the others who have the offer open now."""
        rows = self.offer.presences.filter(seen_at__gte=self.at - PRESENT).exclude(user=self.user)
        return [str(row.user) for row in rows.select_related("user")[:5]]

    def context(self, current: str = "", **more: Any) -> dict[str, Any]:
        steps = self.steps(current) if self.may_write_part(current) else []
        return {
            "offer": self.offer,
            "call": self.offer.call,
            "steps": steps,
            "steps_done": sum(step.status == "done" for step in steps),
            "may_write": self.may_write_part(current),
            "present": self.present() if self.may_write else [],
            **more,
        }


def step_of(breach: Breach) -> str:
    """The step where a breach is put right."""
    return breach.field.split(".")[0]


def step_words(breaches: Iterable[Breach], blank: int) -> str:
    count = len(list(breaches))
    if not count:
        return _("gotowe")
    if blank == count:
        return _("do uzupełnienia: %(answers)s") % {"answers": formats.counted(blank, _("pole|pola|pól"))}
    return formats.counted(count - blank, _("błąd|błędy|błędów"))
