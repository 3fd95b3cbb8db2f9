"""Addresses of the account. The names are those of the log-in library, the paths are ours."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from django.urls import include, path

from .views import home, own_data, recovery_codes, sessions

# The key of the link is moved to the session at once; this word takes its place in the address.
new_password = account.PasswordResetFromKeyView.as_view(reset_url_key="wpisz")

password_urls = [
    path("zmiana/", account.password_change, name="account_change_password"),
    path("ustawienie/", account.password_set, name="account_set_password"),
    path("odzyskiwanie/", account.password_reset, name="account_reset_password"),
    path("odzyskiwanie/wyslane/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "odzyskiwanie/gotowe/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("nowe/<slug:uidb36>/<slug:key>/", new_password, name="account_reset_password_from_key"),
]

second_factor_urls = [
    path("", second_factor.index, name="mfa_index"),
    path("wymagany/", home.second_factor_required, name="second_factor_required"),
    path("kod/", second_factor.authenticate, name="mfa_authenticate"),
    path("potwierdz/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("aplikacja/wlacz/", app.activate_totp, name="mfa_activate_totp"),
    path("aplikacja/wylacz/", app.deactivate_totp, name="mfa_deactivate_totp"),
    path("kody/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("kody/nowe/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("kody/pobierz/", recovery_codes.DownloadCodes.as_view(), name="mfa_download_recovery_codes"),
]

key_urls = [
    path("", keys.list_webauthn, name="mfa_list_webauthn"),
    path("dodaj/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("logowanie/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("potwierdz/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("<int:pk>/usun/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("<int:pk>/nazwa/", keys.edit_webauthn, name="mfa_edit_webauthn"),
]

session_urls = [
    path("", sessions.session_list, name="usersessions_list"),
    path("przedluz/", sessions.prolong_session, name="prolong_session"),
    path("<int:pk>/zakoncz/", sessions.end_session, name="end_session"),
]

urlpatterns = [
    path("", home.account_home, name="account_home"),
    path("dane/", home.change_name, name="account_name"),
    path("adres/", account.email, name="account_email"),
    path("adres/kod/", account.email_verification_sent, name="account_email_verification_sent"),
    path("logowanie/", account.login, name="account_login"),
    path("wyloguj/", account.logout, name="account_logout"),
    path("rejestracja/", account.signup, name="account_signup"),
    path("zablokowane/", account.account_inactive, name="account_inactive"),
    path("potwierdz/", account.reauthenticate, name="account_reauthenticate"),
    path("zachowany-formularz/", sessions.kept_form_page, name="kept_form"),
    path("haslo/", include(password_urls)),
    path("drugi-skladnik/", include(second_factor_urls)),
    path("klucze/", include(key_urls)),
    path("sesje/", include(session_urls)),
    path("moje-dane/", own_data.own_data, name="own_data"),
    path("moje-dane/<int:pk>/", own_data.download_data, name="download_data"),
    path("usun/", own_data.erase_account, name="erase_account"),
    path("usun/wycofaj/", own_data.keep_account, name="keep_account"),
]
