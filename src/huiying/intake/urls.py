"""Addresses of the mail room."""

from __future__ import annotations

from django.urls import path

from huiying.intake import views

app_name = "intake"

urlpatterns = [
    path("mail/", views.mail_list, name="mails"),
    path("mail/undelivered/", views.undelivered, name="undelivered"),
    path("mail/undelivered/<int:pk>/another-try/", views.another_try, name="another_try"),
    path("mail/<int:pk>/", views.mail, name="mail"),
    path("mail/<int:pk>/source/", views.source, name="source"),
    path("mail/<int:pk>/case/", views.case, name="case"),
]
