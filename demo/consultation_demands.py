"""Demands followed over the years, requests for consultations in every state, branches; by the real actions."""

from datetime import date, time, timedelta

from consultations import actions
from consultations.actions.supports import hash_of
from consultations.enums import DemandStatus, Initiator, PositionCode
from consultations.models import Consultation, ConsultationRequest, DemandMeeting, Postulate, RequestSupport
from core.city.models import Branch, District
from core.common.clock import at_local
from core.legal.models import LegalParameter
from organizations.models import Organization

from .context import DemoContext

BRANCHES = {
    "Założenia Programu współpracy z organizacjami na przyszły rok": [],
    "Młody Kraków: priorytety na kolejne lata": ["edukacja-i-mlodziez"],
    "Zasady przyznawania patronatu i partnerstwa miasta": ["kultura"],
}
THIS_YEAR = [
    (
        "Fundacja Zielony Skwer", "Konkursy na działania sąsiedzkie trwające od 3 do 12 miesięcy",
        "Mały grant jest za krótki, a duży konkurs za trudny.", PositionCode.ACCEPTED,
        "Taki konkurs przygotujemy na jesień. Kwotę podamy po przyjęciu budżetu.",
    ),
    (
        "Stowarzyszenie Sąsiedzi z Wzgórz", "Sale miejskie otwarte w weekendy", "W tygodniu ludzie pracują.",
        PositionCode.PARTLY, "Od września otworzymy w soboty trzy sale. W niedziele nie mamy obsługi.",
    ),
    (
        "Fundacja Otwarte Drzwi", "Jeden opiekun organizacji w każdym wydziale",
        "Dziś nie wiadomo, do kogo zadzwonić.", PositionCode.TO_BE_EXAMINED,
        "Sprawdzimy to razem z nowym standardem współpracy.",
    ),
]  # fmt: skip


def fill(ctx: DemoContext) -> None:
    name_branches()
    follow_june(ctx)
    this_year(ctx)
    ctx.say(f"  wnioski o konsultacje: {requests(ctx)}")


def name_branches() -> None:
    for title, codes in BRANCHES.items():
        for made in Consultation.objects.filter(title=title):
            made.branches.set(Branch.objects.filter(code__in=codes))


def follow_june(ctx: DemoContext) -> None:
    """What became of the demands of 17 June 2025; two of them say the same."""
    demands = {row.lp: row for row in Postulate.objects.filter(meeting_on=date(2025, 6, 17))}
    if not demands:
        return
    by, at = ctx.people["clerk"], moment(ctx, -3)
    note = {"by": by, "at": at}
    actions.follow_up(
        demands[7], status=DemandStatus.IN_PROGRESS, noted_on=ctx.today - timedelta(days=120),
        text="Konkurs na działania sąsiedzkie jest w projekcie budżetu.", **note,
    )  # fmt: skip
    actions.follow_up(
        demands[7], status=DemandStatus.DONE, noted_on=ctx.today - timedelta(days=20),
        text="Ogłosiliśmy konkurs na działania trwające od 3 do 12 miesięcy.", **note,
    )  # fmt: skip
    actions.follow_up(
        demands[1], status=DemandStatus.IN_PROGRESS, noted_on=ctx.today - timedelta(days=60),
        text="Centrum Wielokulturowe rozszerzyło część edukacyjną.", **note,
    )  # fmt: skip
    actions.merge_demands(demands[8], demands[7], **note)


def this_year(ctx: DemoContext) -> None:
    """A meeting of this year with its table."""
    by, held = ctx.people["clerk"], ctx.today - timedelta(days=30)
    meeting = actions.save_demand_meeting(
        DemandMeeting(
            subject=f"Roczny Program Współpracy {held.year + 1}",
            unit=ctx.unit("ps"),
            held_on=held,
            from_hour=time(16, 30),
            to_hour=time(19),
            place="Klaster Innowacji Społeczno-Gospodarczych 20.22, sala 9",
            course="Organizacje przedstawiły postulaty do programu. Wydziały odpowiedziały na nie na spotkaniu i na piśmie.",
            organisation_names=[row[0] for row in THIS_YEAR],
        ),
        by=by,
        at=moment(ctx, -28),
    )
    meeting.units.add(ctx.unit("dk"))
    for lp, (who, demand, why, code, position) in enumerate(THIS_YEAR, start=1):
        actions.save_postulate(
            Postulate(
                meeting=meeting, lp=lp, organisation_name=who, postulate=demand, justification=why,
                position_code=code, position=position, position_unit=ctx.unit("dk" if lp == 2 else "ps"),
            ),
            by=by,
            at=moment(ctx, -25),
        )  # fmt: skip
    actions.publish_demand_meeting(meeting, by=by, at=moment(ctx, -20))


# --- requests ---------------------------------------------------------------------------------------


def requests(ctx: DemoContext) -> int:
    """One that collects, one of organisations that is reviewed, one refused, one of a district council."""
    collecting(ctx)
    council(ctx)
    refused(ctx)
    of_organisations(ctx)
    begun(ctx)
    return ConsultationRequest.objects.count()


