"""Addresses of the public pool."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiying.engagement.views import pool, pool_settings, protection, succession

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
    path("care/handover/mine/", succession.mine, name="handover_mine"),
    path("care/handover/hint/<int:pk>/", succession.hint, name="handover_hint"),
    path("care/handover/<int:pk>/", succession.batch, name="handover_batch"),
    path("care/handover/<int:pk>/progress/", succession.progress, name="handover_progress"),
    path("care/handover/<int:pk>/start/", succession.start, name="handover_start"),
    path("care/handover/<int:pk>/undoing/", succession.undoing, name="handover_undoing"),
    path("settings/pool/", pool_settings.pool_settings, name="settings_pool"),
    path("settings/pool/trial/", pool_settings.trial, name="settings_pool_trial"),
]
