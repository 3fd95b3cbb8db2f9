"""The registry of coded rules: each function of law says which rule it is, and whence it comes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Breach:
    """A rule that is not kept. ``field`` names the form field it belongs to; a warning does not stop."""

    rule: str
    message: Any
    field: str = ""
    is_warning: bool = False


class LawBreached(Exception):
    """Raised by an action that the law forbids; carries every breach."""

    def __init__(self, breaches: Iterable[Breach]):
        self.breaches = list(breaches)
        super().__init__("; ".join(f"{b.rule}: {b.message}" for b in self.breaches))


@dataclass
class Rule:
    """One rule of the domain, as the rulebook shows it."""

    code: str
    statement: str
    source: str
    functions: list[str] = field(default_factory=list)


REGISTRY: dict[str, Rule] = {}


def rule(code: str, *, source: str, statement: str) -> Callable[[Function], Function]:
    """Marks a pure function as the code of a rule. One rule may have several functions."""

    def register(function: Function) -> Function:
        entry = REGISTRY.setdefault(code, Rule(code, statement, source))
        entry.functions.append(f"{function.__module__}.{function.__qualname__}")
        return function

    return register


def require(breaches: Iterable[Breach]) -> list[Breach]:
    """Raises LawBreached when a breach is not a mere warning; gives the warnings back."""
    found = list(breaches)
    if any(not b.is_warning for b in found):
        raise LawBreached([b for b in found if not b.is_warning])
    return found
