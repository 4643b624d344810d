"""Addresses of needs."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiying.engagement.views import need, need_rules, needs

deeds = [
    path("care/needs/<int:pk>/move/", needs.move, name="need_move"),
    path("care/needs/<int:pk>/revision/", need.revision, name="need_revision"),
    path("care/needs/<int:pk>/confirmation/", need.confirmation, name="need_confirmation"),
    path("care/needs/<int:pk>/proposal/", need.proposal, name="need_proposal"),
    path("care/needs/<int:pk>/presentation/", need.presentation, name="need_presentation"),
    path("care/needs/<int:pk>/agreement/", need.agreement, name="need_agreement"),
    path("care/needs/<int:pk>/refusal/", need.refusal, name="need_refusal"),
    path("care/needs/<int:pk>/delivery/", need.delivery, name="need_delivery"),
    path("care/needs/<int:pk>/follow-up/", need.follow_up, name="need_follow_up"),
    path("care/needs/<int:pk>/dismissal/", need.dismissal, name="need_dismissal"),
    path("care/needs/<int:pk>/consultations/", need.consultations, name="need_consultations"),
    path("care/needs/<int:pk>/consultations/<int:asked>/answer/", need.answer, name="need_answer"),
    path("care/needs/<int:pk>/consultations/<int:asked>/calling-off/", need.calling_off, name="need_calling_off"),
]
urlpatterns: list[URLPattern] = [
    path("care/needs/", needs.needs, name="needs"),
    path("care/needs/rules/", need_rules.rules, name="need_rules"),
    path("care/needs/rules/limits/", need_rules.limits, name="product_limits"),
    path("care/needs/rules/limits/<int:pk>/removal/", need_rules.limit_removal, name="product_limit_removal"),
    path("care/needs/<int:pk>/", need.need, name="need"),
    *deeds,
    path("customers/<str:number>/needs/", needs.of_customer, name="needs_of_customer"),
    path("customers/<str:number>/needs/new/", needs.new_need, name="need_new"),
]
