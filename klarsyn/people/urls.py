"""Staff addresses. Sign-in itself is the only page here that is open to anyone."""

from django.urls import URLPattern, path

from klarsyn.people import views

urlpatterns_public: list[URLPattern] = []
urlpatterns_staff = [
    path("personal/", views.desk, name="desk"),
    path("personal/logga-in/", views.sign_in, name="sign_in"),
    path("personal/logga-in/demo/", views.demo_sign_in, name="demo_sign_in"),
    path("personal/logga-ut/", views.sign_out, name="sign_out"),
    path("personal/roller/", views.roles, name="roles"),
]
