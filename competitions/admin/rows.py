"""Rows below a record leave their trace in the audit log too."""

from django.utils.translation import gettext as _

from core.common.clock import now
from core.legal import audit


class AuditedRowsMixin:
    """Put before the ModelAdmin: what changes in its inlines is written to the log of the record."""

    def save_formset(self, request, form, formset, change):
        super().save_formset(request, form, formset, change)
        touched = {
            str(_("dodano")): [str(row) for row in formset.new_objects],
            str(_("zmieniono")): [str(row) for row, _names in formset.changed_objects],
            str(_("usunięto")): [str(row) for row in formset.deleted_objects],
        }
        after = {word: rows for word, rows in touched.items() if rows}
        if after:
            verb = _("Zmiana wierszy: %(rows)s") % {"rows": formset.model._meta.verbose_name_plural}
            audit.record(form.instance, verb, by=request.user, at=now(), after=after)
