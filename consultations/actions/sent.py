"""What a form of remarks says, ready for the actions."""

from dataclasses import dataclass

from core.city.models import District
from organizations.models import Organization

from ..law.texts import clean_text


@dataclass(frozen=True)
class Sender:
    """Who sends, as the form says (R-CNS-13)."""

    respondent_type: str
    name: str = ""
    email: str = ""
    organisation_name: str = ""
    organization: Organization | None = None
    district: District | None = None
    may_publish_name: bool = False
    wants_report: bool = False
    wants_survey: bool = False


@dataclass(frozen=True)
class RemarkText:
    """One row of the form; ``remark_id`` names the remark it changes."""

    proposed_wording: str
    part: str = ""
    current_wording: str = ""
    justification: str = ""
    remark_id: int | None = None

    @property
    def texts(self) -> dict[str, str]:
        """The columns, free of what cannot be stored or read, wherever the words came from."""
        return {
            "part": clean_text(self.part),
            "current_wording": clean_text(self.current_wording),
            "proposed_wording": clean_text(self.proposed_wording),
            "justification": clean_text(self.justification),
        }
