"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from huiying.notifications import views

urlpatterns = [
    path("notices/", views.notice_list, name="notices"),
    path("notices/bell/", views.bell, name="bell"),
    path("notices/reading/", views.reading, name="notices_reading"),
    path("notices/<int:key>/", views.notice, name="notice"),
]
