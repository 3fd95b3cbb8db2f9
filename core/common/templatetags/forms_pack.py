"""What the form templates of the pack »krk« need to know about a field."""

from django import forms, template
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

register = template.Library()

CHOICE_LISTS = (forms.RadioSelect, forms.CheckboxSelectMultiple)
MANY_OPTIONS = 8


def _widget(field) -> forms.Widget:
    return field.field.widget


def _css(widget: forms.Widget) -> str:
    if isinstance(widget, (forms.CheckboxInput, *CHOICE_LISTS)):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


@register.filter
def form_kind(field) -> str:
    """How a field is laid out: ``hidden``, ``check`` (one box), ``options``, ``group`` (several inputs), ``line``."""
    widget = _widget(field)
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, CHOICE_LISTS):
        return "options"
    return "group" if isinstance(widget, forms.MultiWidget) else "line"


@register.simple_tag
def control(field) -> SafeString:
    """The input itself, with the classes of the design; Django adds the ``aria-`` attributes."""
    _add_class(_widget(field), _css(_widget(field)) + _invalid(field))
    return field.as_widget()


@register.simple_tag
def parts(field) -> list[dict]:
    """The inputs of a field that has several (a range, a day with its hour), each with its own label."""
    widget = _widget(field)
    for inner in widget.widgets:
        _add_class(inner, _css(inner) + _invalid(field))
    attrs = field.build_widget_attrs({"id": field.auto_id})
    context = widget.get_context(field.html_name, field.value(), attrs)["widget"]["subwidgets"]
    labels = (
        (_("dzień"), _("godzina")) if isinstance(widget, forms.SplitDateTimeWidget) else (_("od"), _("do"))
    )
    return [
        {"id": inner["attrs"].get("id"), "label": label, "html": _rendered(field, inner)}
        for inner, label in zip(context, labels, strict=False)
    ]


def _rendered(field, inner: dict) -> SafeString:
    return mark_safe(field.form.renderer.render(inner["template_name"], {"widget": inner}))  # noqa: S308 - widget template


def _invalid(field) -> str:
    return " is-invalid" if field.errors else ""


@register.simple_tag
def options(field) -> list:
    """The boxes of a choice, each with its own label."""
    _add_class(_widget(field), "form-check-input" + _invalid(field))
    return field.subwidgets


def _add_class(widget: forms.Widget, css: str) -> None:
    have = widget.attrs.get("class", "").split()
    widget.attrs["class"] = " ".join(dict.fromkeys([*css.split(), *have]))


@register.filter
def has_many_options(field) -> bool:
    return len(getattr(field.field, "choices", [])) > MANY_OPTIONS


@register.filter
def unit(field) -> str:
    """The unit shown behind an input (»zł«), from the widget's ``data-unit``."""
    return _widget(field).attrs.get("data-unit", "")


@register.filter
def is_marked_optional(field) -> bool:
    """Only optional fields are marked; a box that may stay empty explains itself."""
    return not field.field.required and not isinstance(_widget(field), forms.CheckboxInput)


@register.filter
def error_lines(field) -> list[str]:
    """The mistakes of a field, each beginning with the field's name and saying what to do."""
    return [_error_text(field, error) for error in field.errors.as_data()]


def _error_text(field, error) -> str:
    label = str(field.label).rstrip(":?.").strip()
    text = _required_text(field) if _is_stock_required(field, error) else " ".join(error.messages)
    text = text.rstrip(".")
    if not label or text.startswith(label):
        return text
    return f"{label}: {text[:1].lower()}{text[1:]}"


def _is_stock_required(field, error) -> bool:
    return error.code == "required" and str(error.message) == str(
        forms.Field.default_error_messages["required"]
    )


def _required_text(field) -> str:
    widget = _widget(field)
    if isinstance(widget, forms.CheckboxInput):
        return _("zaznacz to pole")
    if isinstance(widget, CHOICE_LISTS):
        return _("wybierz odpowiedź")
    if isinstance(widget, forms.Select):
        return _("wybierz z listy")
    return _("dodaj plik") if isinstance(widget, forms.FileInput) else _("uzupełnij to pole")


@register.filter
def target_id(field) -> str:
    """The id a link of the error summary jumps to: the input, or the first of several."""
    if field.is_hidden:
        return ""
    kind = form_kind(field)
    return field.auto_id if kind in ("line", "check") else f"{field.auto_id}_0"


@register.simple_tag
def mistakes(*forms_shown) -> list[tuple[str, str]]:
    """Every mistake of the forms and formsets as (id of the input, text), in the order of the page."""
    found: list[tuple[str, str]] = []
    for shown in forms_shown:
        if isinstance(shown, forms.BaseFormSet):
            found += [("", text) for text in shown.non_form_errors()]
            found += _row_mistakes(shown)
        elif isinstance(shown, forms.BaseForm):
            found += _form_mistakes(shown)
    return found


def _row_mistakes(formset: forms.BaseFormSet) -> list[tuple[str, str]]:
    """Of many rows alike each mistake says which row it is in, when the formset has a ``row_name`` for it."""
    name = getattr(formset, "row_name", "") if len(formset.forms) > 1 else ""
    return [
        (target, f"{name % {'n': number}}: {text}" if name else text)
        for number, row in enumerate(formset.forms, start=1)
        for target, text in _form_mistakes(row)
    ]


def _form_mistakes(form) -> list[tuple[str, str]]:
    if not form.is_bound:
        return []
    found = [("", capfirst(text)) for text in form.non_field_errors()]
    for field in form:
        found += [(target_id(field), text) for text in error_lines(field)]
    return found
