"""The law of the registry, rule by rule."""

from datetime import date

import pytest

from organizations import law
from organizations.enums import EntityClass, Exclusion, LegalForm, State


def fields(breaches) -> list[str]:
    return [breach.field for breach in breaches]


# --- identifiers ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-07")
@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("390", "0000000390"),
        ("0000000390", "0000000390"),
        ("KRS 0000 000 390", "0000000390"),
        ("67177", "0000067177"),
    ],
)
def test_a_krs_number_is_padded_to_ten_digits(written, normal):
    assert law.normal_krs(written) == normal
    assert law.krs_breaches(normal) == []


@pytest.mark.rule("R-ORG-07")
@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("12345678901", "wpisz 10 cyfr, jest 11"),
        ("12a", "wpisz same cyfry, a jest w nim: A"),
        ("1O3O", "wpisz same cyfry, a jest w nim: O"),
        ("0", "same zera to nie numer: przepisz go z odpisu z rejestru"),
        ("٣٩٠", "wpisz same cyfry, a jest w nim: ٣ ٩ ٠"),
    ],
)
def test_a_krs_number_that_cannot_be_right_is_refused(written, message):
    assert [b.message for b in law.krs_breaches(law.normal_krs(written))] == [message]


@pytest.mark.rule("R-ORG-08")
@pytest.mark.parametrize("nip", ["1234567854", "6761013717", "1111111111"])
def test_a_right_nip_is_taken(nip):
    assert law.nip_breaches(law.normal_nip(f"PL {nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}")) == []


@pytest.mark.rule("R-ORG-08")
@pytest.mark.parametrize("nip", ["1234567890", "0000000000", *(f"100000016{n}" for n in range(10))])
def test_a_wrong_nip_is_refused(nip):
    """A remainder of ten has no right last digit at all."""
    assert fields(law.nip_breaches(nip)) == ["nip"]


@pytest.mark.rule("R-ORG-08")
def test_two_swapped_digits_of_a_nip_are_pointed_out():
    swapped = "6761013717".replace("67610", "67160")

    [breach] = law.nip_breaches(swapped)

    assert breach.message == (
        "cyfra kontrolna się nie zgadza: porównaj z dokumentem grupy 671-601-37-17,"
        " sprawdź, czy nie są zamienione cyfry 3 i 4"
    )


@pytest.mark.rule("R-ORG-08")
def test_the_length_of_a_nip_is_said():
    assert [b.message for b in law.nip_breaches("123456")] == ["wpisz 10 cyfr, jest 6"]


@pytest.mark.rule("R-ORG-09")
@pytest.mark.parametrize("regon", ["123456785", "351554057", "100000050", "12345678500010"])
def test_a_right_regon_is_taken(regon):
    assert law.regon_breaches(regon) == []


@pytest.mark.rule("R-ORG-09")
@pytest.mark.parametrize(
    "regon", ["123456784", "12345678400010", "12345678500011", "000000000", "1234567850"]
)
def test_a_wrong_regon_is_refused(regon):
    assert fields(law.regon_breaches(regon)) == ["regon"]


@pytest.mark.rule("R-ORG-09")
@pytest.mark.parametrize(
    ("regon", "groups"),
    [("123456784", "123-456-784"), ("12345678400010", "123-456-784"), ("12345678500011", "123456785-00011")],
)
def test_a_wrong_regon_says_which_groups_to_compare(regon, groups):
    """Of fourteen digits the first nine are looked at first; when these are right, the end is wrong."""
    [breach] = law.regon_breaches(regon)

    assert breach.message.startswith(f"cyfra kontrolna się nie zgadza: porównaj z dokumentem grupy {groups}")


@pytest.mark.rule("R-ORG-08")
def test_numbers_one_slip_away_are_right_ones_and_name_the_place():
    near = law.near_numbers("6716013717", law.is_nip)

    assert near["6761013717"] == (3, 4)
    assert all(law.is_nip(number) for number in near)
    assert "6716013717" not in near
    [place] = law.near_numbers("6761013718", law.is_nip)["6761013717"]
    assert place == 10
    assert "cyfrą na miejscu 10" in law.slip_advice((10,))
    assert "cyframi 3 i 4" in law.slip_advice((3, 4))


