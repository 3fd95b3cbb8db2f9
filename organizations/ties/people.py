"""What this room holds about people: why, how long, who reads it, and what an erased account leaves."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import Ending, PersonalData, traces

_MANDATE = {
    "purpose": _("sprawdzenie, kto może działać w imieniu organizacji"),
    "basis": "art. 6 ust. 1 lit. e RODO",
    "kept": _("5 lat od wygaśnięcia upoważnienia"),
    "readers": _("urząd i osoby działające w imieniu tej organizacji"),
}
_TOGETHER = {
    **_MANDATE,
    "purpose": _("reprezentacja łączna: kto i kiedy zgodził się na czynność"),
    "reason": _("dokument: na czyją zgodę organizacja się powołuje"),
}
_HELP = {
    **_MANDATE,
    "purpose": _("zaproszenie do działania w imieniu organizacji albo do pomocy w jednej sprawie"),
}
_NAMED = {
    "purpose": _("kontakt z organizacją i sprawdzenie reprezentacji"),
    "basis": "art. 6 ust. 1 lit. e RODO",
    "kept": _("dopóki organizacja jest w bazie"),
}
PEOPLE = (
    PersonalData(
        "organizations.Mandate",
        ("user", "organization", "role", "valid_from", "valid_until", "evidence", "requested_at", "verified_at", "ended_at", "end_reason", "word_to_office"),
        owner="user",
        reason=_("dokument urzędowy: kto i do kiedy mógł działać w imieniu organizacji"),
        **_MANDATE,
    ),
    *traces("organizations.Mandate", "verified_by", "ended_by", "word_read_by", shown=("organization", "role")),
    *traces("organizations.Organization", "registered_by", "verified_by", "published_by", shown=("name",)),
    PersonalData("organizations.Organization", ("email", "phone", "author_name"), readers=_("wszyscy: to kontakt organizacji"), **_NAMED),
    PersonalData(
        "organizations.Dossier",
        ("representatives", "representation", "contact_person", "contact_email", "contact_phone", "bank_account", "e_delivery_address"),
        readers=_("urząd i osoby działające w imieniu tej organizacji"),
        **_NAMED,
    ),
    PersonalData(
        "organizations.ErrorReport",
        ("email", "text", "reported_at", "outcome"),
        purpose=_("odpowiedź na zgłoszony błąd"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("2 lata od załatwienia"),
        readers=_("komórka koordynująca"),
        owner="email__iexact",
        ending=Ending.CLEARED,
        cleared={"email": ""},
        reason=_("zgłoszenie zostaje, bez adresu"),
    ),
    *traces("organizations.ErrorReport", "handled_by", shown=("organization", "handled_at")),
    *traces("organizations.IdentityRevision", "proposed_by", "decided_by", shown=("organization", "proposed_at")),
    *traces("organizations.Merge", "by", shown=("survivor", "absorbed", "at")),
    *traces("organizations.BulkUpdate", "uploaded_by", shown=("original_name", "uploaded_at")),
    PersonalData("organizations.Consent", ("user", "act", "given_at"), owner="user", **_TOGETHER),
    PersonalData("organizations.RepresentationAct", ("started_by", "summary", "started_at"), owner="started_by", **_TOGETHER),
    PersonalData(
        "organizations.Invitation",
        ("email", "organization", "role", "note", "matter_label", "invited_at"),
        owner="email__iexact",
        ending=Ending.CLEARED,
        cleared={"email": "", "note": "", "token_hash": ""},
        reason=_("zaproszenie zostaje, bez adresu"),
        **_HELP,
    ),
    *traces("organizations.Invitation", "invited_by", "answered_by", shown=("organization", "role")),
    PersonalData(
        "organizations.MatterAccess",
        ("user", "organization", "label", "may_edit", "may_file", "until", "granted_at", "revoked_at", "revoke_reason"),
        owner="user",
        reason=_("dokument: kogo organizacja wpuściła do swojej sprawy"),
        **_HELP,
    ),
    *traces("organizations.MatterAccess", "granted_by", "revoked_by", shown=("organization", "label")),
    PersonalData(
        "organizations.AccessEntry",
        ("by", "organization", "at", "verb", "label"),
        purpose=_("organizacja widzi, kto otwierał jej niepubliczne strony i pliki"),
        basis="art. 6 ust. 1 lit. f RODO",
        kept=_("2 lata od otwarcia"),
        readers=_("urząd i osoby reprezentujące tę organizację"),
        owner="by",
        reason=_("dziennik dostępu: wpisów nie można zmienić, znikają same po czasie"),
    ),
    PersonalData(
        "organizations.RegistrationDraft",
        ("person", "data", "started_at", "saved_at"),
        purpose=_("dokończenie zaczętego zgłoszenia organizacji"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("do wysłania zgłoszenia albo 30 dni od ostatniego zapisu"),
        readers=_("tylko Ty"),
        owner="person",
        ending=Ending.DELETED,
    ),
    *traces("organizations.RegisterComparison", "asked_by", "settled_by", shown=("organization", "register", "compared_at")),
    *traces("organizations.DuplicateDecision", "decided_by", shown=("organization", "other", "decided_at")),
    *traces("organizations.PartnerNotice", "created_by", shown=("organization", "title", "created_at")),
)  # fmt: skip
