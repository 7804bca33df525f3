"""Staff addresses."""

from django.urls import URLPattern, path

from klarsyn.cases.views import case, caseload, giving, htcds, own_reads, support, turns, watching, writing

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
    path("personal/arenden/", caseload.case_list, name="cases"),
    path("personal/arenden/<uuid:id>/", case.case, name="case"),
    path("personal/arenden/<uuid:id>/identitet/", case.identity, name="case_identity"),
    path("personal/arenden/nytt/<uuid:team>/", caseload.take_in, name="take_in"),
    path("personal/arenden/<uuid:id>/skriv/<slug:kind>/", writing.write, name="write"),
    path("personal/arenden/<uuid:id>/anteckning/<uuid:record>/", writing.note, name="note"),
    path("personal/arenden/<uuid:id>/ratta/<uuid:record>/", writing.correct, name="correct"),
    path("personal/arenden/<uuid:id>/skriv-ut/", case.print_page, name="print"),
    path("personal/arenden/<uuid:id>/uppgift/", turns.task, name="task"),
    path("personal/arenden/<uuid:id>/rubrik/", turns.turn, {"what": "rename"}, name="rename"),
    path("personal/arenden/<uuid:id>/skydd/", turns.turn, {"what": "protect"}, name="protect"),
    path("personal/arenden/<uuid:id>/lamna-over/", turns.turn, {"what": "hand_over"}, name="hand_over"),
    path("personal/arenden/<uuid:id>/avsluta/", turns.turn, {"what": "close"}, name="close"),
    path("personal/arenden/<uuid:id>/oppna-igen/", turns.turn, {"what": "reopen"}, name="reopen"),
    path("personal/arenden/<uuid:id>/forsegla/", turns.seal, {"what": "seal"}, name="seal"),
    path("personal/arenden/<uuid:id>/hav-forsegling/", turns.seal, {"what": "lift_seal"}, name="lift_seal"),
    path("personal/arenden/<uuid:id>/utdrag/", case.extract, name="case_extract"),
    path("personal/arenden/<uuid:id>/stod/", support.support, name="support"),
    path("personal/arenden/<uuid:id>/mal/", support.goals, name="goals"),
    path(
        "personal/arenden/<uuid:id>/fragor/<slug:instrument>/<slug:time>/",
        support.questions,
        name="questions",
    ),
    path("personal/arenden/<uuid:id>/stodprocess/", support.trafficking_route, name="route"),
    path("personal/arenden/<uuid:id>/utlamnanden/", giving.giving, name="giving"),
    path("personal/arenden/<uuid:id>/utlamnanden/nytt/", giving.disclose, name="disclose"),
    path("personal/arenden/<uuid:id>/utlamnanden/<uuid:record>/", giving.disclosure, name="disclosure"),
    path("personal/arenden/<uuid:id>/samtycke/", giving.consent, name="consent"),
    path("personal/arenden/<uuid:id>/samtycke/<uuid:record>/aterta/", giving.withdraw, name="withdraw"),
    path("personal/arenden/<uuid:id>/hanvisning/<uuid:record>/fil/", giving.file, name="referral_file"),
    path("personal/arenden/<uuid:id>/hanvisning/<uuid:record>/<slug:step>/", giving.move, name="move"),
    path("personal/arenden/<uuid:id>/statistikfil/", giving.file, name="statistics_file"),
    path("personal/htcds/", htcds.check, name="htcds"),
]