@pytest.mark.rule("R-ORG-11")
def test_rspo_is_optional_and_has_digits_only():
    assert law.rspo_breaches("") == law.rspo_breaches("12345") == []
    assert fields(law.rspo_breaches("SP 12")) == ["rspo"]


@pytest.mark.rule("R-ORG-14")
def test_a_bank_account_is_checked_when_there_is_one():
    right = law.normal_bank_account("PL61 1090 1014 0000 0712 1981 2874")

    assert law.bank_account_breaches(right) == []
    assert law.bank_account_breaches("") == []
    assert fields(law.bank_account_breaches("61109010140000071219812875")) == ["bank_account"]
    assert fields(law.bank_account_breaches("6110901014")) == ["bank_account"]


@pytest.mark.rule("R-ORG-21")
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0000 067 177", {"krs": "0000067177", "nip": "0000067177"}),
        ("KRS 67177", {"krs": "0000067177"}),
        ("351554057", {"krs": "0351554057", "regon": "351554057"}),
        ("12345678500010", {"regon": "12345678500010"}),
        ("Zażółć", {}),
        ("12", {}),
    ],
)
def test_a_search_text_may_be_a_number(typed, meant):
    assert law.numbers_meant(typed) == meant


# --- legal forms ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-03")
def test_every_form_belongs_to_one_group_of_the_act():
    third = {form for form in LegalForm if law.entity_class_of(form) == EntityClass.ART_3_3}

    assert third == {
        LegalForm.CHURCH_ENTITY,
        LegalForm.SOCIAL_COOP,
        LegalForm.NONPROFIT_COMPANY,
        LegalForm.LGU_ASSOC,
    }
    assert law.entity_class_of(LegalForm.OTHER) == EntityClass.NEITHER
    assert law.entity_class_of(LegalForm.FOUNDATION) == EntityClass.ART_3_2


@pytest.mark.rule("R-ORG-06")
@pytest.mark.parametrize("form", LegalForm)
def test_the_form_decides_which_number_is_wanted(form):
    missing = law.register_breaches(form, krs="", register_name="", register_number="", has_parent=False)

    expected = {
        LegalForm.ASSOC_ORDINARY: ["register_name", "register_number"],
        LegalForm.SPORTS_CLUB_REG: ["register_name", "register_number"],
        LegalForm.SCHOOL_SPORTS_CLUB: ["register_name", "register_number"],
        LegalForm.KGW: ["register_name", "register_number"],
        LegalForm.CHURCH_ENTITY: ["register_name", "register_number"],
        LegalForm.ASSOC_BRANCH: ["parent"],
        LegalForm.OTHER: [],
    }.get(form, ["krs"])
    assert fields(missing) == expected


@pytest.mark.rule("R-ORG-06")
def test_a_form_of_another_register_has_no_krs():
    found = law.register_breaches(
        LegalForm.KGW, krs="0000000390", register_name="KRKGW", register_number="1", has_parent=False
    )

    assert fields(found) == ["krs"]


@pytest.mark.rule("R-ORG-01")
def test_nobody_who_works_for_profit_is_taken():
    assert fields(law.nonprofit_breaches(LegalForm.FOUNDATION, is_nonprofit=False)) == [
        "is_nonprofit_declared"
    ]
    assert law.nonprofit_breaches(LegalForm.FOUNDATION, is_nonprofit=None) == []


@pytest.mark.rule("R-ORG-02")
def test_a_company_has_to_say_that_it_is_not_for_profit():
    found = law.nonprofit_breaches(LegalForm.NONPROFIT_COMPANY, is_nonprofit=None)

    assert [b.rule for b in found] == ["R-ORG-02"]
    assert law.nonprofit_breaches(LegalForm.NONPROFIT_COMPANY, is_nonprofit=True) == []


