"""What ties this room to people."""

from core.common.ties import traces

PEOPLE = traces("resources.Resource", "published_by", shown=("name",))
