"""Reading collected facts: consultations and demands."""

from .consultations import import_consultations
from .postulates import import_postulates

__all__ = ["import_consultations", "import_postulates"]
