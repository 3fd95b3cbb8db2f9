"""Resources of the demo: the facts."""

from .context import DemoContext


def fill(ctx: DemoContext) -> None:
    ctx.import_facts("resources")
