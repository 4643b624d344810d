"""Addresses of the public pool."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiying.engagement.views import introductions, pool, pool_settings, protection, succession, succession_batch

urlpatterns: list[URLPattern] = [
    path("care/pool/", pool.pool, name="pool"),
    path("care/pool/mine/", pool.mine, name="pool_mine"),
    path("care/pool/<str:number>/claim/", pool.claiming, name="pool_claim"),
    path("care/pool/<str:number>/assignment/", pool.assignment, name="pool_assignment"),
    path("customers/<str:number>/protection/", protection.protection, name="protection"),
    path("customers/<str:number>/lock/", protection.locking, name="lock"),
    path("customers/<str:number>/lock/lifting/", protection.lifting, name="lock_lifting"),
    path("customers/<str:number>/extension/", protection.extension, name="pool_extension"),
    path("customers/<str:number>/release/", protection.releasing, name="release"),
    path("customers/<str:number>/handover/", succession.one, name="customer_handover"),
    path("care/handover/", succession.wizard, name="handover"),
    path("care/handover/preview/", succession.preview, name="handover_preview"),
    path("care/handover/mine/", succession_batch.mine, name="handover_mine"),
    path("care/handover/hint/<int:pk>/", succession.hint, name="handover_hint"),
    path("care/handover/<int:pk>/", succession_batch.batch, name="handover_batch"),
    path("care/handover/<int:pk>/progress/", succession_batch.progress, name="handover_progress"),
    path("care/handover/<int:pk>/start/", succession_batch.start, name="handover_start"),
    path("care/handover/<int:pk>/undoing/", succession_batch.undoing, name="handover_undoing"),
    path("care/handover/<int:pk>/calling-off/", succession_batch.calling_off, name="handover_calling_off"),
    path("care/handover/<int:pk>/lines/<int:line>/undoing/", succession_batch.line_undoing, name="handover_put_back"),
    path("settings/introductions/", introductions.introductions, name="settings_introductions"),
    path("settings/pool/", pool_settings.pool_settings, name="settings_pool"),
    path("settings/pool/trial/", pool_settings.trial, name="settings_pool_trial"),
]
