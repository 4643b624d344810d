"""Addresses of customers. Each deed is a sub-resource of its customer."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from huiying.customers.views import (
    contact,
    customer,
    duplicates,
    editing,
    export,
    listing,
    lookup,
    merging,
    order,
    perks,
    registration,
    review,
    standing,
    story,
    suggestions,
    tier_rules,
)

app_name = "customers"

lists = [
    path("customers/", listing.customer_list, name="list"),
    re_path(r"^customers/export\.(?P<form>csv|xlsx)$", export.export, name="export"),
    path("customers/export/whole/", export.whole_export, name="whole_export"),
    path("customers/new/", editing.new_customer, name="new"),
    path("customers/duplicates/", editing.duplicates, name="duplicates"),
    path("customers/suggestions/", suggestions.suggestions, name="suggestions"),
    path("customers/suggestions/<int:pk>/confirmation/", suggestions.confirmation, name="suggestion_confirmation"),
    path("customers/suggestions/<int:pk>/declination/", suggestions.declination, name="suggestion_declination"),
    path("customers/duplicates/review/", duplicates.review, name="duplicates_review"),
    path("customers/duplicates/<int:pk>/dismissal/", duplicates.dismissal, name="duplicates_dismissal"),
    path("customers/reviews/", review.reviews, name="reviews"),
    path("settings/reviews/", review.review_rule, name="settings_reviews"),
    path("customers/lookup/", lookup.lookup, name="lookup"),
]
page = [
    path("customers/<str:number>/", customer.customer, name="customer"),
    path("customers/<str:number>/card/", lookup.card, name="card"),
    path("customers/<str:number>/chosen/", lookup.chosen, name="chosen"),
    path("customers/<str:number>/timeline/", story.story, name="timeline"),
    path("customers/<str:number>/orders/", customer.orders, name="orders"),
    path("customers/<str:number>/signals/", customer.signals, name="signals"),
]
deeds = [
    path("customers/<str:number>/revision/", editing.revision, name="revision"),
    path("customers/<str:number>/confirmation/", review.confirmation, name="confirmation"),
    path("customers/<str:number>/tier/", standing.tier, name="tier"),
    path("customers/<str:number>/tier/why/", suggestions.why_tier, name="why_tier"),
    path("customers/<str:number>/tier/lifting/", suggestions.lifting, name="tier_lifting"),
    path("customers/<str:number>/tags/", standing.tags, name="tags"),
    path("customers/<str:number>/tags/<int:pk>/removal/", standing.tag_removal, name="tag_removal"),
    path("customers/<str:number>/contacts/new/", contact.new_contact, name="contact_new"),
    path("customers/<str:number>/contacts/<int:pk>/", contact.contact, name="contact"),
    path("customers/<str:number>/contacts/<int:pk>/main/", contact.main, name="contact_main"),
    path("customers/<str:number>/contacts/<int:pk>/removal/", contact.contact_removal, name="contact_removal"),
    path("customers/<str:number>/contacts/<int:pk>/leaving/", contact.leaving, name="contact_leaving"),
    path("customers/<str:number>/contacts/<int:pk>/returning/", contact.returning, name="contact_returning"),
    path("customers/<str:number>/contacts/<int:pk>/consent/", contact.consent, name="consent"),
    path(
        "customers/<str:number>/contacts/<int:pk>/consent/withdrawal/",
        contact.consent_withdrawal,
        name="consent_withdrawal",
    ),
    path("customers/<str:number>/registration/", registration.registration, name="registration"),
    path("customers/<str:number>/registration.xlsx", registration.workbook, name="registration_workbook"),
    path("customers/<str:number>/reaches/<int:pk>/uncovering/", contact.uncovering, name="uncovering"),
    path("customers/<str:number>/reaches/<int:pk>/removal/", contact.reach_removal, name="reach_removal"),
    path("customers/<str:number>/merging/", merging.merging, name="merging"),
    path("customers/<str:number>/merges/<int:pk>/undoing/", merging.undoing, name="merge_undoing"),
    path("customers/<str:number>/orders/new/", order.new_order, name="order_new"),
    path("customers/<str:number>/orders/<int:pk>/", order.order, name="order"),
]
settings = [
    path("settings/perks/", perks.perks, name="settings_perks"),
    path("settings/perks/new/", perks.new_perk, name="settings_perk_new"),
    path("settings/perks/<int:pk>/", perks.perk, name="settings_perk"),
    path("settings/tiers/", tier_rules.tier_rules, name="settings_tiers"),
    path("settings/tiers/terms/", tier_rules.terms, name="settings_tier_terms"),
    path("settings/tiers/condition/", tier_rules.condition, name="settings_tier_condition"),
    path("settings/tiers/trial/", tier_rules.trial, name="settings_tier_trial"),
    path("settings/tiers/trial/<int:pk>/", tier_rules.trial_further, name="settings_tier_trial_further"),
    path("settings/tiers/rules/new/", tier_rules.new_rule, name="settings_tier_rule_new"),
    path("settings/tiers/rules/<slug:code>/", tier_rules.rule, name="settings_tier_rule"),
    path("settings/tiers/rules/<slug:code>/removal/", tier_rules.removal, name="settings_tier_rule_removal"),
    path("settings/tiers/rules/<slug:code>/up/", tier_rules.up, name="settings_tier_rule_up"),
]
urlpatterns: list[URLPattern] = [*lists, *page, *deeds, *settings]