def written(ctx: DemoContext, days: int, **fields) -> ConsultationRequest:
    author = ctx.people["resident"]
    districts = fields.pop("districts", [])
    made = actions.save_request(
        ConsultationRequest(**fields), districts=districts, by=author, at=moment(ctx, days - 4)
    )
    actions.send_request(made, by=author, at=moment(ctx, days - 3))
    return actions.admit_request(made, by=ctx.people["coordinator"], at=moment(ctx, days))


def collecting(ctx: DemoContext) -> None:
    made = written(
        ctx, -20, title="Nocne autobusy na osiedla za torami", initiator=Initiator.RESIDENTS, is_citywide=True,
        subject="Które linie nocne są potrzebne i jak często powinny jeździć?",
        reason="Ostatni tramwaj odjeżdża przed północą, a kolejny autobus jest dopiero rano.",
        wanted_forms="ankieta i spotkania w dzielnicach",
    )  # fmt: skip
    supported(ctx, made, 37)


def supported(ctx: DemoContext, made: ConsultationRequest, count: int) -> None:
    """Invented people confirm; the rows are made at once, as their letters would fill the outbox."""
    districts = list(District.objects.order_by("number"))
    RequestSupport.objects.bulk_create(
        RequestSupport(
            request=made, name=f"Osoba Próbna {n}", email=f"osoba{n}@example.org",
            email_hash=hash_of(made, f"osoba{n}@example.org"), district=districts[n % len(districts)],
            asked_at=moment(ctx, -10), confirmed_at=moment(ctx, -9),
        )
        for n in range(count)
    )  # fmt: skip


def council(ctx: DemoContext) -> None:
    """Of a district council: no support needed, accepted, its consultation is being prepared."""
    fourth = District.objects.get(number=4)
    made = written(
        ctx, -35, title="Skwer przy szkole w Prądniku Białym", initiator=Initiator.DISTRICT_COUNCIL,
        district_council=fourth, districts=[fourth], subject="Co ma być na skwerze: plac zabaw, ogród czy boisko?",
        reason="Rada dzielnicy ma pieniądze na skwer, a sąsiedzi chcą różnych rzeczy.",
    )  # fmt: skip
    settle(
        ctx,
        made,
        "Zapytamy mieszkanki i mieszkańców wiosną. Spotkania odbędą się na miejscu i w szkole.",
        -15,
    )
    actions.open_consultation(made, by=ctx.people["coordinator"], at=moment(ctx, -12))


def refused(ctx: DemoContext) -> None:
    first = District.objects.get(number=1)
    made = written(
        ctx, -70, title="Nazwa placu przed dworcem", initiator=Initiator.DISTRICT_COUNCIL, district_council=first,
        districts=[first], subject="Jak ma się nazywać plac?", reason="Obecna nazwa myli podróżnych.",
    )  # fmt: skip
    text = "Nazwę placu ustalono w ubiegłym roku po osobnych konsultacjach. Powtórzymy je, gdy zmieni się układ placu."
    settle(ctx, made, text, -50, is_accepted=False)


def settle(
    ctx: DemoContext, made: ConsultationRequest, text: str, days: int, *, is_accepted: bool = True
) -> None:
    by, at = ctx.people["coordinator"], moment(ctx, days)
    made.refresh_from_db()
    actions.save_answer(made, answer=text, unit=ctx.unit("dk"), by=by, at=at)
    actions.start_review(made, by=by, at=at)
    (actions.accept_request if is_accepted else actions.refuse_request)(made, by=by, at=at)


def of_organisations(ctx: DemoContext) -> None:
    """Organisations ask; as many support it as the threshold says, so it waits for the answer."""
    known = list(Organization.objects.published().order_by("pk")[: needed()])
    if len(known) < needed():
        return
    made = written(
        ctx, -18, title="Regulamin wynajmu sal miejskich", initiator=Initiator.NGO, organization=known[0],
        is_citywide=True, subject="Jakie opłaty i godziny sal są dla organizacji do przyjęcia?",
        reason="Każda jednostka ma inne stawki, a organizacje dowiadują się o nich na końcu.",
    )  # fmt: skip
    for organization in known[1:]:
        actions.support_as_organization(made, organization, by=ctx.people["resident"], at=moment(ctx, -10))
    by, at = ctx.people["coordinator"], moment(ctx, -8)
    made.refresh_from_db()
    actions.save_answer(made, answer="", unit=ctx.unit("ps"), by=by, at=at)
    actions.start_review(made, by=by, at=at)


def begun(ctx: DemoContext) -> None:
    """What a resident is still writing."""
    draft = ConsultationRequest(
        title="Psi wybieg w parku", initiator=Initiator.RESIDENTS, is_citywide=False,
        subject="Gdzie zrobić wybieg i jak go ogrodzić?", reason="Psy biegają po placu zabaw.",
    )  # fmt: skip
    fifth = District.objects.filter(number=5)
    actions.save_request(draft, districts=fifth, by=ctx.people["resident"], at=moment(ctx, -1))


def needed() -> int:
    return int(LegalParameter.objects.filter(code="consultation_request_ngos").latest("valid_from").value)


def moment(ctx: DemoContext, days: int):
    return at_local(ctx.today + timedelta(days=days), time(11))
