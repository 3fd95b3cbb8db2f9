"""What ties small grants to organisations."""

from core.common.ties import Tie, traces

ORGANIZATION_TIES = (Tie("grants.SmallGrant", "organization"),)
PEOPLE = traces("grants.SmallGrant", "published_by", shown=("title",))
