"""What ties the proof of official acts to people."""

from django.utils.translation import gettext_lazy as _

from core.common.ties import PersonalData

_ACTS = {
    "purpose": _("rozliczalność: kto, kiedy i co zrobił"),
    "basis": "art. 6 ust. 1 lit. c RODO",
    "kept": _("co najmniej 2 lata; wpisów nie można zmienić"),
    "readers": _("urząd i audytor"),
    "owner": "by",
    "reason": _("dziennik urzędowy: wpisów nie można zmienić ani skasować"),
}
PEOPLE = (
    PersonalData("legal.AuditEntry", ("by", "verb", "label", "at", "before", "after", "reason"), **_ACTS),
    PersonalData("legal.Transition", ("by", "subject_kind", "source", "target", "at", "reason"), **_ACTS),
)
