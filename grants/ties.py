"""What ties small grants to organisations."""

from core.common.ties import Tie

ORGANIZATION_TIES = (Tie("grants.SmallGrant", "organization"),)
