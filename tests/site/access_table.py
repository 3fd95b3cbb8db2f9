"""What every named address answers: who may open what. A new address needs a row here."""

# Answers to: a stranger, a resident, a person of an NGO, a clerk of one unit, the coordinator.
EVERYBODY = (200, 200, 200, 200, 200)
NOBODY = (404, 404, 404, 404, 404)
LOGGED_IN = (302, 200, 200, 200, 200)
SENT_ON = (302, 302, 302, 302, 302)
FOUND_BY_NONE = (302, 404, 404, 404, 404)
OWN_AND_OFFICE = (302, 404, 200, 404, 200)
OFFICE = (302, 404, 404, 404, 200)
OWN_DRAFT = (302, 200, 404, 404, 404)  # the resident has begun it
OWN = (302, 404, 200, 404, 404)

# name (after »@« which row is meant): (method, words of the address, answers). »call.slug« is read from a row.
OTHERS: dict[str, tuple[str, dict, tuple[int, ...]]] = {
    "home": ("get", {}, EVERYBODY),
    "competitions:list": ("get", {}, EVERYBODY),
    "competitions:schedule": ("get", {}, EVERYBODY),
    "competitions:fit": ("get", {}, EVERYBODY),
    "competitions:paid": ("get", {}, EVERYBODY),
    "competitions:drafts": ("get", {}, EVERYBODY),
    "competitions:draft": ("get", {"slug": "review.slug"}, EVERYBODY),
    "competitions:draft_send": ("get", {"slug": "review.slug"}, EVERYBODY),
    "competitions:draft_receipt": ("get", {"token": "draft remark.token"}, EVERYBODY),
    "competitions:draft_receipt@forged": ("get", {"token": "MQ:1wXyZa:forged"}, NOBODY),
    "competitions:searches": ("get", {}, LOGGED_IN),
    "competitions:save_search": ("get", {}, LOGGED_IN),
    "competitions:edit_search": ("get", {"pk": "saved search.pk"}, (302, 404, 200, 404, 404)),
    "competitions:stop_search": ("get", {"token": "saved search.token"}, EVERYBODY),
    "competitions:stop_search@forged": ("get", {"token": "MQ:1wXyZa:forged"}, NOBODY),
    "competitions:notice": ("get", {"slug": "call.slug"}, EVERYBODY),
    "competitions:notice@draft": ("get", {"slug": "draft call.slug"}, NOBODY),
    "competitions:notice_file": ("get", {"slug": "call.slug"}, EVERYBODY),
    "competitions:notice_file@draft": ("get", {"slug": "draft call.slug"}, NOBODY),
    "competitions:versions": ("get", {"slug": "call.slug"}, EVERYBODY),
    "competitions:versions@draft": ("get", {"slug": "draft call.slug"}, NOBODY),
    "competitions:similar": ("get", {"slug": "call.slug"}, EVERYBODY),
    "competitions:similar@draft": ("get", {"slug": "draft call.slug"}, NOBODY),
    "competitions:detail": ("get", {"slug": "call.slug"}, EVERYBODY),
    "competitions:detail@draft": ("get", {"slug": "draft call.slug"}, NOBODY),
    "competitions:calendar": ("get", {"slug": "call.slug"}, EVERYBODY),
    "competitions:calendar@draft": ("get", {"slug": "draft call.slug"}, NOBODY),
    "competitions:results": ("get", {"slug": "archived call.slug"}, EVERYBODY),
    "competitions:results@open": ("get", {"slug": "call.slug"}, NOBODY),
    "competitions:ask": ("get", {"slug": "call.slug"}, LOGGED_IN),
    "competitions:ask@draft": ("get", {"slug": "draft call.slug"}, FOUND_BY_NONE),
    "competitions:offer_start": ("get", {"slug": "call.slug"}, LOGGED_IN),
    "competitions:offer_start@draft": ("get", {"slug": "draft call.slug"}, FOUND_BY_NONE),
    "competitions:offer": ("get", {"pk": "own offer.pk"}, OWN),
    "competitions:offer@foreign": ("get", {"pk": "foreign offer.pk"}, FOUND_BY_NONE),
    "competitions:offer@filed": ("get", {"pk": "filed offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_section": ("get", {"pk": "own offer.pk", "key": "task"}, OWN),
    "competitions:offer_section@foreign": ("get", {"pk": "foreign offer.pk", "key": "task"}, FOUND_BY_NONE),
    "competitions:offer_autosave": ("post", {"pk": "foreign offer.pk", "key": "task"}, FOUND_BY_NONE),
    "competitions:offer_comment": ("post", {"pk": "foreign offer.pk", "key": "task"}, FOUND_BY_NONE),
    "competitions:offer_conflict": ("post", {"pk": "foreign offer.pk", "conflict": 1}, FOUND_BY_NONE),
    "competitions:offer_annexes": ("get", {"pk": "own offer.pk"}, OWN),
    "competitions:offer_annexes@foreign": ("get", {"pk": "foreign offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_partners": ("get", {"pk": "own offer.pk"}, OWN),
    "competitions:offer_partners@foreign": ("get", {"pk": "foreign offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_check": ("get", {"pk": "own offer.pk"}, OWN),
    "competitions:offer_check@foreign": ("get", {"pk": "foreign offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_file": ("post", {"pk": "foreign offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_receipt": ("get", {"pk": "own filed offer.pk"}, OWN),
    "competitions:offer_receipt@foreign": ("get", {"pk": "filed offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_withdraw": ("get", {"pk": "own filed offer.pk"}, OWN),
    "competitions:offer_withdraw@foreign": ("post", {"pk": "filed offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_copy": ("get", {"pk": "own offer.pk"}, OWN),
    "competitions:offer_copy@foreign": ("get", {"pk": "foreign offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_pdf": ("get", {"pk": "own offer.pk"}, OWN),
    "competitions:offer_pdf@foreign": ("get", {"pk": "foreign offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_pdf@filed": ("get", {"pk": "filed offer.pk"}, (302, 404, 404, 200, 200)),
    "competitions:offer_version_pdf": ("get", {"pk": "foreign offer.pk", "number": 1}, FOUND_BY_NONE),
    "competitions:offer_docx": ("get", {"pk": "own offer.pk"}, OWN),
    "competitions:offer_docx@foreign": ("get", {"pk": "filed offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_xlsx": ("get", {"pk": "own offer.pk"}, OWN),
    "competitions:offer_xlsx@foreign": ("get", {"pk": "filed offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_import": ("get", {"pk": "own offer.pk"}, OWN),
    "competitions:offer_import@filed": ("get", {"pk": "own filed offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_import@foreign": ("get", {"pk": "foreign offer.pk"}, FOUND_BY_NONE),
    "competitions:offer_versions": ("get", {"pk": "own offer.pk"}, OWN),
    "competitions:offer_versions@filed": ("get", {"pk": "filed offer.pk"}, (302, 404, 404, 200, 200)),
    "competitions:supplement": ("get", {"pk": "own filed offer.pk"}, (302, 404, 302, 404, 404)),
    "competitions:supplement@foreign": ("post", {"pk": "filed offer.pk"}, FOUND_BY_NONE),
    "my_offers": ("get", {}, LOGGED_IN),
    "competitions:awards": ("get", {}, EVERYBODY),
    "competitions:committee": ("get", {"slug": "call.slug"}, EVERYBODY),
    "competitions:committee@draft": ("get", {"slug": "draft call.slug"}, NOBODY),
    "competitions:outcome": ("get", {"slug": "resolved call.slug"}, EVERYBODY),
    "competitions:outcome@judged": ("get", {"slug": "judged call.slug"}, NOBODY),
    "competitions:results_json": ("get", {"slug": "resolved call.slug"}, EVERYBODY),
    "competitions:results_json@judged": ("get", {"slug": "judged call.slug"}, NOBODY),
    "competitions:cards": ("get", {"slug": "resolved call.slug", "pk": "award.pk"}, EVERYBODY),
    "competitions:cards@judged": ("get", {"slug": "judged call.slug", "pk": "award.pk"}, NOBODY),
    "competitions:ask_reasons": ("get", {"slug": "resolved call.slug"}, EVERYBODY),
    "competitions:ask_reasons@judged": ("get", {"slug": "judged call.slug"}, NOBODY),
    "committee:home": ("get", {}, LOGGED_IN),
    "committee:candidates": ("get", {}, LOGGED_IN),
    "committee:apply": ("get", {}, LOGGED_IN),
    "committee:name": ("get", {}, (302, 404, 200, 404, 404)),
    "committee:consent": ("get", {"pk": "candidate.pk"}, FOUND_BY_NONE),
    "committee:withdraw": ("post", {"pk": "candidate.pk"}, FOUND_BY_NONE),
    "committee:desk": ("get", {"pk": "committee.pk"}, FOUND_BY_NONE),
    "committee:declare": ("get", {"pk": "committee.pk"}, FOUND_BY_NONE),
    "committee:offer": ("get", {"pk": "committee.pk", "offer_pk": "judged offer.pk"}, FOUND_BY_NONE),
    "committee:card": ("get", {"pk": "card.pk"}, FOUND_BY_NONE),
    "consultations:list": ("get", {}, EVERYBODY),
    "consultations:schedule": ("get", {}, EVERYBODY),
    "consultations:postulates": ("get", {}, EVERYBODY),
    "consultations:postulate": ("get", {"pk": "demand.pk"}, EVERYBODY),
    "consultations:demand_meeting": ("get", {"slug": "demand meeting.slug"}, EVERYBODY),
    "consultations:requests": ("get", {}, EVERYBODY),
    "consultations:new_request": ("get", {}, EVERYBODY),
    "consultations:request": ("get", {"pk": "request.pk"}, EVERYBODY),
    "consultations:request@draft": ("get", {"pk": "own request.pk"}, (404, 200, 404, 404, 404)),
    "consultations:edit_request": ("get", {"pk": "own request.pk"}, OWN_DRAFT),
    "consultations:withdraw_request": ("post", {"pk": "settled request.pk"}, (302, 302, 404, 404, 404)),
    "consultations:support": ("get", {"pk": "request.pk"}, EVERYBODY),
    "consultations:support@draft": ("get", {"pk": "own request.pk"}, NOBODY),
    "consultations:support_asked": ("get", {"pk": "request.pk"}, EVERYBODY),
    "consultations:confirm_support@forged": ("get", {"token": "podrobiony"}, NOBODY),
    "consultations:submission": ("get", {"token": "submission.token"}, EVERYBODY),
    "consultations:submission@forged": ("get", {"token": "MQ:1wXyZa:forged"}, NOBODY),
    "consultations:edit": ("get", {"token": "submission.token"}, EVERYBODY),
    "consultations:own_files": ("get", {"token": "submission.token"}, EVERYBODY),
    "consultations:own_files@forged": ("get", {"token": "MQ:1wXyZa:forged"}, NOBODY),
    "consultations:own_file": ("get", {"token": "paper.token", "pk": "paper.pk_of_file"}, EVERYBODY),
    "consultations:own_file@foreign": (
        "get",
        {"token": "submission.token", "pk": "paper.pk_of_file"},
        NOBODY,
    ),
    "consultations:wishes": ("post", {"token": "submission.token"}, SENT_ON),
    "consultations:wishes@forged": ("post", {"token": "MQ:1wXyZa:forged"}, NOBODY),
    "consultations:lost_link": ("get", {}, EVERYBODY),
    "consultations:my_remarks": ("get", {}, LOGGED_IN),
    "consultations:survey": ("get", {"slug": "survey.slug", "pk": "survey.pk"}, EVERYBODY),
    "consultations:survey@other": ("get", {"slug": "call.slug", "pk": "survey.pk"}, NOBODY),
    "consultations:survey_results": (
        "get",
        {"slug": "ended survey.slug", "pk": "ended survey.pk"},
        EVERYBODY,
    ),
    "consultations:survey_results@open": ("get", {"slug": "survey.slug", "pk": "survey.pk"}, NOBODY),
    "consultations:detail": ("get", {"slug": "consultation.slug"}, EVERYBODY),
    "consultations:remarks": ("get", {"slug": "consultation.slug"}, EVERYBODY),
    "consultations:report": ("get", {"slug": "reported consultation.slug"}, EVERYBODY),
    "consultations:report@open": ("get", {"slug": "consultation.slug"}, NOBODY),
    "consultations:stage_report": (
        "get",
        {"slug": "reported stage.slug", "pk": "reported stage.pk"},
        EVERYBODY,
    ),
    "consultations:stage_report@open": (
        "get",
        {"slug": "reported stage.slug", "pk": "open stage.pk"},
        NOBODY,
    ),
    "consultations:stage_report_file": (
        "get",
        {"slug": "reported stage.slug", "pk": "reported stage.pk", "kind": "csv"},
        EVERYBODY,
    ),
    "consultations:stage_report_file@open": (
        "get",
        {"slug": "reported stage.slug", "pk": "open stage.pk", "kind": "csv"},
        NOBODY,
    ),
    "consultations:report_file": ("get", {"slug": "reported consultation.slug", "kind": "csv"}, EVERYBODY),
    "consultations:report_file@open": ("get", {"slug": "consultation.slug", "kind": "csv"}, NOBODY),
    "consultations:send": ("get", {"slug": "consultation.slug"}, EVERYBODY),
    "consultations:document": ("get", {"slug": "consultation.slug"}, EVERYBODY),
    "consultations:document_comparison": ("get", {"slug": "consultation.slug"}, EVERYBODY),
    "consultations:document_file": ("get", {"slug": "consultation.slug"}, EVERYBODY),
    "consultations:changes": ("get", {"slug": "consultation.slug"}, EVERYBODY),
    "consultations:calendar": ("get", {"slug": "consultation.slug"}, EVERYBODY),
    "consultations:participation": ("get", {}, EVERYBODY),
    "consultations:meeting": ("get", {"slug": "consultation.slug", "pk": "meeting.pk"}, EVERYBODY),
    "consultations:meeting@other": ("get", {"slug": "consultation.slug", "pk": 0}, NOBODY),
    "consultations:meeting_calendar": ("get", {"slug": "consultation.slug", "pk": "meeting.pk"}, EVERYBODY),
    "consultations:sign_up": ("get", {"token": "sign-up.token"}, EVERYBODY),
    "consultations:sign_up@forged": ("get", {"token": "MQ:1wXyZa:forged"}, NOBODY),
    "consultations:sign_up_calendar": ("get", {"token": "sign-up.token"}, EVERYBODY),
    "consultations:sign_up_calendar@forged": ("get", {"token": "MQ:1wXyZa:forged"}, NOBODY),
    "consultations:invitation": ("get", {"token": "invitation.token"}, SENT_ON),
    "consultations:invitation@forged": ("get", {"token": "MQ:1wXyZa:forged"}, NOBODY),
    "consultations:refuse_invitations": ("get", {"token": "invitation.token"}, EVERYBODY),
    "consultations:refuse_invitations@forged": ("post", {"token": "MQ:1wXyZa:forged"}, NOBODY),
    "dialogue_bodies:list": ("get", {}, EVERYBODY),
    "dialogue_bodies:council": ("get", {}, SENT_ON),
    "dialogue_bodies:detail": ("get", {"slug": "body.slug"}, EVERYBODY),
    "dialogue_bodies:meetings": ("get", {"slug": "body.slug"}, EVERYBODY),
    "organizations:list": ("get", {}, EVERYBODY),
    "organizations:informator": ("get", {}, EVERYBODY),
    "organizations:branch": ("get", {"code": "branch.code"}, EVERYBODY),
    "organizations:booklet": ("get", {}, EVERYBODY),
    "organizations:partners": ("get", {}, EVERYBODY),
    "organizations:partner": ("get", {"pk": "notice.pk"}, EVERYBODY),
    "organizations:partner_answer": ("get", {"pk": "notice.pk"}, LOGGED_IN),
    "organizations:partner_edit": ("get", {"pk": "notice.pk"}, (302, 404, 200, 404, 404)),
    "organizations:partner_edit@foreign": ("get", {"pk": "foreign notice.pk"}, FOUND_BY_NONE),
    "organizations:partner_withdraw": ("get", {"pk": "notice.pk"}, (405, 405, 405, 405, 405)),
    "organizations:partner_withdraw@foreign": ("post", {"pk": "foreign notice.pk"}, FOUND_BY_NONE),
    "organizations:partner_report": ("get", {"pk": "notice.pk"}, EVERYBODY),
    "organizations:partner_add": ("get", {"slug": "own.slug"}, OWN_AND_OFFICE),
    "organizations:partner_add@foreign": ("get", {"slug": "foreign.slug"}, OFFICE),
    "organizations:edit_logo": ("get", {"slug": "own.slug"}, OWN_AND_OFFICE),
    "organizations:edit_logo@foreign": ("get", {"slug": "foreign.slug"}, OFFICE),
    "organizations:logo": ("get", {"slug": "own.slug", "version": "logo.version"}, EVERYBODY),
    "organizations:logo@other": ("get", {"slug": "own.slug", "version": "0"}, NOBODY),
    "organizations:register": ("get", {}, LOGGED_IN),
    "organizations:register_number": ("get", {"pk": "begun.pk"}, (302, 302, 404, 404, 404)),
    "organizations:register_step": ("get", {"pk": "begun.pk", "step": "nazwa"}, OWN_DRAFT),
    "organizations:register_step@unknown": ("get", {"pk": "begun.pk", "step": "nic"}, FOUND_BY_NONE),
    "organizations:register_similar": ("get", {"pk": "begun.pk"}, (302, 302, 404, 404, 404)),
    "organizations:register_check": ("get", {"pk": "begun.pk"}, (302, 302, 404, 404, 404)),
    "organizations:register_discard": ("get", {"pk": "begun.pk"}, (405, 405, 405, 405, 405)),
    "organizations:choose": ("post", {}, (302, 403, 403, 403, 403)),
    "organizations:detail": ("get", {"slug": "foreign.slug"}, EVERYBODY),
    "organizations:detail@unpublished": ("get", {"slug": "unpublished.slug"}, (404, 200, 404, 404, 200)),
    "organizations:report_error": ("get", {"slug": "foreign.slug"}, EVERYBODY),
    "organizations:report_error@unpublished": ("get", {"slug": "unpublished.slug"}, NOBODY),
    "organizations:edit": ("get", {"slug": "own.slug"}, OWN_AND_OFFICE),
    "organizations:edit@foreign": ("get", {"slug": "foreign.slug"}, OFFICE),
    "organizations:confirm": ("get", {"slug": "own.slug"}, (405, 405, 405, 405, 405)),
    "organizations:confirm@foreign": ("post", {"slug": "foreign.slug"}, FOUND_BY_NONE),
    "organizations:offers": ("get", {"slug": "own.slug"}, OWN_AND_OFFICE),
    "organizations:offers@foreign": ("get", {"slug": "foreign.slug"}, OFFICE),
    "organizations:claim": ("get", {"slug": "foreign.slug"}, LOGGED_IN),
    "organizations:claim@unpublished": ("get", {"slug": "unpublished.slug"}, FOUND_BY_NONE),
    "organizations:people": ("get", {"slug": "own.slug"}, OWN_AND_OFFICE),
    "organizations:people@foreign": ("get", {"slug": "foreign.slug"}, OFFICE),
    "organizations:decide": ("post", {"slug": "own.slug", "pk": "mandate.pk"}, (302, 404, 403, 404, 403)),
    "organizations:decide@foreign": ("post", {"slug": "foreign.slug", "pk": "mandate.pk"}, FOUND_BY_NONE),
    "organizations:leave": ("get", {"slug": "own.slug", "pk": "mandate.pk"}, OFFICE),
    "organizations:handover": ("get", {"slug": "own.slug", "pk": "mandate.pk"}, OWN_AND_OFFICE),
    "organizations:renew": ("get", {"slug": "own.slug", "pk": "mandate.pk"}, FOUND_BY_NONE),
    "organizations:revisions": ("get", {"slug": "own.slug"}, OWN_AND_OFFICE),
    "organizations:revisions@foreign": ("get", {"slug": "foreign.slug"}, OFFICE),
    "organizations:access_log": ("get", {"slug": "own.slug"}, OWN_AND_OFFICE),
    "organizations:access_log@foreign": ("get", {"slug": "foreign.slug"}, OFFICE),
    "organizations:invite": ("get", {"slug": "own.slug"}, (302, 404, 200, 404, 404)),
    "organizations:invite@foreign": ("get", {"slug": "foreign.slug"}, FOUND_BY_NONE),
    "organizations:manage_invitation": ("post", {"slug": "own.slug", "pk": 0}, FOUND_BY_NONE),
    "organizations:act": ("get", {"slug": "own.slug", "pk": "act.pk"}, (302, 404, 200, 404, 404)),
    "organizations:act@foreign": ("get", {"slug": "foreign.slug", "pk": "act.pk"}, FOUND_BY_NONE),
    "organizations:dissolve": ("get", {"slug": "own.slug"}, (302, 404, 200, 404, 404)),
    "organizations:dissolve@foreign": ("get", {"slug": "foreign.slug"}, FOUND_BY_NONE),
    "organizations:invitation": ("get", {"token": "zgadywany"}, NOBODY),
    "organizations:request": ("get", {"pk": "claim.pk"}, FOUND_BY_NONE),
    "organizations:withdraw_request": ("post", {"pk": "claim.pk"}, FOUND_BY_NONE),
    "organizations:end_help": ("post", {"pk": 0}, FOUND_BY_NONE),
    "organizations:confirm_page": ("get", {"token": "zgadywany"}, FOUND_BY_NONE),
    "demands": ("get", {}, SENT_ON),
    "neighbourhood": ("get", {}, EVERYBODY),
    "neighbourhood_district": ("get", {"number": "13"}, EVERYBODY),
    "branch": ("get", {"code": "branch.code"}, EVERYBODY),
    "branch_feed": ("get", {"code": "branch.code"}, EVERYBODY),
    "programmes:list": ("get", {}, EVERYBODY),
    "programmes:detail": ("get", {"slug": "programme.slug"}, EVERYBODY),
    "resources:list": ("get", {}, EVERYBODY),
    "resources:detail": ("get", {"slug": "resource.slug"}, EVERYBODY),
    "grants:list": ("get", {}, EVERYBODY),
    "grants:detail": ("get", {"pk": "grant.pk"}, EVERYBODY),
    "communication:news_list": ("get", {}, EVERYBODY),
    "communication:news_feed": ("get", {}, EVERYBODY),
    "communication:send_news": ("get", {}, LOGGED_IN),
    "communication:correct_news": ("get", {"pk": "draft news.pk"}, FOUND_BY_NONE),
    "communication:news": ("get", {"slug": "news.slug"}, EVERYBODY),
    "communication:news@draft": ("get", {"slug": "draft news.slug"}, NOBODY),
    "communication:news_ical": ("get", {"slug": "news.slug"}, EVERYBODY),
    "communication:news_ical@draft": ("get", {"slug": "draft news.slug"}, NOBODY),
    "communication:newsletter": ("get", {}, EVERYBODY),
    "communication:signed_up": ("get", {}, EVERYBODY),
    "communication:confirm": ("get", {"token": "zgadywany"}, NOBODY),
    "communication:settings": ("get", {"token": "subscriber.settings_token"}, EVERYBODY),
    "communication:settings@other_key": ("get", {"token": "subscriber.unsubscribe_token"}, NOBODY),
    "communication:unsubscribe": ("get", {"token": "subscriber.unsubscribe_token"}, EVERYBODY),
    "communication:issue": ("get", {"slug": "issue.slug"}, EVERYBODY),
    "communication:issue@draft": ("get", {"slug": "draft issue.slug"}, NOBODY),
    "communication:contact": ("get", {}, EVERYBODY),
    "documents:download": ("get", {"pk": "file.pk", "name": "file.original_name"}, EVERYBODY),
    "notifications:follow": ("post", {}, FOUND_BY_NONE),
    "notifications:preferences": ("get", {}, LOGGED_IN),
    "notifications:centre": ("get", {}, LOGGED_IN),
    "notifications:mark_read": ("post", {}, SENT_ON),
    "notifications:unsubscribe": ("get", {}, EVERYBODY),
    "account_home": ("get", {}, LOGGED_IN),
    "account_name": ("get", {}, LOGGED_IN),
    "account_email": ("get", {}, LOGGED_IN),
    "account_email_verification_sent": ("get", {}, SENT_ON),
    "account_login": ("get", {}, (200, 302, 302, 302, 302)),
    "account_logout": ("get", {}, LOGGED_IN),
    "account_signup": ("get", {}, (200, 302, 302, 302, 302)),
    "account_inactive": ("get", {}, EVERYBODY),
    "account_reauthenticate": ("get", {}, LOGGED_IN),
    "kept_form": ("get", {}, SENT_ON),
    "account_change_password": ("get", {}, LOGGED_IN),
    "account_set_password": ("get", {}, SENT_ON),
    "account_reset_password": ("get", {}, EVERYBODY),
    "account_reset_password_done": ("get", {}, EVERYBODY),
    "account_reset_password_from_key_done": ("get", {}, EVERYBODY),
    "account_reset_password_from_key": ("get", {"uidb36": "1", "key": "zgadywany-klucz"}, EVERYBODY),
    "mfa_index": ("get", {}, LOGGED_IN),
    "second_factor_required": ("get", {}, SENT_ON),
    "mfa_authenticate": ("get", {}, SENT_ON),
    "mfa_reauthenticate": ("get", {}, SENT_ON),
    "mfa_activate_totp": ("get", {}, SENT_ON),
    "mfa_deactivate_totp": ("get", {}, FOUND_BY_NONE),
    "mfa_view_recovery_codes": ("get", {}, FOUND_BY_NONE),
    "mfa_generate_recovery_codes": ("get", {}, SENT_ON),
    "mfa_download_recovery_codes": ("get", {}, FOUND_BY_NONE),
    "mfa_list_webauthn": ("get", {}, LOGGED_IN),
    "mfa_add_webauthn": ("get", {}, SENT_ON),
    "mfa_login_webauthn": ("get", {}, SENT_ON),
    "mfa_reauthenticate_webauthn": ("get", {}, SENT_ON),
    "mfa_remove_webauthn": ("get", {"pk": 1}, SENT_ON),
    "mfa_edit_webauthn": ("get", {"pk": 1}, SENT_ON),
    "own_data": ("get", {}, SENT_ON),
    "download_data": ("get", {"pk": 0}, SENT_ON),
    "erase_account": ("get", {}, SENT_ON),
    "keep_account": ("post", {}, SENT_ON),
    "usersessions_list": ("get", {}, LOGGED_IN),
    "prolong_session": ("post", {}, LOGGED_IN),
    "end_session": ("post", {"pk": 0}, SENT_ON),
    "calendar": ("get", {}, EVERYBODY),
    "search": ("get", {}, EVERYBODY),
    "data": ("get", {}, EVERYBODY),
    "knowledge": ("get", {}, EVERYBODY),
    "my_matters": ("get", {}, LOGGED_IN),
    "my_deadlines": ("get", {}, LOGGED_IN),
    "renew_calendar_key": ("post", {}, SENT_ON),
    "private_calendar": ("get", {"token": "zgadywany"}, NOBODY),
    "choose_language": ("get", {"code": "en"}, SENT_ON),
    "choose_language@unknown": ("get", {"code": "xx"}, NOBODY),
    "appearance": ("get", {}, EVERYBODY),
    "accessibility": ("get", {}, EVERYBODY),
    "privacy": ("get", {}, EVERYBODY),
    "terms": ("get", {}, EVERYBODY),
    "about": ("get", {}, EVERYBODY),
    "rulebook": ("get", {}, EVERYBODY),
    "site_map": ("get", {}, EVERYBODY),
    "sitemap": ("get", {}, EVERYBODY),
    "robots": ("get", {}, EVERYBODY),
    "favicon": ("get", {}, SENT_ON),
    "security_txt": ("get", {}, EVERYBODY),
    "alive": ("get", {}, EVERYBODY),
    "ready": ("get", {}, EVERYBODY),
}

# The desk sends everybody else to the log-in; these are the answers to the clerk and to the coordinator.
# 302 on one row: there is no such row for this person. 403 to both: only administrators, or nobody by hand.
_DESK = {
    (404, 404): """
        competitions_offer_act competitions_call_dossier
        view_on_site communication_newsitem_replace_file communication_newsitem_remove_file
        communication_newsitem_record_takedown competitions_call_replace_file
        competitions_call_remove_file competitions_call_record_takedown competitions_callquestion_act
        competitions_committee_act competitions_callscheduleentry_act dialogue_bodies_dialoguebody_replace_file
        competitions_callscheduleentry_act competitions_calltemplate_act competitions_draftreview_act competitions_draftremark_act
        dialogue_bodies_dialoguebody_replace_file
        dialogue_bodies_dialoguebody_remove_file dialogue_bodies_dialoguebody_record_takedown
        dialogue_bodies_meeting_replace_file dialogue_bodies_meeting_remove_file
        dialogue_bodies_meeting_record_takedown dialogue_bodies_bodydocument_replace_file
        dialogue_bodies_bodydocument_remove_file dialogue_bodies_bodydocument_record_takedown
        consultations_report_replace_file consultations_report_remove_file
        consultations_report_record_takedown consultations_consultation_replace_file
        consultations_consultation_remove_file consultations_consultation_record_takedown
        consultations_consultation_document_preview
    """,
    (200, 200): """
        competitions_offer_changelist competitions_offer_history competitions_offer_change competitions_offer_card
        competitions_call_statistics competitions_call_card competitions_call_letters competitions_call_clock
        competitions_call_dossiers
        index password_change_done jsi18n communication_newsitem_add_file
        communication_newsitem_record_publication communication_newsitem_changelist
        communication_newsitem_add communication_newsitem_history communication_newsitem_change
        grants_smallgrant_changelist grants_smallgrant_add competitions_call_act
        competitions_call_add_file competitions_call_record_publication competitions_call_changelist
        competitions_call_add competitions_call_history competitions_call_change competitions_call_preview
        competitions_calltemplate_changelist competitions_calltemplate_history competitions_calltemplate_change
        competitions_draftreview_changelist competitions_draftreview_change competitions_draftreview_history
        competitions_draftremark_changelist competitions_draftremark_change competitions_draftremark_history
        competitions_callquestion_changelist competitions_callresult_changelist
        competitions_callresult_history competitions_callresult_change
        competitions_callscheduleentry_changelist competitions_callscheduleentry_add
        competitions_callscheduleentry_history competitions_callscheduleentry_change
        consultations_remark_cover consultations_consultation_answers consultations_consultation_alike
        consultations_assignment_changelist consultations_assignment_history consultations_assignment_change
        consultations_assignment_call_off
        consultations_remark_hide consultations_remark_changelist consultations_remark_history
        consultations_remark_change consultations_submission_changelist consultations_submission_history
        consultations_submission_change consultations_report_add_file
        consultations_report_record_publication consultations_report_changelist
        consultations_report_history consultations_report_change consultations_report_preview
        consultations_report_preview_pdf consultations_consultation_extend
        consultations_consultation_entry consultations_consultation_table_csv
        consultations_consultation_table_xlsx consultations_consultation_add_file
        consultations_consultation_document
        consultations_consultation_record_publication consultations_consultation_changelist
        consultations_consultation_add consultations_consultation_history
        consultations_consultation_change consultations_postulate_changelist consultations_postulate_add
        consultations_survey_changelist consultations_survey_add consultations_survey_history
        consultations_survey_change consultations_survey_publish_view consultations_survey_close_view
        consultations_survey_results_view consultations_surveyanswer_changelist
        consultations_surveyanswer_history consultations_surveyanswer_change
        consultations_postulate_history consultations_postulate_change resources_resource_changelist
        consultations_formdate_changelist consultations_formdate_history consultations_formdate_change
        consultations_formdate_door consultations_formdate_entry consultations_formdate_call_off
        consultations_invitationbatch_changelist consultations_invitationbatch_add
        consultations_invitationbatch_history consultations_invitationbatch_change consultations_consultation_bodies
        consultations_postulate_follow_up consultations_postulate_merge
        consultations_demandmeeting_changelist consultations_demandmeeting_add consultations_demandmeeting_history
        consultations_demandmeeting_change consultations_demandmeeting_import consultations_demandmeeting_publish
        consultations_consultationrequest_changelist consultations_consultationrequest_history
        consultations_consultationrequest_change consultations_consultation_from_template
        consultations_consultation_copy
        resources_resource_add resources_resource_history resources_resource_change
        organizations_organization_changelist organizations_organization_history
        organizations_organization_change app_list competitions_committee_ranking
        competitions_committee_minutes competitions_committee_minutes_pdf competitions_committee_changelist
        competitions_committee_history competitions_committee_change competitions_committeecandidate_changelist
        competitions_committeecandidate_history competitions_committeecandidate_change
        competitions_reasonrequest_changelist competitions_reasonrequest_history
        competitions_reasonrequest_change
    """,
    (302, 302): """
        consultations_consultationrequest_move
        competitions_offer_move competitions_offer_request
        login password_change communication_newsitem_move competitions_call_move consultations_consultation_move
        consultations_formdate_release
        consultations_consultation_document_edit
        organizations_organization_move competitions_committeecandidate_move
    """,
    (405, 405): """
        organizations_organization_ask_registers
        logout
    """,
    (403, 403): """
        consultations_demandmeeting_delete consultations_consultationrequest_add
        consultations_consultationrequest_delete consultations_consultationtemplate_delete
        competitions_offer_add competitions_offer_delete competitions_formalitemtemplate_delete
        competitions_rejectionreason_delete
        autocomplete legal_legalparameter_delete legal_auditentry_add legal_auditentry_delete
        communication_accessibilitydeclaration_add communication_accessibilitydeclaration_delete
        communication_contactmessage_add communication_contactmessage_delete
        communication_newsitem_delete communication_newsletterissue_assemble
        communication_newsletterissue_delete communication_subscriber_add
        communication_subscriber_delete grants_smallgrant_delete competitions_call_delete
        competitions_callquestion_add competitions_callquestion_delete competitions_callresult_add
        competitions_callresult_delete competitions_callscheduleentry_delete competitions_calltemplate_delete
        competitions_draftreview_add competitions_draftreview_delete competitions_draftremark_add
        competitions_draftremark_delete
        dialogue_bodies_dialoguebody_delete dialogue_bodies_meeting_delete
        dialogue_bodies_bodydocument_delete dialogue_bodies_opinionrequest_delete
        consultations_assignment_add consultations_assignment_delete
        consultations_remark_add consultations_remark_delete consultations_submission_add
        consultations_submission_delete consultations_report_add consultations_report_delete
        consultations_survey_delete consultations_surveyanswer_add consultations_surveyanswer_delete
        consultations_formdate_add consultations_formdate_delete consultations_invitationbatch_delete
        consultations_consultation_delete consultations_postulate_delete programmes_programme_delete
        resources_resource_delete organizations_organization_delete organizations_mandate_decide
        organizations_mandate_delete organizations_identityrevision_decide
        organizations_identityrevision_add organizations_identityrevision_delete
        organizations_errorreport_decide organizations_errorreport_add organizations_errorreport_delete
        organizations_merge_add organizations_merge_delete organizations_bulkupdate_delete
        organizations_partnernotice_decide organizations_partnernotice_add organizations_partnernotice_delete
        notifications_outboxmail_add notifications_outboxmail_delete notifications_reminder_add
        notifications_reminder_delete city_city_add city_city_delete city_organizationalunit_delete
        city_district_delete city_tasksphere_delete city_branch_delete city_rolegrant_changelist
        city_rolegrant_add city_rolegrant_history city_rolegrant_delete city_rolegrant_change
        accounts_user_remove_second_factor accounts_user_changelist accounts_user_add
        accounts_user_history accounts_user_delete accounts_user_change competitions_committee_add
        competitions_committee_delete competitions_committeecandidate_add
        competitions_committeecandidate_delete competitions_reasonrequest_add
        competitions_reasonrequest_delete
    """,
    (403, 200): """
        consultations_consultationtemplate_changelist consultations_consultationtemplate_add
        consultations_consultationtemplate_history consultations_consultationtemplate_change
        organizations_organization_twins organizations_organization_choose_twin organizations_merge_changelist
        organizations_merge_history organizations_merge_change organizations_bulkupdate_changelist
        organizations_bulkupdate_add organizations_bulkupdate_change organizations_bulkupdate_history
        organizations_bulkupdate_mapping organizations_bulkupdate_apply organizations_bulkupdate_progress
        organizations_bulkupdate_result
        competitions_formalitemtemplate_changelist competitions_formalitemtemplate_add
        competitions_formalitemtemplate_history competitions_formalitemtemplate_change
        competitions_rejectionreason_changelist competitions_rejectionreason_add
        competitions_rejectionreason_history competitions_rejectionreason_change
        legal_legalparameter_changelist legal_legalparameter_add legal_legalparameter_history
        legal_legalparameter_change legal_auditentry_changelist legal_auditentry_history
        legal_auditentry_change communication_accessibilitydeclaration_changelist
        communication_accessibilitydeclaration_history communication_accessibilitydeclaration_change
        communication_contactmessage_changelist communication_contactmessage_history
        communication_contactmessage_change communication_newsletterissue_preview
        communication_newsletterissue_changelist communication_newsletterissue_add
        communication_newsletterissue_history communication_newsletterissue_change
        communication_subscriber_changelist communication_subscriber_history
        communication_subscriber_change grants_smallgrant_history competitions_callquestion_history
        competitions_calltemplate_add
        dialogue_bodies_dialoguebody_changelist dialogue_bodies_dialoguebody_add
        dialogue_bodies_dialoguebody_history dialogue_bodies_dialoguebody_change
        dialogue_bodies_meeting_changelist dialogue_bodies_meeting_add dialogue_bodies_meeting_history
        dialogue_bodies_meeting_change dialogue_bodies_bodydocument_changelist
        dialogue_bodies_bodydocument_add dialogue_bodies_bodydocument_history
        dialogue_bodies_bodydocument_change dialogue_bodies_opinionrequest_changelist
        dialogue_bodies_opinionrequest_add dialogue_bodies_opinionrequest_history
        dialogue_bodies_opinionrequest_change programmes_programme_changelist programmes_programme_add
        programmes_programme_history programmes_programme_change organizations_organization_add_file
        organizations_organization_record_publication organizations_organization_add
        organizations_queue organizations_mandate_changelist organizations_mandate_add organizations_mandate_history
        organizations_mandate_change organizations_identityrevision_changelist
        organizations_identityrevision_history organizations_identityrevision_change
        organizations_errorreport_changelist organizations_errorreport_history
        organizations_errorreport_change organizations_partnernotice_changelist
        organizations_partnernotice_history organizations_partnernotice_change
        notifications_outboxmail_changelist
        notifications_outboxmail_history notifications_outboxmail_change
        notifications_reminder_changelist notifications_reminder_history notifications_reminder_change
        city_city_changelist city_city_history city_city_change city_organizationalunit_changelist
        city_organizationalunit_add city_organizationalunit_history city_organizationalunit_change
        city_district_changelist city_district_add city_district_history city_district_change
        city_tasksphere_changelist city_tasksphere_add city_tasksphere_history city_tasksphere_change
        city_branch_changelist city_branch_add city_branch_history city_branch_change
    """,
    (302, 200): """
        grants_smallgrant_change competitions_callquestion_change
    """,
    (404, 200): """
        consultations_consultation_stage_report
        dialogue_bodies_dialoguebody_add_file dialogue_bodies_dialoguebody_record_publication
        dialogue_bodies_meeting_add_file dialogue_bodies_meeting_record_publication
        dialogue_bodies_bodydocument_add_file dialogue_bodies_bodydocument_record_publication
    """,
    (404, 302): """
        dialogue_bodies_dialoguebody_move dialogue_bodies_meeting_move
    """,
    (403, 404): """
        organizations_organization_merge
        organizations_organization_replace_file organizations_organization_remove_file
        organizations_organization_record_takedown
    """,
    (403, 302): """
        communication_contactmessage_move communication_newsletterissue_move organizations_queue_item
        organizations_bulkupdate_drop
        communication_contactmessage_move communication_newsletterissue_move
    """,
}
DESK = {name: answers for answers, names in _DESK.items() for name in names.split()}
