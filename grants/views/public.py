"""Small grants for everybody: the rules in force and what is known."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from core.common.clock import today
from core.common.listing import RecordList, Sort
from core.legal import parameters

from ..exports import COLUMNS
from ..filters import SmallGrantFilter
from ..queries import for_list

SHOWN = [
    "small_grant_max",
    "small_grant_max_days",
    "small_grant_yearly",
    "small_grant_share",
    "small_grant_publish",
    "small_grant_remarks",
]


class SmallGrantList(RecordList):
    template_name = "grants/list.html"
    is_for_everybody = True
    filterset_class = SmallGrantFilter
    columns = COLUMNS
    export_name = "male-granty"
    title = _("Małe granty")
    sorts = (
        Sort("najnowsze", _("od najnowszych"), ("-task_from", "title")),
        Sort("tytul", _("według tytułu"), ("title",)),
    )

    def get_queryset(self):
        return for_list()

    def extra_context(self, filterset, rows):
        return {"limits": {code: parameters.value(code, on=today()) for code in SHOWN}}


def detail(request, pk: int):
    return render(request, "grants/detail.html", {"grant": get_object_or_404(for_list(), pk=pk)})
