"""The minutes of a committee: who was there, conflicts, scores, proposal (R-CALL-32). For the office only."""

from typing import Any

from django.utils.translation import gettext as _

from core.common import formats

from .. import law
from ..enums import Outcome
from ..models import AccessRefusal, AwardProposal, Committee, CommitteeMember, ScoreChange
from ..queries import committee as queries


def minutes_of(committee: Committee) -> dict[str, Any]:
    """Everything the minutes say, as texts and rows, for the page and for the paper."""
    call = committee.call
    members = list(committee.members.select_related("naming_organization").order_by("pk"))
    proposals = AwardProposal.objects.filter(offer__call=call).select_related("offer__organization")
    return {
        "call": call,
        "facts": _facts(committee),
        "members": [_member(member) for member in members],
        "meetings": [
            _meeting(meeting, members, committee)
            for meeting in committee.meetings.prefetch_related("present")
        ],
        "conflicts": _conflicts(committee),
        "scores": [_score(one) for one in queries.standings_of(committee)],
        "changes": _changes(call),
        "proposal": [_proposed(row) for row in proposals],
        "proposal_reason": committee.proposal_reason,
    }


def _facts(committee: Committee) -> list[tuple[str, str]]:
    call = committee.call
    pairs = [
        (_("Konkurs"), f"{call.full_name}: {call.title}"),
        (_("Organ ogłaszający"), call.authority),
        (_("Zarządzenie o powołaniu"), committee.ordinance_number),
        (_("Sposób oceny"), committee.get_method_display()),
        (_("Oferty złożone"), str(call.offers.filed().count())),
        (_("Oferty odrzucone formalnie"), str(queries.rejected_count(call))),
    ]
    if committee.ngo_absence:
        case = f"{committee.get_ngo_absence_display()} ({committee.ngo_absence.upper()}, art. 15 ust. 2da)"
        pairs.append((_("Bez osób wskazanych przez organizacje"), case))
    return [(label, value) for label, value in pairs if value]


def _member(member: CommitteeMember) -> list[str]:
    left = _("odwołanie %(day)s: %(reason)s") % {
        "day": formats.day(member.removed_at),
        "reason": member.removal_reason,
    }
    return [
        member.full_name,
        member.get_role_display(),
        member.get_seat_display(),
        member.naming_organization.name if member.naming_organization else "",
        left if member.removed_at else "",
    ]


def _meeting(meeting, members: list[CommitteeMember], committee: Committee) -> dict[str, Any]:
    here = {one.pk for one in meeting.present.all()}
    sitting = [member for member in members if member.removed_at is None]
    has_quorum = law.has_quorum(queries.as_facts(sitting, committee.call), here)
    return {
        "when": formats.moment(meeting.starts_at),
        "place": meeting.place,
        "agenda": meeting.agenda,
        "present": [member.full_name for member in members if member.pk in here],
        "absent": [member.full_name for member in sitting if member.pk not in here],
        "quorum": _("tak") if has_quorum else _("nie"),
        "is_held": meeting.held_at is not None,
        "notes": meeting.notes,
        "looks": [
            f"{look.offer.number}: {look.note}" for look in meeting.second_looks.select_related("offer")
        ],
    }


def _conflicts(committee: Committee) -> list[list[str]]:
    rows = AccessRefusal.objects.filter(member__committee=committee)
    return [
        [
            row.member.full_name,
            row.get_kind_display(),
            row.organization.name,
            str(row.part or _("cały konkurs")),
            formats.day(row.at),
        ]
        for row in rows.select_related("member", "organization", "part")
    ]


def _score(one: queries.Standing) -> list[str]:
    return [
        one.offer.number,
        one.offer.organization.name,
        one.offer.title,
        "; ".join(points(total) for total in one.totals),
        points(one.mean) if one.mean is not None else _("brak"),
    ]


def points(value: Any) -> str:
    return formats.number(value, 2)


def _changes(call) -> list[list[str]]:
    rows = ScoreChange.objects.filter(card__offer__call=call).select_related("card__offer", "criterion")
    return [
        [
            row.card.offer.number,
            _("osoba oceniająca %(n)s") % {"n": row.card.number},
            row.criterion.name,
            f"{points(row.points_before)} → {points(row.points_after)}",
            row.reason,
            formats.moment(row.at),
        ]
        for row in rows
    ]


def _proposed(row: AwardProposal) -> list[str]:
    amount = formats.zloty(row.amount, True) if row.outcome == Outcome.AWARDED else "–"
    return [
        row.offer.number,
        row.offer.organization.name,
        points(row.mean),
        row.get_outcome_display(),
        amount,
        row.tie_reason,
    ]


def tables_of(minutes: dict[str, Any]) -> list[dict[str, Any]]:
    """The tables that have rows, with caption and heads."""
    person, offer, offeror = _("Osoba"), _("Oferta"), _("Oferent")
    heads = {
        "members": (_("Skład komisji"), [person, _("Rola"), _("Miejsce"), _("Wskazana przez"), _("Uwagi")]),
        "conflicts": (_("Wyłączenia"), [person, _("Powód"), _("Organizacja"), _("Czego dotyczy"), _("Dnia")]),
        "scores": (_("Oceny"), [offer, offeror, _("Tytuł"), _("Karty"), _("Średnia")]),
        "changes": (
            _("Zmiany ocen po podpisaniu"),
            [offer, _("Kto"), _("Kryterium"), _("Punkty"), _("Powód"), _("Kiedy")],
        ),
        "proposal": (
            _("Propozycja komisji"),
            [offer, offeror, _("Średnia"), _("Propozycja"), _("Kwota"), _("Uwagi")],
        ),
    }
    return [
        {"caption": caption, "head": head, "rows": minutes[key]}
        for key, (caption, head) in heads.items()
        if minutes[key]
    ]


def paper_of(minutes: dict[str, Any]) -> dict[str, Any]:
    """The same for ``templates/pdf/minutes.typ``."""
    return {
        "facts": minutes["facts"],
        "tables": tables_of(minutes),
        "meetings": minutes["meetings"],
        "reason": minutes["proposal_reason"],
        "signatures": [row[0] for row in minutes["members"] if not row[4]],
    }
