"""Addresses of care: plans, records of contact, needs."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "engagement"
urlpatterns: list[URLPattern] = []
