"""Addresses of consultations."""

from django.urls import path

from .views import participant, public, report, schedule

app_name = "consultations"
urlpatterns = [
    path("", public.ConsultationList.as_view(), name="list"),
    path("harmonogram/", schedule.schedule, name="schedule"),
    path("postulaty/", public.PostulateList.as_view(), name="postulates"),
    path("zgloszenie/<str:token>/", participant.SubmissionPage.as_view(), name="submission"),
    path("zgloszenie/<str:token>/popraw/", participant.EditRemarks.as_view(), name="edit"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/uwagi/", public.RemarkList.as_view(), name="remarks"),
    path("<slug:slug>/uwaga/", participant.SendRemarks.as_view(), name="send"),
    path("<slug:slug>/raport/", report.report, name="report"),
    path("<slug:slug>/raport/etap/<int:pk>/", report.stage_report, name="stage_report"),
    path("<slug:slug>/raport/etap/<int:pk>/<slug:kind>/", report.stage_report_file, name="stage_report_file"),
    path("<slug:slug>/raport/<slug:kind>/", report.report_file, name="report_file"),
    path("<slug:slug>/terminy.ics", public.calendar_file, name="calendar"),
]
