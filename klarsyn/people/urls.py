"""Staff addresses. Signing in is all that is open to anyone here."""

from django.urls import URLPattern, path

from klarsyn.people.views import desk, log, outside, rescue, security, sign_in, staff, team

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff = [
    path("personal/", desk.desk, name="desk"),
    path("personal/roller/", desk.roles, name="roles"),
    path("personal/logga-in/", sign_in.sign_in, name="sign_in"),
    path("personal/logga-in/steg-2/", sign_in.second_factor, name="second_factor"),
    path("personal/logga-in/demo/", sign_in.demo_sign_in, name="demo_sign_in"),
    path("personal/logga-in/oidc/", outside.oidc_begin, name="oidc_begin"),
    path("personal/logga-in/oidc/svar/", outside.oidc_answer, name="oidc_answer"),
    path("personal/logga-in/oidc/utloggad/", outside.oidc_logout, name="oidc_logout"),
    path("personal/logga-in/saml/", outside.saml_begin, name="saml_begin"),
    path("personal/logga-in/saml/svar/", outside.saml_answer, name="saml_answer"),
    path("personal/logga-in/saml/klar/", outside.saml_finish, name="saml_finish"),
    path("personal/logga-in/saml/metadata.xml", outside.saml_metadata, name="saml_metadata"),
    path("personal/logga-ut/", sign_in.sign_out, name="sign_out"),
    path("personal/logga-ut/klar/", sign_in.signed_out, name="signed_out"),
    path("personal/las-upp/", sign_in.unlock, name="unlock"),
    path("personal/bekrafta/", sign_in.step_up, name="step_up"),
    path("personal/sakerhet/", security.overview, name="security"),
    path("personal/sakerhet/losenord/", security.password, name="password"),
    path("personal/sakerhet/app/", security.add_app, name="add_app"),
    path("personal/sakerhet/passnyckel/", security.add_passkey, name="add_passkey"),
    path("personal/sakerhet/ta-bort/<int:pk>/", security.remove_factor, name="remove_factor"),
    path("personal/sakerhet/nya-koder/", security.renew_codes, name="renew_codes"),
    path("personal/sakerhet/koder/", security.recovery_codes, name="recovery_codes"),
    path("personal/sakerhet/logga-ut-overallt/", security.leave_everywhere, name="leave_everywhere"),
    path("personal/mottagningens-roller/", staff.members, name="members"),
    path("personal/mottagningens-roller/<int:pk>/ta-bort/", staff.take, name="take_role"),
    path("personal/nycklar/", team.keys_page, name="team_keys"),
    path("personal/nycklar/<uuid:team>/slapp-in/<int:pk>/", team.let_in, name="let_in"),
    path("personal/nycklar/<uuid:team>/ta-ut/<int:pk>/", team.take_out, name="take_out"),
    path("personal/nycklar/<uuid:team>/forsegla-om/", team.reseal, name="reseal"),
    path("personal/nycklar/<uuid:team>/nyckelombud/", team.appoint, name="appoint_officers"),
    path("personal/nyckelombud/", rescue.escrow, name="escrow"),
    path("personal/nyckelombud/<uuid:team>/lamna-over/", rescue.hand_over, name="escrow_hand_over"),
    path("personal/nyckelombud/<uuid:team>/ta-tillbaka/", rescue.take_back, name="escrow_take_back"),
    path("personal/nyckelombud/<uuid:team>/slapp-in/", rescue.let_in, name="escrow_let_in"),
    path("personal/logg/", log.lines, name="log"),
    path("personal/logg/veckans-ord/", log.words, name="log_words"),
    path("personal/logg/export/", log.export, name="log_export"),
    path("personal/logg/klarsyn_verify.py", log.verifier, name="log_verifier"),
]
