"""What waits for officials and for the people of organisations."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from core.accounts.roles import Role
from core.city.scope import has_role, scoped
from core.common.clock import end_of_day, now, today
from core.common.dates import Waiting

from .. import law
from ..enums import IssueState, NewsState
from ..models import AccessibilityDeclaration, ContactMessage, NewsItem, NewsletterIssue

MOST = 30


def waiting_for(user) -> list[Waiting]:
    """News to decide on (own unit; coordinator all); for the coordinator messages, issues and the declaration."""
    if not has_role(user, Role.UNIT_EDITOR):
        return []
    found = [_news(item) for item in _submitted(user)]
    if has_role(user, Role.COORDINATOR):
        found += [*_messages(), *_issues(), *_declaration()]
    return found


def _submitted(user):
    return scoped(NewsItem.objects.submitted(), user, "unit").order_by("submitted_at", "pk")[:MOST]


def _news(item: NewsItem) -> Waiting:
    due = item.decision_due_on
    return Waiting(
        title=_("Zgłoszona aktualność: %(title)s") % {"title": item.title},
        url=reverse("admin:communication_newsitem_change", args=[item.pk]),
        reason=_("Opublikuj, zwróć do poprawy albo odrzuć z powodem."),
        due_at=end_of_day(due) if due else None,
        kind="news",
    )


def _messages() -> list[Waiting]:
    """Demands by their clock, then the others in the order of arrival."""
    rows = ContactMessage.objects.open().order_by("received_at")[:MOST]
    return [
        Waiting(
            title=f"{message}: {message.get_kind_display()}",
            url=reverse("admin:communication_contactmessage_change", args=[message.pk]),
            reason=_("Odpowiedz na wiadomość."),
            due_at=end_of_day(message.runs_until) if message.runs_until else None,
        )
        for message in rows
    ]


def _issues() -> list[Waiting]:
    """Drafts whose day of sending is near."""
    soon = now() + timedelta(days=3)
    rows = NewsletterIssue.objects.filter(state=IssueState.DRAFT, scheduled_at__lte=soon)
    return [
        Waiting(
            title=str(issue),
            url=reverse("admin:communication_newsletterissue_change", args=[issue.pk]),
            reason=_("Sprawdź wydanie newslettera i oznacz je jako gotowe."),
            due_at=issue.scheduled_at,
        )
        for issue in rows[:MOST]
    ]


def _declaration() -> list[Waiting]:
    """R-WEB-04: the yearly review, from 1 March."""
    declaration = AccessibilityDeclaration.objects.first()
    reviewed_on = declaration.reviewed_on if declaration else None
    if not law.is_review_due(reviewed_on, today=today()):
        return []
    return [
        Waiting(
            title=_("Przegląd deklaracji dostępności"),
            url=reverse("admin:communication_accessibilitydeclaration_changelist"),
            reason=_("Deklarację przeglądamy i aktualizujemy co rok do 31 marca."),
            due_at=end_of_day(law.review_due_on(today().year)),
        )
    ]


# --- »Moje sprawy« ----------------------------------------------------------------------------------


def matters_for(user, organization) -> list[Waiting]:
    """News that came back to the person for correction, and news that waits for the office."""
    if not user.is_authenticated:
        return []
    rows = NewsItem.objects.of_author(user).filter(state__in=[NewsState.RETURNED, NewsState.SUBMITTED])
    return [_matter(item) for item in rows.select_related("organization").order_by("state_since")[:MOST]]


def matters_of_all(user, organizations) -> list[Waiting]:
    """News is the author's, whatever organisations they act for."""
    return matters_for(user, None)


def _matter(item: NewsItem) -> Waiting:
    is_returned = item.state == NewsState.RETURNED
    return Waiting(
        title=_("Popraw aktualność: %(title)s") % {"title": item.title} if is_returned else item.title,
        url=reverse("communication:correct_news", args=[item.pk])
        if is_returned
        else reverse("communication:send_news"),
        reason=item.decision_reason if is_returned else _("Aktualność czeka na decyzję urzędu."),
        due_at=end_of_day(item.decision_due_on) if item.decision_due_on else None,
        kind="news",
        action=_("Popraw i wyślij") if is_returned else _("Zobacz zgłoszenia"),
        organization=str(item.organization or ""),
        organization_id=item.organization_id,
        is_with_office=not is_returned,
    )


def open_matters_of(organization) -> list[Waiting]:
    """News of an organisation that is not published yet."""
    states = [NewsState.RETURNED, NewsState.SUBMITTED]
    rows = NewsItem.objects.filter(organization=organization, state__in=states)
    return [Waiting(item.title, "", _("aktualność czeka na decyzję"), kind="news") for item in rows]
