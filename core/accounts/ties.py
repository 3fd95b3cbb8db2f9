"""What the account itself holds about a person."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import Ending, PersonalData

_ACCOUNT = {
    "purpose": _("prowadzenie konta i bezpieczne logowanie"),
    "basis": "art. 6 ust. 1 lit. e RODO",
    "kept": _("do usunięcia konta"),
    "readers": _("Ty i administrator portalu"),
}
_LOG_IN = {**_ACCOUNT, "readers": _("nikt; portal używa ich tylko przy logowaniu")}
PEOPLE = (
    PersonalData(
        "accounts.User",
        ("email", "full_name", "date_joined", "last_login", "calendar_token", "password"),
        owner="pk",
        hidden=("calendar_token", "password"),
        reason=_("zostaje sam numer konta, żeby dokumenty urzędowe nie wskazywały w próżnię"),
        **_ACCOUNT,
    ),
    PersonalData(
        "account.EmailAddress",
        ("user", "email", "verified"),
        owner="user",
        ending=Ending.DELETED,
        called=_("adresy e-mail"),
        **_ACCOUNT,
    ),
    PersonalData(
        "account.EmailConfirmation",
        ("email_address", "created"),
        owner="email_address__user",
        ending=Ending.DELETED,
        called=_("potwierdzenia adresów e-mail"),
        **_ACCOUNT,
    ),
    PersonalData(
        "mfa.Authenticator",
        ("user", "type", "created_at", "last_used_at"),
        owner="user",
        ending=Ending.DELETED,
        called=_("drugi składnik logowania"),
        **_LOG_IN,
    ),
    PersonalData(
        "usersessions.UserSession",
        ("user", "ip", "user_agent", "created_at", "last_seen_at"),
        owner="user",
        ending=Ending.DELETED,
        called=_("sesje: urządzenie, adres IP i czas"),
        **{**_ACCOUNT, "kept": _("do końca sesji")},
    ),
    PersonalData(
        "accounts.User_groups",
        ("user",),
        owner="user",
        ending=Ending.DELETED,
        called=_("grupy uprawnień konta"),
        **_ACCOUNT,
    ),
    PersonalData(
        "accounts.User_user_permissions",
        ("user",),
        owner="user",
        ending=Ending.DELETED,
        called=_("uprawnienia konta"),
        **_ACCOUNT,
    ),
    PersonalData(
        "admin.LogEntry",
        ("user", "action_time"),
        owner="user",
        ending=Ending.DELETED,
        called=_("czynności w panelu"),
        **_ACCOUNT,
    ),
    PersonalData(
        "accounts.DataExport",
        ("user", "requested_at", "ready_at", "expires_at"),
        owner="user",
        ending=Ending.DELETED,
        **{
            **_ACCOUNT,
            "purpose": _("kopia danych na prośbę osoby"),
            "basis": "art. 15 i 20 RODO",
            "kept": _("7 dni od przygotowania"),
        },
    ),
    PersonalData(
        "accounts.Erasure",
        ("account", "requested_at", "due_at", "withdrawn_at", "done_at"),
        owner="account",
        reason=_("dowód, że konto usunięto; bez imienia i adresu"),
        **{
            **_ACCOUNT,
            "purpose": _("usunięcie konta na prośbę osoby"),
            "basis": "art. 17 RODO",
            "kept": _("stale; sam numer i daty"),
        },
    ),
)
