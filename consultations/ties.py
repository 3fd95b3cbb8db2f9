"""What ties consultations to organisations and to people."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import Ending, PersonalData, Tie, traces

from .actions.supports import carry_supports

ORGANIZATION_TIES = (
    Tie("consultations.Submission", "organization"),
    Tie("consultations.Postulate", "organization"),
    Tie("consultations.ConsultationRequest", "organization"),
    Tie("consultations.RequestSupport", "organization", move=carry_supports),
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
    PersonalData(
        "consultations.ConsultationRequest",
        ("user", "title", "subject", "reason", "number"),
        purpose=_("rozpatrzenie wniosku o konsultacje"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("tak długo jak wniosek; na stronie bez nazwiska"),
        readers=_("jednostka, która rozpatruje wniosek; treść wszyscy"),
        owner="user",
        ending=Ending.CLEARED,
        cleared={"user": None},
        reason=_("wniosek i odpowiedź miasta są publiczne; znika tylko to, kto go napisał"),
    ),
    PersonalData(
        "consultations.RequestSupport",
        (
            "name",
            "email",
            "district",
            "wants_answer",
            "asked_at",
            "confirmed_at",
            "email_hash",
            "confirm_digest",
        ),
        purpose=_("policzenie poparcia wniosku o konsultacje"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("12 miesięcy od zakończenia sprawy; niepotwierdzone 7 dni"),
        readers=_("jednostka, która rozpatruje wniosek"),
        owner="email__iexact",
        ending=Ending.CLEARED,
        cleared={"name": "", "email": "", "wants_answer": False},
        reason=_("głos zostaje policzony, ale nie wiadomo już czyj"),
        hidden=("email_hash", "confirm_digest"),
    ),
    *traces("consultations.Submission", "entered_by", shown=("number",)),
    *traces("consultations.Remark", "answered_by", shown=("number",)),
    *traces("consultations.Consultation", "published_by", shown=("title",)),
    *traces("consultations.Extension", "by", shown=("consultation",)),
    *traces("consultations.PostulateFollowUp", "by", shown=("postulate", "noted_on")),
    *traces("consultations.ScheduleChange", "by", shown=("what", "changed_at")),
)
