"""Template vocabulary of the portal: formats as filters, components as tags.

The library is a builtin of the template engine, so templates need no ``{% load %}``.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

from django import template
from django.conf import settings
from django.template.defaultfilters import stringfilter
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core.common import formats, public_version
from core.common.clock import now, today
from core.common.sites import absolute

register = template.Library()

# --- filters: the formats, by the same names ------------------------------------------------------

for simple in (
    formats.percent,
    formats.file_size,
    formats.partial_date,
    formats.roman,
    formats.weekday,
    formats.hour,
    formats.month,
    formats.month_on_leaf,
    formats.month_short,
    formats.weekday_short,
    formats.moment,
    formats.deadline,
    formats.until,
):
    register.filter(simple.__name__, simple)


@register.filter
def zloty(amount, grosze=None) -> str:
    """``{{ sum|zloty }}``; ``{{ sum|zloty:True }}`` always shows grosze."""
    return formats.zloty(amount, grosze)


@register.filter
def number(value, places=0) -> str:
    return formats.number(value, places)


@register.filter
def day(value, year=True) -> str:
    """``{{ due_on|day }}``; ``{{ due_on|day:False }}`` leaves out the year."""
    return formats.day(value or None, year=year)


@register.filter
def day_with_weekday(value, year=True) -> str:
    return formats.day_with_weekday(value or None, year=year)


@register.filter
def time_left(until) -> str:
    """How long until then, counted from this moment on the server."""
    return formats.time_left(until or None, now())


@register.filter
def is_soon(until) -> bool:
    return bool(until) and formats.is_soon(until, now())


@register.filter
def is_over(until) -> bool:
    return bool(until) and formats.is_over(until, now())


@register.filter
def closing_hour(until) -> str:
    """»15:30«; »23:59« for a period that ends at midnight."""
    return formats.hour(formats.closing(until))


@register.filter
def days_until(on) -> str:
    """»dziś«, »jutro«, »za 8 dni«; nothing for a day that is past."""
    left = (on - today()).days
    if left < 0:
        return ""
    near = (_("dziś"), _("jutro"))
    return near[left] if left < 2 else _("za %(days)s") % {"days": formats.counted(left, _("dzień|dni|dni"))}


@register.filter
def initials(name) -> str:
    """»SZ« of »Stowarzyszenie Zacięcie«, where there is no logo."""
    return "".join(word[0] for word in str(name).replace("„", "").split()[:2]).upper()


@register.filter
def extension(file_name: str) -> str:
    """»PDF« of »regulamin.pdf«, the type of a file beside its link."""
    return str(file_name).rpartition(".")[2].upper()


@register.simple_tag
def join_dots(*parts) -> str:
    """The parts that are there, with » · « between them."""
    return formats.typo(" · ".join(str(part) for part in parts if part))


@register.filter(is_safe=True)
@stringfilter
def typo(text) -> str:
    return formats.typo(text)


@register.simple_tag
def day_range(first, last, year=True) -> str:
    return formats.day_range(first or None, last or None, year=year)


@register.simple_tag
def hour_range(start, end) -> str:
    return formats.hour_range(start, end) if end else formats.hour(start)


@register.simple_tag
def count(n, forms) -> str:
    """``{% count n _("oferta|oferty|ofert") %}`` → »5 ofert«."""
    return formats.counted(int(n or 0), str(forms))


@register.simple_tag
def plural(n, forms) -> str:
    """The word without the number, for figures set in large type."""
    return formats.plural_form(int(n or 0), str(forms))


# --- small pieces ---------------------------------------------------------------------------------


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, css: str = "") -> SafeString:
    """A pictogram of the sprite; always beside a word, so hidden from screen readers."""
    address = f"{static('img/icons.svg')}#i-{name}"
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}"/></svg>',
        f"ic {css}".strip(),
        address,
    )


@register.simple_tag
def page_css(name: str) -> SafeString:
    """The one extra stylesheet of a page, for the block ``head_extra``."""
    return format_html('<link rel="stylesheet" href="{}">', static(f"css/pages/{name}.css"))


@register.simple_tag
def absolute_static(path: str) -> str:
    """The full address of a static file, for link previews and mails."""
    return absolute(static(path))


@register.simple_tag
def script(name: str) -> SafeString:
    """One module of ``static/js``; modules are deferred by nature."""
    return format_html('<script type="module" src="{}"></script>', static(f"js/{name}.js"))


@register.inclusion_tag("components/leaf.html")
def leaf(value, soon=False, past=False, small=False, large=False) -> dict:
    """The date leaf; the full date must stand beside it in words."""
    shown = formats.closing(value) if isinstance(value, datetime) else value
    return {
        "weekday": formats.weekday_short(shown),
        "day": shown.day,
        "month": formats.month_on_leaf(shown),
        "soon": soon and not past,
        "past": past,
        "small": small,
        "large": large,
    }


# key: (CSS class, icon)
TAGS = {
    "open": ("tag-open", "door-open"),
    "soon": ("tag-soon", "hourglass"),
    "rolling": ("tag-rolling", "infinity"),
    "review": ("tag-review", "list-checks"),
    "done": ("tag-done", "check"),
    "planned": ("tag-planned", "calendar"),
    "off": ("tag-off", "x"),
    "consultation": ("tag-cons", "message-square"),
    "dialogue": ("tag-plum", "users"),
    "ok": ("tag-open", "check"),
    "partly": ("tag-blue", "split"),
    "waiting": ("tag-planned", "hourglass"),
    "running": ("tag-open", "loader"),
    "draft": ("tag-planned", "pen-line"),
    "alert": ("tag-soon", "triangle-alert"),
    "error": ("tag-off", "circle-alert"),
    "info": ("tag-blue", "info"),
    "neutral": ("", "circle-dashed"),
}
KINDS = {
    "call": ("kind-call", "file-pen-line"),
    "consultation": ("kind-cons", "message-square-text"),
    "meeting": ("kind-meet", "users"),
    "training": ("kind-train", "presentation"),
    "duty": ("kind-duty", "headset"),
    "event": ("kind-meet", "calendar-days"),
    "news": ("kind-call", "newspaper"),
    "election": ("kind-meet", "vote"),
    "grant": ("kind-call", "receipt-text"),
}


@register.simple_tag
def state_tag(key: str, label) -> SafeString:
    """The state of a matter: colour, icon and word. An unknown key gets the neutral look."""
    css, picture = TAGS.get(str(key), TAGS["neutral"])
    return format_html('<span class="tag {}">{}{}</span>', css, icon(picture), label)


@register.simple_tag
def kind_tag(key: str, label) -> SafeString:
    """The kind of a dated thing: icon and word in the colour of its section."""
    css, picture = KINDS.get(str(key), KINDS["event"])
    return format_html('<span class="kind {}">{}{}</span>', css, icon(picture), label)


DOTS = {"call": "dot-c", "grant": "dot-c", "consultation": "dot-k"}


@register.filter
def is_period_end(thing) -> bool:
    return thing.is_deadline


@register.filter
def is_urgent(thing) -> bool:
    """A deadline within three days: the one thing that may be gold."""
    return is_period_end(thing) and is_soon(thing.starts)


@register.filter
def dot(kind: str) -> str:
    """The mark of a kind on the day strip: square, drop, or circle for whatever people meet at."""
    return DOTS.get(kind, "dot-m")


@register.inclusion_tag("components/stages.html")
def stages(items, label="", vertical=False) -> dict:
    """The arcade of a procedure; ``items`` are :class:`core.common.stages.Stage`."""
    return {"items": list(items), "label": label or _("Etapy"), "vertical": vertical}


@register.inclusion_tag("components/mini_stages.html")
def mini_stages(current: int, total: int) -> dict:
    """Small gates for »etap 6 z 7«: those before ``current`` are done, ``current`` is lit."""
    gates = ["done" if n < current else "now" if n == current else "next" for n in range(1, total + 1)]
    return {"gates": gates, "current": current, "total": total}


@register.simple_tag
def bar(value, top=100, mark=None, kind="") -> SafeString:
    """A decorative bar; the figure stands beside it as text. Widths are SVG attributes, so no inline style."""
    line = (
        "" if mark is None else format_html('<line x1="{0}%" x2="{0}%" y1="-4" y2="16"/>', _share(mark, top))
    )
    return format_html(
        '<svg class="bar {}" aria-hidden="true" focusable="false"><rect class="bar-all" width="100%" height="100%"/>'
        '<rect class="bar-part" width="{}%" height="100%"/>{}</svg>',
        kind,
        _share(value, top),
        line,
    )


def _share(value, top) -> str:
    whole = Decimal(str(top or 0))
    share = Decimal(str(value or 0)) * 100 / whole if whole else Decimal(0)
    return f"{min(max(share, Decimal(0)), Decimal(100)):.2f}"


@register.inclusion_tag("components/year_schedule.html")
def year_schedule(rows, year: int) -> dict:
    """The year at a glance, of :class:`core.common.stages.YearRow`; the page gives the same as a table below."""
    this_day = today()
    return {
        "rows": [_placed(row, year) for row in rows],
        "months": [date(year, number, 1) for number in range(1, 13)],
        "this_month": this_day.month if this_day.year == year else None,
        "today": this_day if this_day.year == year else None,
        "today_at": f"{_place(this_day, year):.2f}",
        "label_shift": "translate(-130 0)" if this_day.month > 6 else None,
    }


def _placed(row, year: int) -> dict:
    start, end = _place(row.starts_on, year), _place(row.ends_on + timedelta(days=1), year)
    report = None if row.report_on is None else _place(row.report_on, year)
    return {
        "row": row,
        "x": f"{start:.2f}",
        "width": f"{max(end - start, 0.8):.2f}",
        "end": f"{end:.2f}",
        "report": None if report is None else f"{report:.2f}",
    }


def _place(day: date, year: int) -> float:
    """Where a day stands in the year, in percent; days of other years stand at its edges."""
    length = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return min(max((day - date(year, 1, 1)).days / length, 0), 1) * 100


# --- parts that are the same for everybody --------------------------------------------------------


class KeptPart(template.Node):
    """A part of a public page, drawn once for all readers until something public changes or the minute ends."""

    def __init__(self, nodes: template.NodeList, may_keep):
        self.nodes, self.may_keep = nodes, may_keep

    def render(self, context) -> str:
        request = context.get("request")
        if not settings.KEEP_PUBLIC_PAGES or request is None or not self.may_keep.resolve(context):
            return self.nodes.render(context)
        text = f"{get_language()}\n{request.get_full_path()}"
        key, minute = f"part:{sha256(text.encode()).hexdigest()}", public_version.this_minute()
        version, part = public_version.look_up(key)
        if part is None:
            part = self.nodes.render(context)
            if version is not None:
                public_version.keep(key, part, version=version, minute=minute)
        return mark_safe(part)  # noqa: S308 - drawn by the same nodes


@register.tag
def kept(parser, token) -> KeptPart:
    """``{% kept is_for_everybody %}…{% endkept %}``, once on a page; nothing in it may depend on the reader."""
    _name, condition = token.split_contents()
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptPart(nodes, parser.compile_filter(condition))


# --- navigation -----------------------------------------------------------------------------------


@register.inclusion_tag("components/breadcrumbs.html")
def crumbs(*parts) -> dict:
    """``{% crumbs _("Konkursy") "/konkursy/" call.title %}``: label and address in turn, the last label alone."""
    *pairs, current = parts
    return {"links": list(zip(pairs[::2], pairs[1::2], strict=True)), "current": current}


@register.simple_tag(takes_context=True)
def page_link(context, n: int, param: str = "page") -> str:
    """The address of page ``n`` of the same list: filters and order stay."""
    return query_link(context, **{param: None if n == 1 else n})


@register.simple_tag(takes_context=True)
def query_link(context, **changes) -> str:
    """The query string with some parameters set, or dropped when ``None``."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            query.pop(key, None)
        else:
            query[key] = value
    return f"?{query.urlencode()}" if query else context["request"].path


