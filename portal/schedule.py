"""The whole timetable of the portal, a sentence per line."""

from celery.schedules import crontab, schedule

TIMETABLE = {
    "Send what waits in the outbox, every minute (new mail is also sent at once).": {
        "task": "core.notifications.tasks.deliver_outbox",
        "schedule": schedule(60),
    },
    "Return claims of a worker that died, every five minutes.": {
        "task": "core.notifications.tasks.recover_outbox",
        "schedule": schedule(300),
    },
    "Turn due reminders into mail, every five minutes.": {
        "task": "core.notifications.tasks.run_due_reminders",
        "schedule": schedule(300),
    },
    "Show that the scheduler lives, every minute.": {
        "task": "core.notifications.tasks.beat_tick",
        "schedule": schedule(60),
    },
    "Close calls whose time for offers is over, every minute (those about to end are closed to the second).": {
        "task": "competitions.tasks.close_due_calls",
        "schedule": schedule(60),
    },
    "Close requests for opinions and mark silent commissions, every night at 0:20.": {
        "task": "dialogue_bodies.tasks.watch_bodies",
        "schedule": crontab(hour=0, minute=20),
    },
    "Mark profiles of organisations that nobody has confirmed for a year, every night at 1:10.": {
        "task": "organizations.tasks.mark_stale_profiles",
        "schedule": crontab(hour=1, minute=10),
    },
    "Delete reports of errors in profiles two years after they were settled, every night at 3:20.": {
        "task": "organizations.tasks.forget_reporters",
        "schedule": crontab(hour=3, minute=20),
    },
    "Ask the public registers again about organisations that wait and were not answered, every hour at 0:40.": {
        "task": "organizations.tasks.compare_unanswered",
        "schedule": crontab(minute=40),
    },
    "Delete registrations of organisations that were begun and never finished, every night at 3:35.": {
        "task": "organizations.tasks.forget_drafts",
        "schedule": crontab(hour=3, minute=35),
    },
    "Delete accounts that nobody confirmed within a week, and ended sessions, every night at 3:30.": {
        "task": "core.accounts.tasks.forget_ended",
        "schedule": crontab(hour=3, minute=30),
    },
    "Send due issues of the newsletter, go on with those broken off, finish those done, every minute.": {
        "task": "communication.tasks.sweep_newsletter",
        "schedule": schedule(60),
    },
    "Delete newsletter addresses that left a month ago or never confirmed, every night at 3:20.": {
        "task": "communication.tasks.forget_newsletter_addresses",
        "schedule": crontab(hour=3, minute=20),
    },
    "Delete the texts of mails sent long ago, every night at 3:10.": {
        "task": "core.notifications.tasks.forget_old_mail",
        "schedule": crontab(hour=3, minute=10),
    },
    "Ask the virus scanner again about files it has not judged yet, every ten minutes.": {
        "task": "core.documents.tasks.scan_waiting",
        "schedule": schedule(600),
    },
    "Open and close consultations by the clock, every minute.": {
        "task": "consultations.tasks.follow_the_clock",
        "schedule": schedule(60),
    },
    "Delete names and addresses of those who wrote in consultations once their time after the report is over, at 3:25.": {
        "task": "consultations.tasks.forget_senders",
        "schedule": crontab(hour=3, minute=25),
    },
    "Remind people of the consultation meeting they signed up for, a day before, looking every ten minutes.": {
        "task": "consultations.tasks.remind_of_meetings",
        "schedule": schedule(600),
    },
    "Delete data of people who signed up for consultation meetings once their time is over, at 3:40.": {
        "task": "consultations.tasks.forget_sign_ups",
        "schedule": crontab(hour=3, minute=40),
    },
    "Delete names and addresses of those who supported requests for consultations, every night at 3:27.": {
        "task": "consultations.tasks.forget_supporters",
        "schedule": crontab(hour=3, minute=27),
    },
    "Close invitations and acts of organisations that nobody answered in time, every hour.": {
        "task": "organizations.tasks.close_unanswered",
        "schedule": crontab(minute=5),
    },
    "Delete entries of organisations' logs that are older than they are kept, every night at 3:35.": {
        "task": "organizations.tasks.forget_openings",
        "schedule": crontab(hour=3, minute=35),
    },
    "Send gathered notifications (each morning at 7, on Mondays those of the week), looking every ten minutes.": {
        "task": "core.notifications.tasks.send_digests",
        "schedule": schedule(600),
    },
    "Go on with bulk updates of the base that were broken off, every five minutes.": {
        "task": "organizations.tasks.go_on_with_bulk_updates",
        "schedule": schedule(300),
    },
    "Gather copies of people's data left undone, delete old ones, erase accounts whose day has come, every ten minutes.": {
        "task": "core.accounts.tasks.go_on_with_own_data",
        "schedule": schedule(600),
    },
    "Make the Informator for print when it is older than a day, every hour.": {
        "task": "organizations.tasks.refresh_booklet",
        "schedule": crontab(minute=40),
    },
    "Remove packed dossiers of cases after their days, every night at 2:40.": {
        "task": "competitions.tasks.remove_old_dossiers",
        "schedule": crontab(hour=2, minute=40),
    },
    "Delete the data of old candidates for committees and of those who asked for reasons, every night at 3:35.": {
        "task": "competitions.tasks.forget_candidates",
        "schedule": crontab(hour=3, minute=35),
    },
    "Tell people of new calls that fit their saved searches, every five minutes.": {
        "task": "competitions.tasks.tell_saved_searches",
        "schedule": schedule(300),
    },
}
