"""Addresses from titles: readable, without diacritics, unique."""

from django.db import models
from django.utils.text import slugify

POLISH = str.maketrans("łŁ", "lL")
LONGEST = 90


def base_slug(title: str) -> str:
    """A slug of a title, whoever else may have it."""
    return slugify(title.translate(POLISH))[:LONGEST].strip("-") or "wpis"


def slug_for(model: type[models.Model], title: str, *, pk: int | None = None) -> str:
    """A slug of a title that no other row of the model has."""
    base = base_slug(title)
    taken = set(
        model._base_manager.filter(slug__startswith=base).exclude(pk=pk).values_list("slug", flat=True)
    )
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug
