"""Addresses of consultations."""

from django.urls import path

from .views import own, participant, public, schedule, surveys

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
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/uwagi/", public.RemarkList.as_view(), name="remarks"),
    path("<slug:slug>/uwaga/", participant.SendRemarks.as_view(), name="send"),
    path("<slug:slug>/ankieta/<int:pk>/", surveys.FillSurvey.as_view(), name="survey"),
    path("<slug:slug>/ankieta/<int:pk>/wyniki/", surveys.results, name="survey_results"),
    path("<slug:slug>/terminy.ics", public.calendar_file, name="calendar"),
]
