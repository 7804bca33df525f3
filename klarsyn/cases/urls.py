"""Staff addresses."""

from django.urls import URLPattern, path

from klarsyn.cases.views import case, own_reads, watching

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff = [
    path("personal/fler-arenden/", watching.budget_page, name="budget"),
    path("personal/fler-arenden/<int:asked>/godkann/", watching.agree, name="budget_agree"),
    path("personal/lasningar/", watching.samples_page, name="samples"),
    path("personal/lasningar/<uuid:team>/dra/", watching.draw, name="draw_sample"),
    path("personal/lasningar/<int:pk>/", watching.sample, name="sample"),
    path("personal/lasningar/<int:pk>/utan-anmarkning/<int:read>/", watching.sign_off, name="sign_off"),
    path("personal/lasningar/<int:pk>/fraga/<int:read>/", watching.question, name="question"),
    path("personal/chefers-lasningar/", own_reads.page, name="own_reads"),
    path("personal/chefers-lasningar/<int:read>/utan-anmarkning/", own_reads.sign_off, name="own_sign_off"),
    path("personal/chefers-lasningar/<int:read>/fraga/", own_reads.question, name="own_question"),
    path("personal/arenden/", case.case_list, name="cases"),
    path("personal/arenden/<uuid:id>/", case.case, name="case"),
    path("personal/arenden/<uuid:id>/identitet/", case.identity, name="case_identity"),
    path("personal/arenden/<uuid:id>/utdrag/", case.extract, name="case_extract"),
]
