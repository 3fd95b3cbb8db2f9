"""Programmes for everybody."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from core.common.listing import RecordList, Sort

from ..exports import COLUMNS
from ..filters import ProgrammeFilter
from ..models import Programme
from ..queries import with_table


class ProgrammeList(RecordList):
    template_name = "programmes/list.html"
    is_for_everybody = True
    filterset_class = ProgrammeFilter
    columns = COLUMNS
    export_name = "programy"
    title = _("Program współpracy")
    sorts = (
        Sort("najnowsze", _("od najnowszych"), ("-period_from", "title")),
        Sort("tytul", _("według tytułu"), ("title",)),
    )

    def get_queryset(self):
        return Programme.objects.all()


def detail(request, slug: str):
    programme = get_object_or_404(with_table(), slug=slug)
    tasks = [
        task
        for plane in programme.planes.all()
        for action in plane.actions.all()
        for task in action.tasks.all()
    ]
    return render(request, "programmes/detail.html", {"programme": programme, "task_count": len(tasks)})
