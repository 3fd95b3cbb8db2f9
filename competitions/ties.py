"""What ties calls to organisations and to people."""

from core.common.ties import Tie

ORGANIZATION_TIES = (Tie("competitions.Award", "organization"),)
