"""Addresses of care: plans, records of contact, needs."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiying.engagement import mailing_urls, need_urls
from huiying.engagement.views import interaction, occasion

app_name = "engagement"

records = [
    path("customers/<str:number>/interactions/", interaction.of_customer, name="of_customer"),
    path("customers/<str:number>/interactions/new/", interaction.new_interaction, name="interaction_new"),
    path("customers/<str:number>/interactions/check/", interaction.check, name="interaction_check"),
    path("customers/<str:number>/interactions/draft/", interaction.draft, name="interaction_draft"),
    path("customers/<str:number>/interactions/<int:pk>/", interaction.interaction, name="interaction"),
]
urlpatterns: list[URLPattern] = [*records, *need_urls.urlpatterns, *mailing_urls.urlpatterns]
urlpatterns += [
    path("occasions/", occasion.occasions, name="occasions"),
    path("settings/occasions/", occasion.occasion_terms, name="settings_occasions"),
]