@pytest.mark.rule("R-ORG-04")
@pytest.mark.parametrize("exclusion", Exclusion)
def test_parties_unions_and_chambers_get_no_grants(exclusion):
    assert not law.is_eligible_for_grants(EntityClass.ART_3_2, exclusion)


@pytest.mark.rule("R-ORG-04")
def test_both_groups_of_the_act_may_get_grants_and_others_not():
    assert law.is_eligible_for_grants(EntityClass.ART_3_2, "")
    assert law.is_eligible_for_grants(EntityClass.ART_3_3, "")
    assert not law.is_eligible_for_grants(EntityClass.NEITHER, "")


@pytest.mark.rule("R-ORG-05")
def test_an_ordinary_association_is_no_sports_club():
    assert not law.is_sports_club(LegalForm.ASSOC_ORDINARY)
    assert law.is_sports_club(LegalForm.SPORTS_CLUB_REG)


@pytest.mark.rule("R-ORG-12")
def test_only_bodies_in_krs_may_have_opp_status():
    assert fields(law.opp_breaches(has_opp_status=True, krs="")) == ["has_opp_status"]
    assert law.opp_breaches(has_opp_status=True, krs="0000000390") == []
    assert law.opp_breaches(has_opp_status=None, krs="") == []


# --- the profile ------------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-10")
def test_numbers_belong_to_one_organisation_and_branches_may_share_them():
    taken = {"krs", "regon"}

    assert fields(law.uniqueness_breaches(LegalForm.FOUNDATION, taken=taken)) == ["krs", "regon"]
    assert law.uniqueness_breaches(LegalForm.ASSOC_BRANCH, taken=taken) == []


@pytest.mark.rule("R-ORG-22")
def test_a_profile_names_a_sphere_and_spheres_make_branches():
    branches = [("kultura", [4, 16]), ("sport", [17]), ("ekologia", [18])]

    assert fields(law.sphere_breaches(has_sphere=False)) == ["spheres"]
    assert law.branches_of([18, 16], branches) == ["kultura", "ekologia"]


def test_messages_for_the_desk_begin_with_the_name_of_the_field():
    facts = law.ProfileFacts(LegalForm.FOUNDATION, nip="1234567890", has_sphere=False)

    messages = [breach.message for breach in law.unfit_for_register(facts)]

    assert messages[0] == "Numer KRS: wpisz 10 cyfr z odpisu, ta forma prawna jest w KRS"
    assert [m.split(":")[0] for m in messages] == ["Numer KRS", "NIP", "Sfery zadań publicznych"]


def test_every_field_of_a_breach_has_a_name_for_the_desk():
    worst = [
        law.ProfileFacts(
            form,
            krs="1",
            nip="1",
            regon="1",
            rspo="x",
            has_opp_status=True,
            is_nonprofit=False,
            has_sphere=False,
            taken=frozenset(law.UNIQUE_NUMBERS),
        )
        for form in LegalForm
    ]
    worst += [law.ProfileFacts(form, has_opp_status=True) for form in LegalForm]

    assert all(breach.message.count(": ") for facts in worst for breach in law.unfit_for_register(facts))


@pytest.mark.rule("R-ORG-18")
@pytest.mark.parametrize(
    ("confirmed_on", "on", "is_stale"),
    [
        (date(2025, 5, 10), date(2026, 6, 10), True),
        (date(2025, 6, 10), date(2026, 6, 9), False),
        (date(2025, 6, 10), date(2026, 6, 10), True),
        (date(2024, 2, 29), date(2025, 2, 28), True),
        (date(2025, 8, 31), date(2026, 8, 30), False),
        (None, date(2026, 6, 10), True),
    ],
)
def test_data_are_unconfirmed_after_twelve_months(confirmed_on, on, is_stale):
    assert law.is_stale(confirmed_on, on=on, months=12) is is_stale


