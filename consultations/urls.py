"""Addresses of consultations."""

from django.urls import path

from .views import meetings, participant, participation, public, reach, schedule

app_name = "consultations"
urlpatterns = [
    path("", public.ConsultationList.as_view(), name="list"),
    path("harmonogram/", schedule.schedule, name="schedule"),
    path("postulaty/", public.PostulateList.as_view(), name="postulates"),
    path("zgloszenie/<str:token>/", participant.SubmissionPage.as_view(), name="submission"),
    path("zgloszenie/<str:token>/popraw/", participant.EditRemarks.as_view(), name="edit"),
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
    path("<slug:slug>/terminy.ics", public.calendar_file, name="calendar"),
]
