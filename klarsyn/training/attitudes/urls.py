"""The addresses of surveys of attitudes."""

from django.urls import path

from klarsyn.training.attitudes import views

public = [path("matning/<slug:link>/", views.answer, name="attitudes")]
staff = [
    path("personal/matningar/", views.surveys, name="surveys"),
    path("personal/matningar/<int:pk>/", views.survey, name="survey"),
    path("personal/matningar/<int:pk>/vidare/", views.move_on, name="survey_on"),
]
