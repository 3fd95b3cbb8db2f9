"""The centre on the portal, the channels of each kind, and the gathered letters."""

from datetime import timedelta

import pytest
from django.core import signing

from core.common.clock import at_local, local_day, now
from core.notifications import digests, notices, outbox, preferences, retention
from core.notifications.digests import HOUR, send_due
from core.notifications.letters import Composed
from core.notifications.models import Mute, Notice, OutboxMail, Rhythm
from core.notifications.notices import _first_words
from core.notifications.tasks import send_digests

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kinds")]
DAY = timedelta(days=1)
BODY = "Termin mija w piątek w sali nr 9.\n\nZobacz sprawę: http://testserver/konkursy/x/\n\n-- \nstopka"


def tell(to: str, key: str = "a", kind: str = "deadline", subject: str = "Termin w piątek", body: str = BODY):
    return outbox.enqueue_many(
        [{"key": key, "to": to, "kind": kind, "composed": Composed(subject, body, "<p></p>")}]
    )


def letters(kind: str = "digest"):
    return OutboxMail.objects.filter(kind=kind).order_by("pk")


def test_the_preview_is_whole_sentences_without_greeting_and_addresses():
    body = "Dzień dobry,\n\ndwie osoby czekają:\n\n- Anna Mazur\n- Jan Lis.\n\nZobacz: https://example.org/x/\nOdpowiedz"

    assert _first_words(body) == "Dwie osoby czekają: Anna Mazur. Jan Lis. Odpowiedz."


# --- channels ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("channel", "mails", "rhythm"),
    [("at_once", 1, ""), ("daily", 0, "daily"), ("weekly", 0, "weekly"), ("portal", 0, "")],
)
def test_a_letter_takes_the_channel_of_its_kind_and_always_stands_on_the_portal(anna, channel, mails, rhythm):
    preferences.choose_channels(anna, {"deadline": channel})

    tell("Anna@NGO.example")

    notice = Notice.objects.get(user=anna)
    assert OutboxMail.objects.count() == mails
    assert (notice.title, notice.url, notice.action, notice.rhythm) == (
        "Termin w piątek",
        "/konkursy/x/",
        "Zobacz sprawę",
        rhythm,
    )
    assert notice.text == "Termin mija w piątek w sali nr 9."


def test_letters_in_the_own_case_come_at_once_whatever_was_chosen(anna):
    preferences.choose_channels(anna, dict.fromkeys(preferences.KINDS, "portal"))

    tell("anna@ngo.example", kind="organization_verified")

    assert OutboxMail.objects.count() == Notice.objects.count() == 1


def test_codes_and_letters_of_log_in_do_not_stand_on_the_portal(anna):
    tell("anna@ngo.example", kind="account")
    tell("anna@ngo.example", key="b", kind="newsletter")

    assert OutboxMail.objects.count() == 2
    assert not Notice.objects.exists()


def test_the_same_letter_twice_is_one_notice_and_one_mail(anna):
    for _time in range(2):
        tell("anna@ngo.example")

    assert OutboxMail.objects.count() == Notice.objects.count() == 1


def test_people_without_an_account_just_get_their_letter(db):
    tell("obca@ngo.example")

    assert OutboxMail.objects.count() == 1
    assert not Notice.objects.exists()


def test_many_letters_take_as_many_queries_as_one(anna, django_assert_num_queries):
    with django_assert_num_queries(4):  # people, muted, rhythms, insert
        notices.keep(
            [
                {
                    "key": str(n),
                    "to": "anna@ngo.example",
                    "kind": "deadline",
                    "composed": Composed("T", BODY, ""),
                }
                for n in range(50)
            ]
        )


# --- digests ----------------------------------------------------------------------------------------------


def test_one_letter_each_morning_newest_first_with_why_and_way_out(frozen, anna):
    preferences.choose_channels(anna, {"deadline": "daily", "meeting": "daily"})
    tell("anna@ngo.example", "1", subject="Pierwsza sprawa")
    frozen.shift(timedelta(hours=1))
    tell("anna@ngo.example", "2", subject="Druga sprawa")
    tell("anna@ngo.example", "3", "meeting", subject="Posiedzenie w środę")
    tell("anna@ngo.example", "4", subject="Druga sprawa")
    assert send_due() == 0, "the morning has not come"
    frozen.move_to(at_local(local_day(now()) + DAY, HOUR))

    assert send_due() == 1

    mail = letters().get()
    assert mail.subject.endswith("i jeszcze 2")
    assert mail.text.index("Druga sprawa") < mail.text.index("Pierwsza sprawa")
    assert mail.text.count("\nDruga sprawa") == 1, "nothing is said twice"
    assert "obserwujesz" in mail.text or "Dlaczego:" in mail.text
    stops = [word for word in mail.text.split() if "/powiadomienia/wypisz/" in word]
    assert {preferences.read_unsubscribe_token(s.rstrip(".").split("/")[-2])[1].code for s in stops} == {
        "deadline",
        "meeting",
    }
    assert "http://testserver/konkursy/x/" in mail.text


def test_a_beat_that_runs_twice_tells_nothing_twice(frozen, anna):
    """R6 of the faults: two schedulers, and one that runs again a minute later."""
    preferences.choose_channels(anna, {"deadline": "daily"})
    tell("anna@ngo.example")
    frozen.shift(DAY)

    send_digests()
    send_digests()
    frozen.shift(timedelta(minutes=1))
    send_digests()
    frozen.shift(DAY)
    send_digests()

    assert letters().count() == 1


