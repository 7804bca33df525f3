"""Every field that exists and how it was fed, or why it holds nothing to hide. A field that stands nowhere fails the build."""

from __future__ import annotations

from typing import Final

from django import forms
from django.apps import apps
from django.db import models
from django.urls import get_resolver

# Sealed or hashed: what goes in is secret, and the column must hold something after the feeding.
SECRET: Final = frozenset(
    {
        "cases.Case.summary", "cases.SealedRecord.body", "cases.KeyWrap.sealed",
        "contact.Access.sealed", "contact.Access.seen", "contact.Thread.for_team", "contact.Thread.for_visitor",
        "contact.Message.body", "contact.Attachment.body", "contact.Visit.sealed",
        "base.AuditDetail.sealed", "base.AuditDetail.wraps", "base.AuditHead.key", "base.AuditHead.first_key",
        "people.UserWrap.sealed", "people.UserWrap.verifier", "people.TeamWrap.sealed", "people.TeamEpoch.escrow_wrap",
        "people.EscrowPair.nested", "people.EscrowPair.handed_over", "people.StaffSession.sealed",
        "people.StaffSession.id_hash", "people.SignInPause.key", "people.User.password", "mfa.Authenticator.data",
        "contact.Booking.sealed", "contact.Reminder.sealed", "contact.CallRequest.sealed",
        "concerns.ConcernReport.body", "concerns.ConcernReport.for_team", "concerns.ConcernReport.seed",
        "concerns.ConcernReport.feedback", "concerns.ReportDraft.sealed", "concerns.ReportAct.words",
        "receptions.StatisticsKey.sealed", "receptions.StatisticalRecord.sealed",
        "training.Learner.code_hash", "training.Unit.link_hash",
    }
)  # fmt: skip
# In the clear and meant so. By field or by model; whole rooms that know no people at the end.
OPEN: Final = {
    "base.AuditEvent": "the line: pseudonyms, random ids, names of acts",
    "base.AuditHead": "hashes",
    "base.AuditCheckpoint": "hashes and a signature",
    "concerns.ConcernReport": "keyed hashes, public keys, random bytes, enums; what is secret is named above",
    "concerns.ReportDraft": "a keyed hash and random bytes; what is secret is named above",
    "concerns.ReportAct": "an enum, a pseudonym, the id of a message or the number of the diary",
    "concerns.ReportTries": "a keyed hash, gone after an hour",
    "contact.Access.tag": "a keyed hash of a locator",
    "contact.Access.salt": "random",
    "contact.Access.public": "a public key",
    "contact.Thread.state": "an enum",
    "contact.Tries": "a keyed hash, gone after an hour",
    "contact.Visit.name": "a hash of a cookie's secret",
    "people.UserKey": "public keys",
    "people.SigningKey": "public keys",
    "people.UserWrap.method": "an enum",
    "people.UserWrap.salt": "random",
    "people.Team": "the reception's name and kind",
    "people.TeamEpoch.public": "a public key",
    "people.TeamEpoch.escrow_public": "a public key",
    "people.TeamEpoch.state": "an enum",
    "people.TeamEpoch.cursor": "a random id",
    "people.TeamWrap.granted_by_public": "a public key",
    "people.TeamWrap.signature": "a signature",
    "people.User.username": "the staff's own names",
    "people.User.name": "the staff's own names",
    "people.User.email": "the staff's own address",
    "people.User.hsa_id": "the staff's number at the municipality",
    "people.SeenLogout": "a keyed hash, gone with the next one after twelve minutes",
    "people.StaffSession.outside_session": "a keyed hash",
    "people.StaffSession.outside_person": "a keyed hash",
    "people.RoleHeld": "a role and a unit's name",
    "cases.Case.state": "an enum",
    "cases.Case.named": "pseudonyms and days",
    "cases.KeyWrap.bundle": "an enum",
    "cases.ReadSample.drawn_by": "a pseudonym",
    "cases.SampledRead": "enums",
    "cases.RequestCount": "numbers a month, by the kind of who asks",
    "cases.Disposal": "the law's words, pseudonyms, an enum",
    "cases.SealedRecord.compartment": "an enum",
    "cases.SealedRecord.state": "an enum",
    "contact.Booking.state": "an enum",
    "contact.Booking.channel": "an enum",
    "contact.Booking.begins": "the hour of a booked time, until it has passed: two must not get the same",
    "contact.Card.partner": "an enum",
    "contact.PublishedTimes": "what the public reads",
    "contact.BookingCount": "numbers a month",
    "contact.CallCount": "numbers a month",
    "contact.CardCount": "numbers a month",
    "contact.ResidenceCount": "numbers a month, by municipality",
    "mfa.Authenticator.type": "an enum",
    "auth": "Django's own, empty here",
    "contenttypes": "Django's own",
    "account": "not used: no e-mail is sent",
    "training.Unit.name": "a unit's name",
    "training.Unit.kind": "an enum",
    "training.AttitudeSurvey": "what a trainer calls it, a link that many hold, which items",
    "training.AttitudeAnswer": "steps of a scale under a keyed hash, gone when the survey is closed; the code stands nowhere",
    "training.AttitudeCount": "numbers of pairs",
    "training.Progress": "a course's own names of steps and places; nothing typed by anybody",
    "training.Completion": "a course's name and version",
    "training.Arrival": "the day somebody of the staff came to a unit",
    "training.Assignment": "a course, a unit or a role, and days",
    "training.DigestWish": "that a head wants a letter, and days; the letter stands nowhere",
    "training.Certificate": "a number that stands on the paper, and a day",
    "receptions": "what the public reads about a reception; counts by bands, and public keys",
    "concerns.Sighting": "keys of a fixed list, a unit's name, and a keyed hash",
    "concerns.Event": "what the public knows of a fair",
    "plan": "decisions, deeds and days of the municipality; a text that points out a person is refused",
    "sources": "official statistics",
    "mapping": "figures that are published",
    "report": "what two checkers say of a draft; questions put in public and a speaker's notes, refused with a number of somebody",
}
FED_FORMS: Final = frozenset(
    {
        "NumberForm.number", "WhoForm.name", "WhoForm.workplace", "WhoForm.title", "WhoForm.reach", "ChildForm.child_name",
        "ChildForm.child_age", "ChildForm.child_where", "ChildForm.family", "ChildForm.language", "SeenForm.seen",
        "SeenForm.when_words", "OthersForm.others", "NoteForm.words", "AssessForm.words", "DecideForm.words",
        "SignInForm.username", "SignInForm.password", "PasswordForm.password", "FactorForm.code", "FactorForm.answer",
        "NewPasswordForm.old", "NewPasswordForm.new", "NewPasswordForm.again", "AppForm.code", "PasskeyForm.name",
        "PasskeyForm.answer", "AskMoreForm.reason", "HandOverForm.reason", "LogForm.about", "PurposeForm.purpose",
        "QuestionForm.text", "ReasonForm.reason", "AnswerForm.text", "RescueForm.reason", "SearchForm.words", "CardForm.title",
        "TaskForm.text", "ReasonedForm.why", "HandOverForm.why", "ClosingForm.words", "ProtectionForm.words",
        "TitleForm.title", "SealForm.why", "NameForm.why", "HeadNameForm.why", "CommentForm.comment", "ReachedForm.comment", "FileForm.purpose", "CheckForm.file",
    }
)  # fmt: skip
# Rooms whose forms take nothing about a person; and fields that only choose among what is there.
OPEN_FORMS: Final = (
    "klarsyn.receptions.",
    "klarsyn.concerns.observations.forms",
    "klarsyn.concerns.events.forms",
    "klarsyn.contact.booking.forms",
    "klarsyn.report.",
    "klarsyn.plan.",
    "klarsyn.sources.",
    "klarsyn.training.coverage.",
    "klarsyn.training.views.preview",
    "klarsyn.base.gallery",
    "klarsyn.training.attitudes.forms",  # what is typed in a code is fed by `surveys`
)
_NUMBERS: Final = (
    models.ForeignKey, models.DateField, models.IntegerField, models.BooleanField, models.UUIDField, models.FloatField,
    models.DecimalField,
)  # fmt: skip


