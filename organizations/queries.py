"""Reads of the registry that have two or more callers."""


def organization_of(user, chosen_id):
    """The organisation a person acts for: the chosen one, when the person is in it; else the first."""
    return None
