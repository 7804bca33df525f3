"""Answering a survey by its link, without a name; and a trainer's pages: make, go on, see the results."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from klarsyn.base import qr
from klarsyn.base.errors import Refused
from klarsyn.people.access import staff, staff_required
from klarsyn.people.permissions import Permission
from klarsyn.training.attitudes import actions, ending, results
from klarsyn.training.attitudes.forms import AnswerForm, MoveForm, SurveyForm
from klarsyn.training.models import AttitudeAnswer, AttitudeSurvey

PAGES = ["GET", "HEAD", "POST"]


@never_cache
@sensitive_post_parameters()
@require_http_methods(PAGES)
def answer(request: HttpRequest, link: str) -> HttpResponse:
    """The form of the time that is asked for. Nobody is signed in here: whoever asks is not looked at."""
    survey = get_object_or_404(AttitudeSurvey, link=link)
    if survey.stage == AttitudeSurvey.Stage.CLOSED:
        return render(request, "training/attitudes/closed.html", {"survey": survey})
    items = actions.check_same(survey)
    form = AnswerForm(items, request.POST or None, initial={"stage": survey.stage})
    page = {"survey": survey, "form": form}
    if request.method != "POST":
        return render(request, "training/attitudes/answer.html", page)
    status = 422
    if form.is_valid():
        try:
            actions.answer(
                survey=survey, stage=form.cleaned_data["stage"], typed_code=form.cleaned_data["code"],
                answers=form.answers(), today=timezone.localdate(),
            )  # fmt: skip
        except Refused as refused:
            form.add_error("code_4" if isinstance(refused, actions.Answered) else None, str(refused))
            status = 409
        else:
            return render(request, "training/attitudes/thanks.html", {"survey": survey})
    return render(request, "training/attitudes/answer.html", page, status=status)


@require_http_methods(PAGES)
@staff_required(Permission.ATTITUDE_MEASURE)
def surveys(request: HttpRequest) -> HttpResponse:
    """Every survey, and a form for one more."""
    form = SurveyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.make_survey(
            **form.cleaned_data, by=staff(request), today=timezone.localdate(), is_invented=settings.DEMO
        )
        return redirect("training:survey", made.pk)
    page = {"form": form, "surveys": AttitudeSurvey.objects.all()}
    return render(request, "training/attitudes/surveys.html", page, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD"])
@staff_required(Permission.ATTITUDE_MEASURE)
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One survey: its link, how many have answered now, and what may be shown."""
    found = get_object_or_404(AttitudeSurvey, pk=pk)
    address = settings.PUBLIC_URL.rstrip("/") + reverse("training:attitudes", args=[found.link])
    page = {
        "survey": found,
        "address": address,
        "picture": qr.picture(address),
        "answered": AttitudeAnswer.objects.filter(survey=found, stage=found.stage).count(),
        "is_open": found.stage != AttitudeSurvey.Stage.CLOSED,
        "move": MoveForm(initial={"stage": found.stage}),
        "closes_on": ending.closes_on(found, timezone.localdate()),
        "next": actions.NEXT.get(AttitudeSurvey.Stage(found.stage)),
        "comparisons": results.comparisons(found, timezone.localdate()),
    }
    return render(request, "training/attitudes/survey.html", page)


@require_POST
@staff_required(Permission.ATTITUDE_MEASURE)
def move_on(request: HttpRequest, pk: int) -> HttpResponse:
    """To the next time; a form that says another time than the survey's is refused."""
    found = get_object_or_404(AttitudeSurvey, pk=pk)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Refused(gettext("Sidan säger inte vilken gång du vill gå vidare från. Inget är ändrat."))
    actions.move_on(survey=found, by=staff(request), today=timezone.localdate(), **form.cleaned_data)
    messages.success(request, gettext("Mätningen har gått vidare."))
    return redirect("training:survey", found.pk)
