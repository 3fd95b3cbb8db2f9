"""The letter with the survey of participants (R-CNS-26)."""

import secrets

from core.common.sites import absolute
from core.notifications.outbox import enqueue_many

from ..models import Survey


def tell_participants(survey: Survey) -> None:
    """One letter to each address that agreed. Its link holds a lot drawn for it and nothing about the person."""
    consultation = survey.consultation
    rows = consultation.submissions.valid().filter(wants_survey=True).exclude(email="").order_by("pk")
    told: set[str] = set()
    letters = []
    for submission in rows:
        if submission.email.casefold() in told:
            continue
        told.add(submission.email.casefold())
        token = survey.link_token(secrets.token_urlsafe(16))
        letters.append(
            {
                "key": f"consultation-survey:{survey.pk}:{submission.pk}",
                "to": submission.email,
                "template": "consultations/emails/survey",
                "context": {
                    "consultation": consultation,
                    "survey": survey,
                    "url": absolute(f"{survey.get_absolute_url()}?link={token}"),
                    "wishes_url": absolute(submission.get_private_url()),
                },
                "kind": "consultation_survey",
                "batch": f"consultation-survey:{survey.pk}",
            }
        )
    enqueue_many(letters)
