"""What ties consultations to organisations and to people."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import Ending, PersonalData, Tie, traces

ORGANIZATION_TIES = (
    Tie("consultations.Submission", "organization"),
    Tie("consultations.Postulate", "organization"),
)
PEOPLE = (
    PersonalData(
        "consultations.Submission",
        ("user", "name", "email", "number", "received_at", "consultation", "organisation_name"),
        purpose=_("przyjęcie uwag i odpowiedź na nie"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("2 lata od raportu; raport na stałe, bez danych osób"),
        readers=_("prowadzący konsultacje; nazwisko wszyscy, gdy jest na to zgoda"),
        owner="user",
        ending=Ending.CLEARED,
        cleared={"user": None, "name": "usunięty użytkownik", "email": "", "wants_report": False},
        reason=_("treść uwag jest częścią raportu; podpis zmienia się na „usunięty użytkownik”"),
    ),
    *traces("consultations.Submission", "entered_by", shown=("number",)),
    *traces("consultations.Remark", "answered_by", shown=("number",)),
    *traces("consultations.Consultation", "published_by", shown=("title",)),
    *traces("consultations.Extension", "by", shown=("consultation",)),
    *traces("consultations.DocumentVersion", "by", shown=("number",)),
    *traces("consultations.ScheduleChange", "by", shown=("what", "changed_at")),
)
