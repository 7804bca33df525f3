"""The addresses of the contact: those of visitors are public, those of counsellors are not."""

from django.urls import path

from klarsyn.contact import time_urls
from klarsyn.contact.views import inbox, talk

urlpatterns_public = [
    path("stod/<slug:code>/prata/", talk.page, name="talk"),
    *time_urls.public,
]
urlpatterns_staff = [
    path("personal/kontakter/", inbox.inbox_page, name="inbox"),
    path("personal/kontakter/<uuid:id>/", inbox.contact, name="contact"),
    path("personal/kontakter/<uuid:id>/svara/", inbox.answer, name="answer"),
    path("personal/kontakter/<uuid:id>/hanterad/", inbox.handle, name="handle"),
    path("personal/kontakter/<uuid:id>/avsluta/", inbox.close, name="close"),
    path("personal/kontakter/<uuid:id>/ny-kod/", inbox.new_code, name="new_code"),
    path("personal/kontakter/<uuid:id>/fil/<uuid:file>/", inbox.read_file, name="read_file"),
    *time_urls.staff,
]
