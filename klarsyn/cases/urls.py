"""Staff addresses. The cases' own pages come with the receptions."""

from django.urls import URLPattern, path

from klarsyn.cases import views

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff = [
    path("personal/fler-arenden/", views.budget_page, name="budget"),
    path("personal/fler-arenden/<int:asked>/godkann/", views.agree, name="budget_agree"),
    path("personal/lasningar/", views.samples_page, name="samples"),
    path("personal/lasningar/<uuid:team>/dra/", views.draw, name="draw_sample"),
    path("personal/lasningar/<int:pk>/", views.sample, name="sample"),
    path("personal/lasningar/<int:pk>/utan-anmarkning/<int:read>/", views.sign_off, name="sign_off"),
    path("personal/lasningar/<int:pk>/fraga/<int:read>/", views.question, name="question"),
]
