"""What ties this room to people."""

from core.common.ties import traces

PEOPLE = traces("programmes.Programme", "published_by", shown=("title",))
