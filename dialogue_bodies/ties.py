"""What ties bodies of dialogue to organisations."""

from core.common.ties import Tie

ORGANIZATION_TIES = (Tie("dialogue_bodies.BodyMembership", "organization"),)
