"""What ties consultations to organisations and to people."""

from core.common.ties import Tie

ORGANIZATION_TIES = (
    Tie("consultations.Submission", "organization"),
    Tie("consultations.Postulate", "organization"),
)
