"""Addresses of onboardings."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiying.engagement.views import onboarding, onboarding_settings, onboardings

deeds = [
    path("care/onboardings/<int:pk>/analysis/", onboarding.analysis, name="onboarding_analysis"),
    path("care/onboardings/<int:pk>/owner/", onboarding.owner, name="onboarding_owner"),
    path("care/onboardings/<int:pk>/meetings/", onboarding.meetings, name="onboarding_meeting"),
    path("care/onboardings/<int:pk>/needs/", onboarding.needs, name="onboarding_need"),
    path("care/onboardings/<int:pk>/calling-off/", onboarding.calling_off, name="onboarding_calling_off"),
    path("care/onboardings/<int:pk>/taking-up/", onboarding.taking_up, name="onboarding_taking_up"),
    path("care/onboardings/<int:pk>/clocks/<int:clock>/", onboarding.why, name="onboarding_why"),
    path("care/onboardings/meetings/<int:pk>/correction/", onboarding.correction, name="meeting_correction"),
    path("care/onboardings/tasks/<int:pk>/doing/", onboarding.doing, name="meeting_task_doing"),
    path("care/onboardings/tasks/<int:pk>/reopening/", onboarding.reopening, name="meeting_task_reopening"),
]
urlpatterns: list[URLPattern] = [
    path("care/onboardings/", onboardings.onboardings, name="onboardings"),
    path("care/onboardings/<int:pk>/", onboarding.onboarding, name="onboarding"),
    *deeds,
    path("customers/<str:number>/onboarding/", onboardings.of_customer, name="onboarding_of_customer"),
    path("customers/<str:number>/onboarding/begin/", onboardings.begin, name="onboarding_begin"),
    path("settings/onboarding/", onboarding_settings.onboarding_settings, name="settings_onboarding"),
    path("settings/onboarding/trial/", onboarding_settings.trial, name="settings_onboarding_trial"),
]
