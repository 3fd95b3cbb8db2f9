"""Addresses of consultations."""

from django.urls import path

from .views import demands, participant, public, request_steps, requests, schedule

app_name = "consultations"
urlpatterns = [
    path("", public.ConsultationList.as_view(), name="list"),
    path("harmonogram/", schedule.schedule, name="schedule"),
    path("postulaty/", public.PostulateList.as_view(), name="postulates"),
    path("postulaty/<int:pk>/", demands.postulate, name="postulate"),
    path("postulaty/spotkania/<slug:slug>/", demands.demand_meeting, name="demand_meeting"),
    path("wnioski/", requests.RequestList.as_view(), name="requests"),
    path("wniosek/", request_steps.new, name="new_request"),
    path("wniosek/<int:pk>/", requests.one, name="request"),
    path("wniosek/<int:pk>/zmien/", request_steps.edit, name="edit_request"),
    path("wniosek/<int:pk>/wycofaj/", request_steps.withdraw, name="withdraw_request"),
    path("wniosek/<int:pk>/popieram/", request_steps.support, name="support"),
    path("wniosek/<int:pk>/sprawdz-poczte/", request_steps.support_asked, name="support_asked"),
    path("wniosek/poparcie/<str:token>/", request_steps.confirm_support, name="confirm_support"),
    path("zgloszenie/<str:token>/", participant.SubmissionPage.as_view(), name="submission"),
    path("zgloszenie/<str:token>/popraw/", participant.EditRemarks.as_view(), name="edit"),
    path("<slug:slug>/", public.detail, name="detail"),
    path("<slug:slug>/uwagi/", public.RemarkList.as_view(), name="remarks"),
    path("<slug:slug>/uwaga/", participant.SendRemarks.as_view(), name="send"),
    path("<slug:slug>/terminy.ics", public.calendar_file, name="calendar"),
]
