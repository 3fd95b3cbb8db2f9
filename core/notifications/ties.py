"""What letters, reminders and choices hold about people."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import Ending, PersonalData

_OWN = {
    "purpose": _("powiadomienia, których chcesz"),
    "basis": "art. 6 ust. 1 lit. e RODO",
    "kept": _("do usunięcia konta"),
    "readers": _("tylko Ty"),
    "owner": "user",
    "ending": Ending.DELETED,
}
PEOPLE = (
    PersonalData("notifications.Follow", ("user", "subject_kind", "subject_id", "created_at"), **_OWN),
    PersonalData("notifications.Reminder", ("user", "kind", "due_at", "sent_at", "skipped_at"), **_OWN),
    PersonalData("notifications.Mute", ("user", "kind"), **_OWN),
    PersonalData("notifications.Rhythm", ("user", "kind", "rhythm"), **_OWN),
    PersonalData(
        "notifications.Notice",
        ("user", "kind", "title", "text", "url", "created_at", "read_at"),
        **{**_OWN, "kept": _("rok")},
    ),
    PersonalData(
        "notifications.OutboxMail",
        ("to", "kind", "subject", "text", "created_at", "sent_at"),
        purpose=_("wysłanie listu i dowód, że go wysłano"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("treść 30 dni, potem sam fakt wysłania"),
        readers=_("administrator portalu"),
        owner="to__iexact",
        ending=Ending.CLEARED,
        cleared={"to": "usuniete@usuniete.invalid", "subject": "", "text": "", "html": "", "headers": {}},
        reason=_("zostaje sam fakt wysłania listu, bez adresu i treści"),
    ),
)
