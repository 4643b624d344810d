"""Addresses of the customer's own pages."""

from __future__ import annotations

from django.urls import path

from huiying.portal import views

app_name = "portal"

urlpatterns = [
    path("f/", views.complaint, name="complaint"),
    path("c/<str:token>/", views.page, name="page"),
    path("c/<str:token>/words/", views.words, name="words"),
    path("c/<str:token>/offers/<int:version>/decision/", views.decision, name="decision"),
    path("c/<str:token>/confirmation/", views.confirmation, name="confirmation"),
    path("c/<str:token>/urging/", views.urging, name="urging"),
    path("c/<str:token>/call/", views.call, name="call"),
    path("c/<str:token>/reopening/", views.reopening, name="reopening"),
    path("c/<str:token>/withdrawal/", views.withdrawal, name="withdrawal"),
    path("c/<str:token>/files/<int:pk>/", views.file, name="file"),
    path("cases/<str:number>/link/", views.invitation, name="invitation"),
]
