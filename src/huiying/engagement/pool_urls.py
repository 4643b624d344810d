"""Addresses of the public pool."""

from __future__ import annotations

from django.urls import URLPattern, path

from huiying.engagement.views import pool, pool_settings, protection

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
    path("settings/pool/", pool_settings.pool_settings, name="settings_pool"),
    path("settings/pool/trial/", pool_settings.trial, name="settings_pool_trial"),
]