@pytest.mark.rule("R-ORG-18")
def test_the_last_day_of_a_month_stays_the_last():
    assert law.months_after(date(2025, 3, 31), 11) == date(2026, 2, 28)
    assert law.months_after(date(2026, 1, 31), -2) == date(2025, 11, 30)
    assert law.confirmation_due_on(date(2025, 6, 10), months=12) == date(2026, 6, 10)


@pytest.mark.rule("R-ORG-15")
def test_no_contract_without_confirmed_data():
    """T26: confirmed thirteen months ago."""
    on = date(2026, 6, 10)

    assert [b.rule for b in law.contract_breaches(date(2025, 5, 10), on=on, months=12)] == ["R-ORG-15"]
    assert law.contract_breaches(date(2025, 9, 10), on=on, months=12) == []


@pytest.mark.rule("R-ORG-17")
def test_identity_of_a_public_profile_needs_consent():
    changed = ["phone", "name", "krs", "representatives"]

    assert law.needs_consent(State.VERIFIED, changed) == ["name", "krs", "representatives"]
    assert law.needs_consent(State.STALE, ["website"]) == []
    assert law.needs_consent(State.RETURNED, changed) == []


@pytest.mark.rule("R-ORG-19")
def test_claiming_wants_a_public_profile_and_evidence():
    assert law.claim_breaches(state=State.VERIFIED, has_open_claim=False, evidence="wpis w KRS") == []
    assert fields(law.claim_breaches(state=State.VERIFIED, has_open_claim=True, evidence=" ")) == [
        "role",
        "evidence",
    ]
    assert len(law.claim_breaches(state=State.SUSPENDED, has_open_claim=False, evidence="x")) == 1


@pytest.mark.rule("R-ORG-20")
def test_errors_are_reported_in_public_profiles():
    assert [state for state in State if law.may_report_error(state)] == [State.VERIFIED, State.STALE]


@pytest.mark.rule("R-WEB-14")
@pytest.mark.parametrize(
    ("facts", "is_in_force"),
    [
        ({}, True),
        ({"is_verified": False}, False),
        ({"is_ended": True}, False),
        ({"valid_from": date(2026, 6, 11)}, False),
        ({"valid_from": None}, False),
        ({"valid_until": date(2026, 6, 10)}, True),
        ({"valid_until": date(2026, 6, 9)}, False),
    ],
)
def test_a_mandate_is_in_force_only_when_checked_and_in_its_time(facts, is_in_force):
    usual = {"is_verified": True, "is_ended": False, "valid_from": date(2026, 1, 1), "valid_until": None}

    assert law.is_mandate_in_force(**{**usual, **facts}, on=date(2026, 6, 10)) is is_in_force


# --- what registers say -------------------------------------------------------------------------------------


@pytest.mark.rule("R-ORG-06")
@pytest.mark.parametrize(
    ("written", "name", "form"),
    [
        ("FUNDACJA", "", LegalForm.FOUNDATION),
        ("STOWARZYSZENIE", "", LegalForm.ASSOC_REGISTERED),
        ("STOWARZYSZENIE", "OCHOTNICZA STRAŻ POŻARNA W RYBNEJ", LegalForm.OSP),
        ("STOWARZYSZENIE KULTURY FIZYCZNEJ", "", LegalForm.ASSOC_REGISTERED),
        ("ZWIĄZEK STOWARZYSZEŃ", "", LegalForm.UNION_OF_ASSOC),
        ("POLSKI ZWIĄZEK SPORTOWY", "", LegalForm.SPORTS_UNION),
        ("TERENOWA JEDNOSTKA ORGANIZACYJNA POSIADAJĄCA OSOBOWOŚĆ PRAWNĄ", "", LegalForm.ASSOC_BRANCH_LEGAL),
        ("STOWARZYSZENIA NIEWPISANE DO KRS", "", LegalForm.ASSOC_ORDINARY),
        ("FUNDACJE", "", LegalForm.FOUNDATION),
        ("SPÓŁDZIELNIA", "SPÓŁDZIELNIA SOCJALNA SMAK", LegalForm.SOCIAL_COOP),
        ("SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ", "", LegalForm.NONPROFIT_COMPANY),
        ("INNA ORGANIZACJA SPOŁECZNA LUB ZAWODOWA", "", ""),
    ],
)
def test_the_words_of_a_register_are_our_forms(written, name, form):
    registered = law.registered_form(written, name)

    assert (registered.form, registered.is_ngo) == (form, True)


