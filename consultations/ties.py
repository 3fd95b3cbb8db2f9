"""What ties consultations to organisations and to people."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import Ending, PersonalData, Tie, traces

from .actions.supports import carry_supports
from .models import Invitation, InvitationRefusal


def move_invitations(old, new, at) -> list[int]:
    """An organisation is invited once to a consultation; a second invitation of the same goes."""
    rows = Invitation.objects.filter(organization=old)
    rows.filter(consultation__in=Invitation.objects.filter(organization=new).values("consultation")).delete()
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.update(organization=new)
    return keys


def move_refusals(old, new, at) -> list[int]:
    """Whoever refused stays refused; one refusal is enough."""
    rows = InvitationRefusal.objects.filter(organization=old)
    if InvitationRefusal.objects.filter(organization=new).exists():
        rows.delete()
        return []
    keys = list(rows.values_list("pk", flat=True))
    rows.update(organization=new)
    return keys


ORGANIZATION_TIES = (
    Tie("consultations.Submission", "organization"),
    Tie("consultations.Postulate", "organization"),
    Tie("consultations.Invitation", "organization", move=move_invitations),
    Tie("consultations.InvitationRefusal", "organization", move=move_refusals),
    Tie("consultations.ConsultationRequest", "organization"),
    Tie("consultations.RequestSupport", "organization", move=carry_supports),
)
PEOPLE = (
    PersonalData(
        "consultations.Submission",
        ("user", "name", "email", "number", "received_at", "consultation", "organisation_name"),
        purpose=_("przyjęcie uwag i odpowiedź na nie"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("tyle po raporcie, ile ustaliło miasto; raport na stałe, bez danych osób"),
        readers=_("prowadzący konsultacje; nazwisko wszyscy, gdy jest na to zgoda"),
        owner="user",
        ending=Ending.CLEARED,
        cleared={
            "user": None,
            "name": "usunięty użytkownik",
            "email": "",
            "wants_report": False,
            "wants_survey": False,
        },
        reason=_("treść uwag jest częścią raportu; podpis zmienia się na „usunięty użytkownik”"),
    ),
    PersonalData(
        "consultations.RemarkOriginal",
        ("part", "current_wording", "proposed_wording", "justification"),
        purpose=_("pierwotna treść uwagi, w której zakryto dane osobowe lub obraźliwe słowa"),
        basis="art. 6 ust. 1 lit. e RODO",
        kept=_("tyle po raporcie, ile ustaliło miasto"),
        readers=_("prowadzący konsultacje"),
        owner="remark__submission__user",
        ending=Ending.DELETED,
    ),
    PersonalData(
        "consultations.SignUp",
        (
            "user",
            "name",
            "email",
            "phone",
            "needs",
            "needs_note",
            "topic",
            "slot",
            "signed_up_at",
            "confirmed_at",
            "attended_at",
        ),
        purpose=_("zapis na spotkanie konsultacyjne, miejsce na liście i przygotowanie sali"),
        basis="art. 6 ust. 1 lit. e RODO; potrzeby: art. 9 ust. 2 lit. a",
        kept=_("tyle po spotkaniu, ile ustaliło miasto; potem zostaje sama liczba osób"),
        readers=_("osoby, które prowadzą spotkanie"),
        owner="user",
        ending=Ending.CLEARED,
        cleared={
            "user": None,
            "name": "usunięty użytkownik",
            "email": "",
            "phone": "",
            "needs": [],
            "needs_note": "",
            "topic": "",
        },
        reason=_("miejsce na sali zostaje zajęte, dopóki urząd go nie zwolni; dane osoby znikają od razu"),
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
        kept=_("tyle po zakończeniu sprawy, ile ustaliło miasto; niepotwierdzone, dopóki działa link"),
        readers=_("jednostka, która rozpatruje wniosek"),
        owner="email__iexact",
        ending=Ending.CLEARED,
        cleared={"name": "", "email": "", "wants_answer": False},
        reason=_("głos zostaje policzony, ale nie wiadomo już czyj"),
        hidden=("email_hash", "confirm_digest"),
    ),
    *traces("consultations.SignUp", "entered_by", shown=("date", "signed_up_at")),
    *traces("consultations.InvitationBatch", "sent_by", shown=("consultation", "sent_at")),
    *traces("consultations.Submission", "entered_by", shown=("number",)),
    *traces("consultations.Remark", "answered_by", shown=("number",)),
    *traces("consultations.Remark", "approved_by", shown=("number",)),
    *traces("consultations.RemarkGroup", "by", shown=("subject",)),
    *traces("consultations.Assignment", "by", shown=("due_on", "note")),
    *traces("consultations.Redaction", "by", shown=("made_at", "reason")),
    *traces("consultations.SurveyAnswer", "moderated_by", shown=("moderated_at",)),
    *traces("consultations.Consultation", "published_by", shown=("title",)),
    *traces("consultations.Extension", "by", shown=("consultation",)),
    *traces("consultations.PostulateFollowUp", "by", shown=("postulate", "noted_on")),
    *traces("consultations.DocumentVersion", "by", shown=("number",)),
    *traces("consultations.ScheduleChange", "by", shown=("what", "changed_at")),
)
