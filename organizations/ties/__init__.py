"""What ties rows of this room, and of the floors below it, to an organisation and to people."""

from .people import PEOPLE
from .relations import ORGANIZATION_TIES

__all__ = ["ORGANIZATION_TIES", "PEOPLE"]
