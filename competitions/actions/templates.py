"""Templates of notices: kept by the coordinator, copied into drafts."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core.accounts.roles import Role
from core.city.models import OrganizationalUnit
from core.city.scope import has_role
from core.legal import audit
from core.legal.rules import Breach, LawBreached
from core.legal.workflow import MoveRefused

from .. import permissions
from ..models import TEMPLATE_TEXTS, Call, CallCheck, CallCriterion, CallTemplate, TemplateCriterion
from .drafting import open_draft

CRITERION = ("name", "description", "max_points", "weight", "position")


@transaction.atomic
def save_template(template: CallTemplate, *, by: Any, at: datetime) -> CallTemplate:
    """Saves a new or edited template; calls made from it before stay as they are."""
    if by is not None and not has_role(by, Role.COORDINATOR):
        raise MoveRefused("coordinator")
    before = audit.snapshot(CallTemplate.objects.get(pk=template.pk)) if template.pk else {}
    template.updated_at = at
    template.save()
    old, new = audit.changes(before, audit.snapshot(template))
    audit.record(template, _("Zmiana szablonu konkursu"), by=by, at=at, before=old, after=new)
    return template


@transaction.atomic
def start_from_template(
    template: CallTemplate, *, unit: OrganizationalUnit, title: str, by: Any, at: datetime
) -> Call:
    """A new draft with the texts, criteria and list of a template."""
    call = open_draft(Call(unit=unit, title=title), by=by, at=at)
    return apply_template(call, template, by=by, at=at)


@transaction.atomic
def apply_template(call: Call, template: CallTemplate, *, by: Any, at: datetime) -> Call:
    """Fills what the draft leaves empty; nothing that is written already is overwritten. Raises LawBreached."""
    locked = Call.objects.select_for_update().get(pk=call.pk)
    if by is not None and not permissions.may_prepare(by, locked):
        raise MoveRefused("may_prepare")
    if not locked.is_notice_editable:
        raise LawBreached(
            [Breach("R-CALL-16", _("Ogłoszenie jest już opublikowane. Użyj przycisku „Zmień ogłoszenie”."))]
        )
    for name in (*TEMPLATE_TEXTS, "minimum_score"):
        if getattr(locked, name) in ("", None, []):
            setattr(locked, name, getattr(template, name))
    locked.edit_number += 1
    locked.save()
    if not locked.criteria.exists():
        rows = template.criteria.values(*CRITERION)
        CallCriterion.objects.bulk_create(CallCriterion(call=locked, **row) for row in rows)
    known = set(locked.checks.values_list("text", flat=True))
    CallCheck.objects.bulk_create(
        CallCheck(call=locked, text=text[:300]) for text in template.checklist if text[:300] not in known
    )
    audit.record(locked, _("Szablon konkursu: %(name)s") % {"name": template}, by=by, at=at)
    call.refresh_from_db()
    return call


@transaction.atomic
def keep_as_template(call: Call, *, name: str, by: Any, at: datetime) -> CallTemplate:
    """A template out of a call: its texts, criteria and list. Raises LawBreached for a name that is taken."""
    if CallTemplate.objects.filter(name=name).exists():
        raise LawBreached([Breach("", _("Nazwa szablonu: taki szablon już jest, wpisz inną."), "name")])
    texts = {text: getattr(call, text) for text in (*TEMPLATE_TEXTS, "minimum_score")}
    checks = list(call.checks.values_list("text", flat=True))
    template = save_template(CallTemplate(name=name, checklist=checks, **texts), by=by, at=at)
    TemplateCriterion.objects.bulk_create(
        TemplateCriterion(template=template, **row) for row in call.criteria.values(*CRITERION)
    )
    return template
