"""What ties news and letters to organisations and to people."""

from core.common.ties import Tie

ORGANIZATION_TIES = (Tie("communication.NewsItem", "organization"),)
