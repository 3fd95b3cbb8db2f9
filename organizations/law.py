"""The law of the registry."""


def registration_breaches(facts):
    return []
