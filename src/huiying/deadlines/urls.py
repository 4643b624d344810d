"""Addresses of the settings of deadlines."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiying.deadlines.views import calendar, policy

app_name = "deadlines"
urlpatterns: list[URLPattern] = [
    path("settings/policies/", policy.policies, name="settings_policies"),
    path("settings/policies/<slug:code>/", policy.policy, name="settings_policy"),
    path("settings/policies/<slug:code>/effect/", policy.effect, name="settings_policy_effect"),
    path("settings/policies/<slug:code>/variant/", policy.variant, name="settings_policy_variant"),
    path("settings/calendars/", calendar.calendars, name="settings_calendars"),
    path("settings/calendars/new/", calendar.new_calendar, name="settings_calendar_new"),
    path("settings/calendars/<slug:code>/", calendar.calendar, name="settings_calendar"),
    path("settings/calendars/<slug:code>/hours/", calendar.hours, name="settings_calendar_hours"),
    path("settings/calendars/<slug:code>/days/", calendar.days, name="settings_calendar_days"),
    path(
        "settings/calendars/<slug:code>/days/<str:day>/removal/",
        calendar.day_removal,
        name="settings_calendar_day_removal",
    ),
    path("settings/calendars/<slug:code>/holidays/", calendar.holidays, name="settings_calendar_holidays"),
]
