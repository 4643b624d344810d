"""Addresses of value, churn warnings and their settings."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from huiying.insight.views import churn, settings, value

app_name = "insight"
figures = [
    path("insight/", value.value, name="value"),
    re_path(r"^insight/export\.(?P<form>csv|xlsx)$", value.export, name="export"),
    path("insight/reckoning/", value.reckoning, name="reckoning"),
    path("insight/segments/<str:code>/", value.segment, name="segment"),
    path("customers/<str:number>/value/", value.of_customer, name="of_customer"),
]
warnings = [
    path("insight/churn/", churn.churn, name="churn"),
    re_path(r"^insight/churn/export\.(?P<form>csv|xlsx)$", churn.export, name="churn_export"),
    path("insight/churn/<int:pk>/", churn.warning, name="warning"),
    path("insight/churn/<int:pk>/play/", churn.play, name="play_new"),
    path("insight/churn/<int:pk>/false-alarm/", churn.false_alarm, name="false_alarm"),
    path("insight/plays/<int:pk>/steps/<int:position>/", churn.step, name="play_step"),
    path("insight/plays/<int:pk>/steps/<int:position>/sheet/", churn.step_sheet, name="play_step_sheet"),
    path("insight/plays/<int:pk>/owner/", churn.owner, name="play_owner"),
    path("insight/plays/<int:pk>/result/", churn.result, name="play_result"),
]
arranging = [
    path("settings/insight/", settings.terms, name="settings"),
    path("settings/insight/effect/", settings.effect, name="settings_effect"),
    path("settings/recipes/", settings.recipes, name="recipes"),
    path("settings/recipes/new/", settings.new_recipe, name="recipe_new"),
    path("settings/recipes/<int:pk>/", settings.recipe, name="recipe"),
]
urlpatterns: list[URLPattern] = [*figures, *warnings, *arranging]
