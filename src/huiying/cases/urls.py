"""Addresses of cases. Each deed is a sub-resource of its case."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from huiying.cases.views import (
    attachment,
    batch,
    board,
    carrying_out,
    case,
    category,
    category_settings,
    closing,
    customer,
    extension,
    handling,
    handover,
    kind_rules,
    listing,
    merging,
    missed,
    of_customer,
    offers,
    pausing,
    presence,
    recusal,
    registration,
    relations,
    route_settings,
    saved_view,
    splitting,
    urging,
    why,
)

app_name = "cases"

lists = [
    path("cases/", listing.case_list, name="list"),
    re_path(r"^cases/export\.(?P<form>csv|xlsx)$", listing.export, name="export"),
    path("cases/missed/", missed.missed, name="missed"),
    path("cases/missed/export.xlsx", missed.export, name="missed_export"),
]
batches = [
    path("cases/batches/new/<str:deed>/", batch.new, name="batch_new"),
    path("cases/batches/new/<str:deed>/preview/", batch.preview, name="batch_preview"),
    path("cases/batches/<int:pk>/", batch.batch, name="batch"),
    path("cases/batches/<int:pk>/progress/", batch.progress, name="batch_progress"),
    path("cases/batches/<int:pk>/start/", batch.start, name="batch_start"),
    path("cases/batches/<int:pk>/undoing/", batch.undoing, name="batch_undoing"),
]
saved_views = [
    path("cases/views/", saved_view.new, name="view_new"),
    path("cases/views/counts/", saved_view.counts, name="view_counts"),
    path("cases/views/<int:pk>/", saved_view.revision, name="view_revision"),
    path("cases/views/<int:pk>/removal/", saved_view.removal, name="view_removal"),
    path("cases/views/<int:pk>/revival/", saved_view.revival, name="view_revival"),
]
registering = [
    path("cases/new/", registration.registration, name="register"),
    path("cases/new/draft/", registration.draft, name="registration_draft"),
    path("cases/new/draft/discarding/", registration.draft_discarding, name="registration_discarding"),
    path("cases/new/similar/", registration.similar, name="similar"),
    path("cases/new/deadlines/", registration.deadlines, name="registration_deadlines"),
    path("cases/new/phrases/", registration.phrases, name="phrases"),
    path("cases/categories/", category.suggest, name="categories"),
]
settings_pages = [
    path("settings/categories/", category_settings.categories, name="settings_categories"),
    path("settings/categories/new/", category_settings.new_category, name="settings_category_new"),
    path("settings/categories/<int:pk>/", category_settings.category, name="settings_category"),
    path(
        "settings/categories/<int:pk>/retirement/",
        category_settings.retirement,
        name="settings_category_retirement",
    ),
    path("settings/categories/<int:pk>/revival/", category_settings.revival, name="settings_category_revival"),
    path("settings/closing/", kind_rules.kind_rules, name="settings_kind_rules"),
    path("settings/routes/", route_settings.routes, name="settings_routes"),
    path("settings/routes/new/", route_settings.new_route, name="settings_route_new"),
    path("settings/routes/<int:pk>/", route_settings.route, name="settings_route"),
    path("settings/routes/<int:pk>/place/", route_settings.place, name="settings_route_place"),
]
page = [
    path("cases/<str:number>/", case.case, name="case"),
    path("cases/<str:number>/parts/", case.parts, name="parts"),
    path("cases/<str:number>/messages/", case.messages, name="messages"),
    path("cases/<str:number>/notes/", case.notes, name="notes"),
    path("cases/<str:number>/presence/", presence.presence, name="presence"),
    path("cases/<str:number>/composer-draft/", case.composer_draft, name="composer_draft"),
    path("cases/<str:number>/clocks/<int:pk>/", why.why, name="why"),
    path("cases/<str:number>/files/<int:pk>/", attachment.attachment, name="attachment"),
    path("customers/<str:number>/cases/", of_customer.of_customer, name="of_customer"),
]
deeds = [
    path("cases/<str:number>/move/", board.move, name="move"),
    path("cases/<str:number>/acceptance/", handling.acceptance, name="acceptance"),
    path("cases/<str:number>/assignment/", handling.assignment, name="assignment"),
    path("cases/<str:number>/handover/acceptance/", handover.acceptance, name="handover_acceptance"),
    path("cases/<str:number>/handover/return/", handover.giving_back, name="handover_return"),
    path("cases/<str:number>/investigation/", handling.investigation, name="investigation"),
    path("cases/<str:number>/investigation/start/", handling.investigation_start, name="investigation_start"),
    path("cases/<str:number>/revision/", handling.revision, name="revision"),
    path("cases/<str:number>/clocks/<int:pk>/extension/", extension.extension, name="extension"),
    path("cases/<str:number>/extensions/<int:pk>/approval/", extension.extension_approval, name="extension_approval"),
    path("cases/<str:number>/customer/", customer.customer, name="customer"),
    path("cases/<str:number>/urging/", urging.urging, name="urging"),
    path("cases/<str:number>/pressings/", urging.pressings, name="pressings"),
    path("cases/<str:number>/pressings/answer/", urging.pressing_answer, name="pressing_answer"),
    path("cases/<str:number>/pause/", pausing.pause, name="pause"),
    path("cases/<str:number>/resumption/", pausing.resumption, name="resumption"),
    path("cases/<str:number>/promises/", handling.promises, name="promises"),
    path("cases/<str:number>/promises/<int:pk>/keeping/", case.promise_keeping, name="promise_keeping"),
    path("cases/<str:number>/merge/", merging.merge, name="merge"),
    path("cases/<str:number>/merge/undoing/", merging.undoing, name="merge_undoing"),
    path("cases/<str:number>/recusals/", recusal.recusals, name="recusals"),
    path("cases/<str:number>/recusals/<int:pk>/lifting/", recusal.lifting, name="recusal_lifting"),
    path("cases/<str:number>/splits/", splitting.splits, name="splits"),
    path("cases/<str:number>/relations/", relations.relations, name="relations"),
    path("cases/<str:number>/relations/candidates/", relations.candidates, name="relation_candidates"),
    path("cases/<str:number>/relations/<int:pk>/removal/", relations.removal, name="relation_removal"),
    path("cases/<str:number>/offers/", offers.offers, name="offers"),
    path("cases/<str:number>/offers/<int:version>/approval/", offers.offer_approval, name="offer_approval"),
    path("cases/<str:number>/offers/<int:version>/decision/", offers.offer_decision, name="offer_decision"),
    path("cases/<str:number>/actions/", carrying_out.actions, name="actions"),
    path("cases/<str:number>/actions/<int:pk>/completion/", carrying_out.action_completion, name="action_completion"),
    path("cases/<str:number>/actions/<int:pk>/dropping/", carrying_out.action_dropping, name="action_dropping"),
    path("cases/<str:number>/confirmation/", closing.confirmation, name="confirmation"),
    path("cases/<str:number>/attempts/", closing.attempts, name="attempts"),
    path("cases/<str:number>/closure/", closing.closure, name="closure"),
    path("cases/<str:number>/reopening/", closing.reopening, name="reopening"),
    path("cases/<str:number>/withdrawal/", closing.withdrawal, name="withdrawal"),
    path("cases/<str:number>/discard/", closing.discard, name="discard"),
    path("cases/<str:number>/second-look/", closing.second_look, name="second_look"),
]
urlpatterns: list[URLPattern] = [*lists, *batches, *saved_views, *registering, *settings_pages, *page, *deeds]