@pytest.mark.rule("R-ORG-04")
@pytest.mark.parametrize(
    ("written", "exclusion"),
    [
        ("ZWIĄZEK ZAWODOWY", Exclusion.TRADE_UNION),
        ("PARTIA POLITYCZNA", Exclusion.POLITICAL_PARTY),
        ("ZWIĄZEK PRACODAWCÓW", Exclusion.EMPLOYERS),
        ("SAMORZĄD ZAWODOWY", Exclusion.CHAMBER),
    ],
)
def test_bodies_of_art_3_4_are_known_by_their_form(written, exclusion):
    assert law.registered_form(written).exclusion == exclusion


@pytest.mark.rule("R-ORG-01")
@pytest.mark.parametrize(
    ("written", "name"),
    [("SAMODZIELNY PUBLICZNY ZAKŁAD OPIEKI ZDROWOTNEJ", ""), ("SPÓŁDZIELNIA", "MLEKO"), ("SPÓŁKA JAWNA", "")],
)
def test_public_bodies_and_businesses_are_no_organisations(written, name):
    registered = law.registered_form(written, name)

    assert not registered.is_ngo
    assert fields(law.entity_breaches(registered)) == ["krs"]
    assert law.entity_breaches(law.registered_form("FUNDACJA")) == []


@pytest.mark.rule("R-ORG-06")
@pytest.mark.parametrize(
    ("chosen", "registered", "is_caught"),
    [
        (LegalForm.ASSOC_REGISTERED, LegalForm.FOUNDATION, True),
        (LegalForm.FOUNDATION, LegalForm.FOUNDATION, False),
        (LegalForm.OSP, LegalForm.ASSOC_REGISTERED, False),
        (LegalForm.ASSOC_REGISTERED, LegalForm.OSP, True),
        (LegalForm.LGU_ASSOC, LegalForm.UNION_OF_ASSOC, False),
        (LegalForm.ASSOC_BRANCH, LegalForm.ASSOC_REGISTERED, False),
        (LegalForm.OTHER, LegalForm.FOUNDATION, False),
        (LegalForm.FOUNDATION, "", False),
        ("", LegalForm.FOUNDATION, False),
    ],
)
def test_a_number_of_another_form_is_caught(chosen, registered, is_caught):
    assert fields(law.form_breaches(chosen, registered)) == (["legal_form"] if is_caught else [])


@pytest.mark.rule("R-ORG-13")
@pytest.mark.parametrize(
    ("field", "own", "theirs", "agreement"),
    [
        ("name", "Fundacja „Most”", "FUNDACJA MOST", "agrees"),
        ("name", "Fundacja Kładka", "FUNDACJA MOST", "differs"),
        ("address", "Mogilska 5 m. 3", "ul. Mogilska 5/3", "agrees"),
        ("address", "ul. Mogilska 5 lok. 4", "ul. Mogilska 5/3", "differs"),
        ("regon", "12345678500010", "123456785", "agrees"),
        ("registered", "2012", "2012-03-08", "agrees"),
        ("registered", "2013-03", "2012-03-08", "differs"),
        ("legal_form", "osp", "assoc_registered", "agrees"),
        ("legal_form", "foundation", "assoc_registered", "differs"),
        ("nip", "", "6761013717", "unknown"),
        ("nip", "6761013717", "", "unknown"),
    ],
)
def test_facts_are_compared_as_people_would(field, own, theirs, agreement):
    [row] = law.compared({field: own}, {field: theirs})

    assert (row.field, row.ours, row.theirs, row.agreement) == (field, own, theirs, agreement)


def test_what_neither_side_says_is_not_compared():
    assert law.compared({"nip": ""}, {"nip": ""}) == []