def unlisted() -> list[str]:
    """Fields of models and forms that are neither fed nor excused."""
    return sorted([*_models(), *_forms()])


def _models() -> list[str]:
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            name = f"{model._meta.label}.{field.name}"
            excused = {model._meta.app_label, model._meta.label, name} & OPEN.keys()
            if not isinstance(field, _NUMBERS) and name not in SECRET and not excused:
                found.append(name)
    return found


def _forms() -> list[str]:
    assert get_resolver().url_patterns  # every room's views are loaded, and with them its forms
    found, waiting = [], [forms.Form]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if not kind.__module__.startswith("klarsyn.") or kind.__module__.startswith(OPEN_FORMS):
            continue
        for name, field in getattr(kind, "base_fields", {}).items():
            if (
                isinstance(field, forms.CharField | forms.FileField)
                and f"{kind.__name__}.{name}" not in FED_FORMS
            ):
                found.append(f"{kind.__name__}.{name}")
    return [name for name in found if "." in name]


def empty() -> list[str]:
    """Secret columns that hold nothing after the feeding: then it proved nothing."""
    return sorted(name for name in SECRET if not _holds(name))


def _holds(name: str) -> bool:
    label, _dot, field = name.rpartition(".")
    values = apps.get_model(label).objects.values_list(field, flat=True)
    return any(value not in (None, "", b"", {}) for value in values)
