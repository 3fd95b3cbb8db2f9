"""Clients of the public registers: KRS (Ministry of Justice) and REGON (Statistics Poland). R-ORG-13.

``ask_krs`` and ``ask_regon`` always answer: a register that is switched off, slow or broken gives an
``Answer`` that says so, never an exception. docs/registers.md says what is asked and kept.
"""

from .enquiry import ask, ask_krs, ask_regon, is_on, known_numbers
from .facts import Answer, RegisterFacts

__all__ = ["Answer", "RegisterFacts", "ask", "ask_krs", "ask_regon", "is_on", "known_numbers"]
