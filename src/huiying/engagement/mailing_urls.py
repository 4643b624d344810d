"""Addresses of templates and mailings, and the public one to opt out."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiying.engagement.views import mailings, templates, unsubscribing

urlpatterns: list[URLPattern] = [
    path("care/templates/", templates.templates, name="templates"),
    path("care/templates/new/", templates.new_template, name="template_new"),
    path("care/templates/preview/", templates.preview, name="template_preview"),
    path("care/templates/<int:pk>/", templates.template, name="template"),
    path("care/mailings/", mailings.mailings, name="mailings"),
    path("care/mailings/new/", mailings.new_mailing, name="mailing_new"),
    path("care/mailings/new/preview/", mailings.draft_preview, name="mailing_draft"),
    path("care/mailings/rules/", mailings.rules, name="mailing_rules"),
    path("care/mailings/<int:pk>/", mailings.mailing, name="mailing"),
    path("care/mailings/<int:pk>/revision/", mailings.revision, name="mailing_revision"),
    path("care/mailings/<int:pk>/preview/", mailings.preview, name="mailing_preview"),
    path("care/mailings/<int:pk>/test/", mailings.trial, name="mailing_trial"),
    path("care/mailings/<int:pk>/release/", mailings.release, name="mailing_release"),
    path("care/mailings/<int:pk>/pause/", mailings.pausing, name="mailing_pause"),
    path("care/mailings/<int:pk>/resumption/", mailings.resumption, name="mailing_resumption"),
    path("care/mailings/<int:pk>/cancelling/", mailings.cancelling, name="mailing_cancelling"),
    path("care/mailings/<int:pk>/retrying/", mailings.retrying, name="mailing_retrying"),
    path("u/<str:token>/", unsubscribing.unsubscribing, name="unsubscribing"),
]
