"""What the templates of the desk need beyond Django's own tags for the admin."""

import json
import re
from datetime import datetime

from django import template
from django.contrib import admin
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR
from django.templatetags.static import static
from django.utils.formats import localize
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from js_asset import Media

from core.city.history import ENDS, told
from core.common.formats import closing
from core.common.templatetags.forms_pack import mistakes

register = template.Library()

CELL = re.compile(r"<(th|td)")
MANY_COLUMNS = 5


@register.simple_tag
def list_rows(results, headers) -> list[SafeString]:
    """The rows of a list; each cell repeats its column's name for phones, the first one heads the row."""
    labels = [header["text"] for header in headers]
    return [mark_safe("".join(map(_cell, row, labels))) for row in results]  # noqa: S308 - Django's own cells


def _cell(cell: str, label: str) -> str:
    if "action-checkbox" in cell[:40]:
        return CELL.sub(r'<\1 data-c="dense-c"', cell, count=1)
    label = escape(capfirst(label))
    opening = '<th scope="row"' if cell.startswith("<th") else f'<td data-l="{label}"'
    return opening + cell[3:]


@register.simple_tag
def page_address(cl, number: int) -> str:
    """The address of a page of the same list: filters and order stay."""
    return cl.get_query_string({PAGE_VAR: number})


@register.simple_tag
def default_order(cl) -> str:
    """The address of the list in its own order; empty when it is already so."""
    return cl.get_query_string(remove=[ORDER_VAR]) if ORDER_VAR in cl.params else ""


@register.simple_tag
def is_narrowed(cl) -> bool:
    return bool(cl.query or cl.has_active_filters)


@register.simple_tag
def desk_mistakes(adminform, inlines) -> list[tuple[str, str]]:
    """Every mistake of the form and its rows as (id of the input, text)."""
    return mistakes(adminform.form, *(inline.formset for inline in inlines))


@register.filter
def is_wide(inline) -> bool:
    """Whether the rows of an inline have too many columns for a table."""
    return len(list(inline.fields())) > MANY_COLUMNS


@register.simple_tag
def inline_data(inline) -> str:
    """What the script of the rows reads; its words in the grammar of our own buttons."""
    data = json.loads(inline.inline_formset_data())
    data["options"] |= {
        "addText": _("Dodaj wiersz: %(name)s") % {"name": inline.opts.verbose_name},
        "deleteText": _("Usuń wiersz"),
    }
    return json.dumps(data)


@register.simple_tag(takes_context=True)
def desk_media(context, media) -> SafeString:
    """Styles and scripts of a form, and what names the controls they put in."""
    names = format_html('<script type="module" src="{}"></script>', static("js/desk.js"))
    # An import map is an inline script: it carries the nonce of the page and comes before every module.
    parts = Media.from_media(media, nonce=str(context["request"].csp_nonce))
    tags = [parts["importmap"].render(), names, parts["css"].render(), parts["js"].render()]
    return mark_safe("\n".join(tags))  # noqa: S308 - made of escaped parts


@register.simple_tag
def told_history(entries, record) -> list:
    """The entries of the audit log about a record, each with what it changed in words."""
    return told(entries, record)


@register.simple_tag(takes_context=True)
def readonly_contents(context, field):
    """What a field shows that is only read: a link to another row only for those who may open it."""
    name, row = field.field["field"], field.form.instance
    column = getattr(getattr(row._meta.model, name, None), "field", None) if isinstance(name, str) else None
    value = getattr(row, name) if column is not None else None
    if value is not None and column.many_to_one:
        owner = admin.site._registry.get(column.related_model)
        if owner and not owner.has_view_permission(context["request"], value):
            return str(value)
    if isinstance(value, datetime) and ENDS.search(name):
        return localize(closing(value))
    return field.contents()


@register.filter
def is_group(field) -> bool:
    """Whether a field consists of several inputs, which need a group with a legend."""
    return getattr(field.field.widget, "widget", field.field.widget).use_fieldset


@register.filter
def is_required(field) -> bool:
    return field.field.required


@register.filter
def plural_name(model) -> str:
    """The name of the rows of a model."""
    return str(model._meta.verbose_name_plural)