def test_a_beat_away_for_days_is_made_up_for_once(frozen, anna):
    preferences.choose_channels(anna, {"deadline": "daily"})
    for number in range(4):
        tell("anna@ngo.example", str(number), subject=f"Sprawa {number}")
        frozen.shift(DAY)

    send_digests()

    mail = letters().get()
    assert all(f"Sprawa {number}" in mail.text for number in range(4))


def test_the_week_is_told_on_monday(frozen, anna):
    preferences.choose_channels(anna, {"deadline": "weekly"})
    tell("anna@ngo.example")  # a Wednesday
    frozen.shift(4 * DAY)
    assert send_due() == 0, "still Sunday"

    frozen.shift(DAY)

    assert send_due() == 1
    assert "tygodnia" in letters().get().text


def test_the_slot_keeps_to_the_clock_of_krakow_over_its_changes(frozen):
    summer = at_local(local_day(now()).replace(month=10, day=24), HOUR)
    after = at_local(local_day(now()).replace(month=10, day=25), HOUR)

    assert digests.slot_of("daily", after - timedelta(seconds=1)) == summer
    assert digests.slot_of("daily", after) == after
    assert after - summer == timedelta(days=1) or (after.utcoffset() != summer.utcoffset())


def test_what_was_read_on_the_portal_or_grew_old_is_not_sent(frozen, anna):
    preferences.choose_channels(anna, {"deadline": "daily"})
    tell("anna@ngo.example", "read")
    notices.mark_read(anna, at=now())
    frozen.shift(30 * DAY)
    tell("anna@ngo.example", "old")
    Notice.objects.filter(key="old").update(created_at=now() - 25 * DAY)

    assert send_due() == 0
    assert not Notice.objects.filter(digested_at=None).exists()


def test_a_kind_stopped_meanwhile_is_not_gathered(frozen, anna):
    preferences.choose_channels(anna, {"deadline": "daily"})
    tell("anna@ngo.example")
    preferences.mute(anna, "deadline")
    frozen.shift(DAY)

    assert send_due() == 0


def test_what_was_gathered_still_comes_when_the_kind_is_told_at_once(frozen, anna):
    preferences.choose_channels(anna, {"deadline": "weekly"})
    tell("anna@ngo.example")
    preferences.choose_channels(anna, {"deadline": "at_once"})
    frozen.shift(DAY)

    assert send_due() == 1


def test_a_fault_with_one_person_stops_no_other(frozen, anna, piotr, monkeypatch, caplog):
    for person in (anna, piotr):
        preferences.choose_channels(person, {"deadline": "daily"})
        tell(person.email, person.email)
    frozen.shift(DAY)
    whole = digests._by_kind
    monkeypatch.setattr(digests, "_by_kind", lambda told, user: whole(told, user) if user == piotr else 1 / 0)

    assert send_due() == 1
    assert Notice.objects.get(user=anna).digested_at is None, "it is tried again"


def test_an_account_that_is_closed_gets_nothing(frozen, anna):
    preferences.choose_channels(anna, {"deadline": "daily"})
    tell("anna@ngo.example")
    anna.is_active = False
    anna.save()
    frozen.shift(DAY)

    assert send_due() == 0


# --- the centre -------------------------------------------------------------------------------------------


def test_the_centre_lists_counts_and_marks(client, anna, django_assert_max_num_queries):
    for number in range(35):
        tell("anna@ngo.example", str(number), subject=f"Sprawa {number}")
    client.force_login(anna)

    with django_assert_max_num_queries(15):
        page = client.get("/moje/powiadomienia/").content.decode()
    assert "35\u00a0nieprzeczytanych" in page
    assert page.index("Sprawa 34") < page.index("Sprawa 10")
    assert Notice.objects.unread().count() == 35, "looking marks nothing"

    one = Notice.objects.first()
    client.post("/moje/powiadomienia/przeczytane/", {"id": one.pk})
    assert Notice.objects.unread().count() == 34
    client.post("/moje/powiadomienia/przeczytane/")
    assert "Wszystko przeczytane" in client.get("/moje/powiadomienia/?nieprzeczytane=1").content.decode()


def test_nobody_sees_or_marks_what_was_told_another(client, anna, piotr):
    tell("anna@ngo.example", subject="Tajne Anny")
    client.force_login(piotr)

    assert "Tajne Anny" not in client.get("/moje/powiadomienia/").content.decode()
    client.post("/moje/powiadomienia/przeczytane/", {"id": Notice.objects.get().pk})
    client.post("/moje/powiadomienia/przeczytane/")

    assert Notice.objects.get().read_at is None


@pytest.mark.parametrize("spoiled", ["x", "-1", "1.5", "\x01", "9" * 400])
def test_a_spoiled_id_is_harmless(client, anna, spoiled):
    client.force_login(anna)

    assert client.post("/moje/powiadomienia/przeczytane/", {"id": spoiled}).status_code in (302, 404)


def test_foreign_preferences_cannot_be_reached(client, anna, piotr):
    client.force_login(piotr)

    client.post("/konto/powiadomienia/", {"deadline": "portal", "user": anna.pk, "id": anna.pk})

    assert set(Mute.objects.values_list("user", flat=True)) == {piotr.pk}
    assert not Rhythm.objects.exists()


def test_a_token_of_one_person_stops_only_that_person(client, anna, piotr):
    token = signing.dumps([anna.pk, "deadline"], salt=preferences.SALT, compress=True)
    client.force_login(piotr)

    client.post(f"/powiadomienia/wypisz/{token}/", {"user": piotr.pk, "kind": "meeting"})

    assert list(Mute.objects.values_list("user", "kind")) == [(anna.pk, "deadline")]


def test_notices_are_forgotten_after_a_year(frozen, anna):
    tell("anna@ngo.example")
    frozen.shift(366 * DAY)

    assert retention.forget_notices() == 1
