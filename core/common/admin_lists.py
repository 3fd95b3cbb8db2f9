"""Lists of the desk are narrowed by what they offer, and acts on them get rows that can be."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models

# A row that is seen may be named.
ALWAYS = frozenset({"pk", "id"})


LARGEST_KEY = 2**63 - 1


def is_key_of(model: type[models.Model], text: str) -> bool:
    """Whether a posted text can be the key of a row at all; Django asks the database with whatever came."""
    try:
        key = model._meta.pk.to_python(text)
    except (ValidationError, ValueError, OverflowError):
        return False
    return not isinstance(key, int) or abs(key) <= LARGEST_KEY


class OfferedFilters:
    """Put before the ModelAdmin.

    Django lets every own column of a model into the address of its list. Whoever sees the list could then guess
    what it does not show, sign by sign: ``?password__startswith=``, ``?text__contains=`` of a letter, keys of links.
    """

    def lookup_allowed(self, lookup, value, request):
        first = lookup.partition("__")[0]
        is_offered = first in self._offered(request) or not self._is_column(first)
        return is_offered and super().lookup_allowed(lookup, value, request)

    def response_action(self, request, queryset):
        """Chosen rows whose keys are none are not chosen."""
        request.POST = request.POST.copy()
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        request.POST.setlist(ACTION_CHECKBOX_NAME, [key for key in chosen if is_key_of(self.model, key)])
        return super().response_action(request, queryset)

    def _offered(self, request) -> set[str]:
        """The names that the filters of the list put into its address."""
        found = {self.date_hierarchy or "", *ALWAYS}
        for item in self.get_list_filter(request):
            name = item if isinstance(item, str) else item[0] if isinstance(item, (tuple, list)) else ""
            found.add(name.partition("__")[0] or getattr(item, "parameter_name", ""))
        return found

    def _is_column(self, name: str) -> bool:
        try:
            self.opts.get_field(name)
        except FieldDoesNotExist:
            return False
        return True
