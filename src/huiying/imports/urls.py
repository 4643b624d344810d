from __future__ import annotations

from django.urls import URLPattern, path

from huiying.imports import views

app_name = "imports"

urlpatterns: list[URLPattern] = [
    path("imports/", views.job_list, name="list"),
    path("imports/<int:pk>/", views.job, name="job"),
    path("imports/<int:pk>/progress/", views.progress, name="progress"),
    path("imports/<int:pk>/rehearsal/", views.rehearsal, name="rehearsal"),
    path("imports/<int:pk>/start/", views.start, name="start"),
    path("imports/<int:pk>/rejected/", views.rejected, name="rejected"),
]
