"""Letters in the outbox, made the way the portal makes them."""

from itertools import count

from core.notifications import outbox
from core.notifications.letters import Composed
from core.notifications.models import OutboxMail

_numbers = count(1)


def letter(to: str = "", *, text: str = "Dzień dobry", **words) -> OutboxMail:
    """One queued letter; ``words`` are those of ``outbox.put``."""
    n = next(_numbers)
    words = {"key": f"test:{n}", "kind": "test", "composed": Composed(f"List {n}", text, ""), **words}
    return outbox.put(to=to or f"osoba{n}@ngo.example", **words)


def letters(how_many: int, *, batch: str = "", text: str = "Treść biuletynu") -> list[str]:
    """So many queued letters at once; gives their addresses."""
    composed = Composed("Biuletyn", text, "")
    addresses = [f"osoba{next(_numbers)}@ngo.example" for _ in range(how_many)]
    outbox.enqueue_many(
        {"key": f"many:{to}", "to": to, "kind": "newsletter", "batch": batch, "composed": composed}
        for to in addresses
    )
    return addresses
