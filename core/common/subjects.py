"""How a row anywhere is named by audit, transitions, reminders, documents and the search index."""

from collections.abc import Iterable
from typing import NamedTuple

from django.apps import apps
from django.db import models


class Subject(NamedTuple):
    """A row of any app: ``kind`` is ``app_label.model_name``, ``id`` its primary key."""

    kind: str
    id: int


def subject_of(obj: models.Model) -> Subject:
    return Subject(obj._meta.label_lower, obj.pk)


def model_of(kind: str) -> type[models.Model]:
    """The model class of a kind; raises LookupError for an unknown one."""
    return apps.get_model(kind)


def resolve(subject: Subject) -> models.Model | None:
    """The row itself, or None when it is gone."""
    return model_of(subject.kind)._default_manager.filter(pk=subject.id).first()


def resolve_all(subjects: Iterable[Subject]) -> dict[Subject, models.Model]:
    """The rows themselves, those that are gone left out; one query per kind."""
    by_kind: dict[str, set[int]] = {}
    for subject in subjects:
        by_kind.setdefault(subject.kind, set()).add(subject.id)
    rows = (model_of(kind)._default_manager.filter(pk__in=ids) for kind, ids in by_kind.items())
    return {subject_of(row): row for found in rows for row in found}


class SubjectQuerySet(models.QuerySet):
    """For rows that speak of another row."""

    def of(self, obj: models.Model):
        kind, pk = subject_of(obj)
        return self.filter(subject_kind=kind, subject_id=pk)

    def of_all(self, model: type[models.Model], ids):
        return self.filter(subject_kind=model._meta.label_lower, subject_id__in=list(ids))


class AboutSubject(models.Model):
    """Columns of a row that speaks of another row, whatever app that one lives in."""

    subject_kind = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()

    class Meta:
        abstract = True

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_kind, self.subject_id)
