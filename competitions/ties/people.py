"""Whose data calls, offers and committees hold, why, how long, and what the erasure of an account does to them."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import Ending, PersonalData, traces

_PUBLIC_TASK = {"basis": "art. 6 ust. 1 lit. e RODO"}
_CASE = {**_PUBLIC_TASK, "kept": _("5 lat po roku, w którym kończy się zadanie")}
_WRITING = {
    **_PUBLIC_TASK,
    "purpose": _("wspólne pisanie oferty: kto co zmienił"),
    "kept": _("do złożenia oferty, nie dłużej niż oferta"),
    "readers": _("osoby piszące tę ofertę"),
    "reason": _("część pracy organizacji nad ofertą; osoba staje się „usuniętym użytkownikiem”"),
}
_COMMITTEE = {
    **_PUBLIC_TASK,
    "purpose": _("udział w komisji konkursowej (art. 15 ust. 2a–2f ustawy)"),
    "kept": _("baza kandydatów: 1 rok; osoby powołane: 5 lat po roku konkursu"),
    "readers": _("urząd; imię i nazwisko osób powołanych także w protokole"),
}

_CALLS = (
    *traces("competitions.Call", "published_by", shown=("title",)),
    *traces("competitions.CallVersion", "by", shown=("call", "at")),
    *traces("competitions.CallSpending", "by", shown=("call", "decided_on", "amount")),
    *traces("competitions.ApplicantLetter", "sent_by", shown=("call", "subject", "sent_at")),
    *traces("competitions.Dossier", "ordered_by", shown=("call", "ordered_at")),
    PersonalData(
        "competitions.CallQuestion",
        ("asked_by", "text", "asked_at", "answer"),
        purpose=_("odpowiedź na pytanie o konkurs"),
        readers=_("urząd; pytanie i odpowiedź wszyscy, bez nazwiska"),
        owner="asked_by",
        reason=_("pytania i odpowiedzi są częścią dokumentacji konkursu"),
        **_CASE,
    ),
    *traces("competitions.CallQuestion", "answered_by", shown=("call",)),
    *traces("competitions.DraftReview", "created_by", shown=("title", "opens_at")),
    PersonalData(
        "competitions.DraftRemark",
        ("email", "text", "organization_name", "received_at", "answer"),
        purpose=_("uwaga do szkicu ogłoszenia i potwierdzenie jej przyjęcia"),
        readers=_("urząd; treść, organizację i odpowiedź wszyscy, bez adresu"),
        owner="email__iexact",
        ending=Ending.CLEARED,
        cleared={"email": ""},
        reason=_("uwagi i odpowiedzi są częścią dokumentacji konkursu; adres usuwamy"),
        **_CASE,
    ),
    *traces("competitions.DraftRemark", "answered_by", shown=("review", "answered_at")),
    PersonalData(
        "competitions.SavedSearch",
        ("user", "name", "query", "organization", "alert", "created_at"),
        purpose=_("wiadomości o nowych konkursach"),
        basis="art. 6 ust. 1 lit. a RODO",
        kept=_("dopóki nie usuniesz wyszukiwania albo konta"),
        readers=_("Ty i osoby z organizacji, której je udostępnisz"),
        owner="user",
        ending=Ending.DELETED,
    ),
)
_OFFERS = (
    *traces("competitions.Offer", "started_by", "filed_by", shown=("title", "number", "filed_at")),
    *traces("competitions.OfferSection", "saved_by", shown=("offer", "key", "saved_at")),
    *traces("competitions.OfferVersion", "by", shown=("offer", "number", "received_at")),
    *traces("competitions.OfferPartner", "invited_by", "accepted_by", shown=("offer", "organization")),
    PersonalData("competitions.OfferEdit", ("by", "number", "at"), owner="by", **_WRITING),
    PersonalData("competitions.OfferConflict", ("by", "text", "at"), owner="by", **_WRITING),
    PersonalData("competitions.OfferComment", ("by", "text", "at"), owner="by", **_WRITING),
    PersonalData(
        "competitions.OfferComment", ("resolved_by", "resolved_at"), owner="resolved_by", **_WRITING
    ),
    PersonalData(
        "competitions.OfferPresence",
        ("user", "key", "seen_at"),
        owner="user",
        ending=Ending.DELETED,
        **_WRITING,
    ),
    *(
        PersonalData(
            model,
            ("content",),
            purpose=_("ocena oferty i zawarcie umowy: osoby reprezentujące oferenta i osoby do kontaktu"),
            readers=_("urząd, komisja i osoby działające w imieniu oferenta"),
            **_CASE,
        )
        for model in ("competitions.OfferSection", "competitions.OfferVersion")
    ),
    *traces("competitions.FormalAnswer", "saved_by", shown=("offer", "saved_at")),
    *traces("competitions.CorrectionRequest", "sent_by", shown=("offer", "sent_at")),
    *traces("competitions.FormalRejection", "by", shown=("offer", "at")),
)
_EVALUATION = (
    PersonalData(
        "competitions.CommitteeCandidate",
        ("user", "full_name", "email", "phone", "experience", "naming_organization", "applied_at"),
        owner="user",
        reason=_("kandydatura jest częścią dokumentacji; dane znikają po roku bazy albo na wycofanie zgody"),
        **_COMMITTEE,
    ),
    *traces("competitions.CommitteeCandidate", "named_by", shown=("naming_organization", "applied_at")),
    PersonalData(
        "competitions.CommitteeMember",
        ("user", "full_name", "seat", "role", "naming_organization", "added_at", "removed_at"),
        owner="user",
        reason=_("skład komisji jest częścią dokumentacji konkursu"),
        **_COMMITTEE,
    ),
    *traces("competitions.CommitteeDraw", "by", shown=("committee", "at")),
    *traces("competitions.AwardProposal", "saved_by", shown=("offer", "saved_at")),
    PersonalData(
        "competitions.ReasonRequest",
        ("asked_by", "email", "text", "asked_at", "answer"),
        purpose=_("odpowiedź na pytanie o uzasadnienie wyniku (art. 15 ust. 2i ustawy)"),
        readers=_("urząd"),
        owner="asked_by",
        ending=Ending.CLEARED,
        cleared={"email": ""},
        reason=_("pytanie i odpowiedź są częścią dokumentacji konkursu; adres usuwamy"),
        **_CASE,
    ),
    *traces("competitions.ReasonRequest", "answered_by", shown=("call", "answered_at")),
)
PEOPLE = (*_CALLS, *_OFFERS, *_EVALUATION)