@register.inclusion_tag("components/query_fields.html", takes_context=True)
def query_fields(context, *dropped) -> dict:
    """The query string as hidden inputs, for a second form on the same list."""
    query = context["request"].GET
    return {"pairs": [(key, value) for key in query if key not in dropped for value in query.getlist(key)]}


@register.simple_tag
def page_numbers(page) -> list[int | None]:
    """Page numbers around the present one, ``None`` for a gap."""
    last, here = page.paginator.num_pages, page.number
    near = sorted({1, last, *range(max(1, here - 2), min(last, here + 2) + 1)})
    shown: list[int | None] = []
    for before, n in zip([0, *near], near, strict=False):
        shown += [None, n] if n - before > 1 else [n]
    return shown


# address, label, other addresses that belong to the section
SECTIONS = (
    ("/konkursy/", _lazy("Konkursy"), ("/male-granty/",)),
    ("/konsultacje/", _lazy("Konsultacje"), ()),
    ("/dialog/", _lazy("Dialog"), ()),
    ("/organizacje/", _lazy("Organizacje"), ()),
    ("/aktualnosci/", _lazy("Aktualności"), ()),
    ("/kalendarz/", _lazy("Kalendarz"), ()),
    ("/wiedza/", _lazy("Wiedza"), ()),
)


@register.inclusion_tag("components/sections.html", takes_context=True)
def main_sections(context, css="") -> dict:
    """The seven sections of the main menu, the present one marked."""
    request = context.get("request")
    path = request.path if request else ""
    return {
        "css": css,
        "sections": [(url, label, _current(path, url, more)) for url, label, more in SECTIONS],
    }


def _current(path: str, url: str, more: tuple[str, ...]) -> str:
    """The value of ``aria-current``: this very page, a page below it, or nothing."""
    if path == url:
        return "page"
    return "true" if path.startswith((url, *more)) else ""


@register.simple_tag
def marked_safe(html) -> SafeString:
    """Rich text that was sanitised when it was saved (``RichTextField``), with Polish typography."""
    return mark_safe(formats.typo(html or ""))  # noqa: S308 - sanitised on every write


# --- the officials' desk --------------------------------------------------------------------------


@register.filter
def admin_changelist_name(opts) -> str:
    """The url name of the desk's list of a model."""
    return f"admin:{opts.app_label}_{opts.model_name}_changelist"


@register.filter
def admin_change_name(opts) -> str:
    """The url name of the desk's page of a row."""
    return f"admin:{opts.app_label}_{opts.model_name}_change"
