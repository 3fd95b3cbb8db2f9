"""Rules of municipal resources (domain §5.7)."""

from core.legal.rules import rule

# What a record must tell so that an NGO can use the resource (R-MODE-15).
WANTED = ("name", "kind", "owner_unit_id", "address", "fee", "booking")


@rule(
    "R-MODE-15",
    source="Wieloletni program współpracy 2019–2022, tabela 1, zadania III.2.3–2.4",
    statement="Wpis w bazie zasobów podaje nazwę, rodzaj, właściciela, adres, koszt i sposób rezerwacji; braki widać w panelu.",
)
def missing(values: dict) -> list[str]:
    """Names of the wanted fields that are still empty."""
    return [name for name in WANTED if not values.get(name)]
