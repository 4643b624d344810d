"""What is served."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from huiying import health, settings_home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huiying.cases.places")),
    path("", include("huiying.cases.urls")),
    path("", include("huiying.customers.urls")),
    path("", include("huiying.engagement.urls")),
    path("", include("huiying.insight.urls")),
    path("", include("huiying.imports.urls")),
    path("", include("huiying.staff.urls")),
    path("", include("huiying.deadlines.urls")),
    path("api/", include("huiying.api.urls")),
    path("settings/", settings_home.settings_home, name="settings"),
    path("settings/health/", health.health_page, name="settings_health"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("", include("huiying.intake.urls")),
    path("", include("huiying.notifications.urls")),
    path("", include("huiying.portal.urls")),
]

if settings.DEBUG:
    urlpatterns.append(path("", include("huiying.styleguide")))
