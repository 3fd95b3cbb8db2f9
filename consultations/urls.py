"""Addresses of consultations."""

from django.urls import path

from .views import (
    changes,
    document,
    meetings,
    own,
    participant,
    participation,
    public,
    reach,
    report,
    schedule,
    surveys,
)

app_name = "consultations"
urlpatterns = [
    path("", public.ConsultationList.as_view(), name="list"),
    path("harmonogram/", schedule.schedule, name="schedule"),
    path("postulaty/", public.PostulateList.as_view(), name="postulates"),
    path("zgloszenie/<str:token>/", participant.SubmissionPage.as_view(), name="submission"),
    path("zgloszenie/<str:token>/popraw/", participant.EditRemarks.as_view(), name="edit"),
    path("zgloszenie/<str:token>/pliki/", own.OwnFiles.as_view(), name="own_files"),
    path("zgloszenie/<str:token>/pliki/<int:pk>/", own.OwnFile.as_view(), name="own_file"),
    path("zgloszenie/<str:token>/zgody/", own.Wishes.as_view(), name="wishes"),
    path("zgubiony-link/", own.LostLink.as_view(), name="lost_link"),
    path("moje-uwagi/", own.my_remarks, name="my_remarks"),
    path("udzial/", participation.participation, name="participation"),
    path("zaproszenie/<str:token>/", reach.invitation, name="invitation"),
    path("zaproszenie/<str:token>/rezygnacja/", reach.RefuseInvitations.as_view(), name="refuse_invitations"),
    path("zapis/<str:token>/", meetings.SignUpPage.as_view(), name="sign_up"),
    path("zapis/<str:token>/termin.ics", meetings.SignUpCalendar.as_view(), name="sign_up_calendar"),
    path("<slug:slug>/spotkania/<int:pk>/", meetings.MeetingPage.as_view(), name="meeting"),
    path("<slug:slug>/spotkania/<int:pk>/termin.ics", meetings.meeting_calendar, name="meeting_calendar"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/uwagi/", public.RemarkList.as_view(), name="remarks"),
    path("<slug:slug>/uwaga/", participant.SendRemarks.as_view(), name="send"),
    path("<slug:slug>/raport/", report.report, name="report"),
    path("<slug:slug>/raport/<slug:kind>/", report.report_file, name="report_file"),
    path("<slug:slug>/projekt/", document.document, name="document"),
    path("<slug:slug>/projekt/porownanie/", document.comparison, name="document_comparison"),
    path("<slug:slug>/projekt.pdf", document.document_file, name="document_file"),
    path("<slug:slug>/zmiany/", changes.changes, name="changes"),
    path("<slug:slug>/ankieta/<int:pk>/", surveys.FillSurvey.as_view(), name="survey"),
    path("<slug:slug>/ankieta/<int:pk>/wyniki/", surveys.results, name="survey_results"),
    path("<slug:slug>/terminy.ics", public.calendar_file, name="calendar"),
]
