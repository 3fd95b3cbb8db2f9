"""Resources for everybody."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from core.common.listing import RecordList, Sort

from ..exports import COLUMNS
from ..filters import ResourceFilter
from ..queries import for_list


class ResourceList(RecordList):
    template_name = "resources/list.html"
    is_for_everybody = True
    filterset_class = ResourceFilter
    columns = COLUMNS
    export_name = "zasoby"
    title = _("Zasoby miejskie")
    sorts = (
        Sort("nazwa", _("według nazwy"), ("name",)),
        Sort("rodzaj", _("według rodzaju"), ("kind", "name")),
    )

    def get_queryset(self):
        return for_list()


def detail(request, slug: str):
    return render(request, "resources/detail.html", {"resource": get_object_or_404(for_list(), slug=slug)})
