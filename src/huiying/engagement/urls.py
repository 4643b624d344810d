"""Addresses of care: plans, records of contact, needs."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiying.engagement import mailing_urls, need_urls, onboarding_urls, pool_urls
from huiying.engagement.views import care, care_settings, interaction, occasion, plan

app_name = "engagement"

records = [
    path("customers/<str:number>/interactions/", interaction.of_customer, name="of_customer"),
    path("customers/<str:number>/interactions/new/", interaction.new_interaction, name="interaction_new"),
    path("customers/<str:number>/interactions/check/", interaction.check, name="interaction_check"),
    path("customers/<str:number>/interactions/draft/", interaction.draft, name="interaction_draft"),
    path("customers/<str:number>/interactions/<int:pk>/", interaction.interaction, name="interaction"),
]
occasions = [
    path("occasions/", occasion.occasions, name="occasions"),
    path("settings/occasions/", occasion.occasion_terms, name="settings_occasions"),
]
care_pages = [
    path("care/", care.care, name="care"),
    path("care/coverage/", care.coverage_page, name="coverage"),
    path("care/coverage/side/", care.coverage_side, name="coverage_side"),
    path("care/due/", care.due_contacts, name="due"),
    path("care/contacts/", care.contacts, name="contacts"),
    path("care/contacts/<int:pk>/move/", plan.move, name="move"),
    path("care/contacts/<int:pk>/skipping/", plan.skipping, name="skipping"),
    path("care/contacts/<int:pk>/reviving/", plan.reviving, name="reviving"),
    path("customers/<str:number>/plans/new/", plan.new_plan, name="plan_new"),
    path("settings/care/", care_settings.care_settings, name="settings_care"),
    path("settings/care/<str:tier>/", care_settings.policy, name="settings_care_policy"),
    path("settings/care/<str:tier>/effect/", care_settings.effect, name="settings_care_effect"),
]
urlpatterns: list[URLPattern] = [*care_pages, *records, *occasions]
urlpatterns += [*onboarding_urls.urlpatterns, *need_urls.urlpatterns, *mailing_urls.urlpatterns, *pool_urls.urlpatterns]
