"""Addresses of the work with the police: staff alone."""

from django.urls import URLPattern, path

from klarsyn.plan.police import meeting_views, views

staff: list[URLPattern] = [
    path("personal/samarbete/", views.cooperation, name="cooperation"),
    path("personal/samarbete/avtal/nytt/", views.agreement_new, name="agreement_new"),
    path("personal/samarbete/avtal/<int:pk>/", views.agreement, name="agreement"),
    path("personal/samarbete/avtal/<int:pk>/avsluta/", views.agreement_end, name="agreement_end"),
    path("personal/samarbete/mal/<int:pk>/", views.goal, name="goal"),
    path("personal/samarbete/gemensamt/", views.joint_work, name="joint_work"),
    path("personal/samarbete/gemensamt/<int:pk>/", views.joint_work_correct, name="joint_work_correct"),
    path("personal/samarbete/lagesbild/", views.shared_picture, name="shared_picture"),
    path("personal/samarbete/moten/", meeting_views.meetings, name="meetings"),
    path("personal/samarbete/moten/<int:pk>/", meeting_views.meeting, name="meeting"),
    path("personal/samarbete/atgarder/<int:pk>/", meeting_views.agreed, name="agreed"),
]
