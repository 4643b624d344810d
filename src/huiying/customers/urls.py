"""Addresses of customers. Each deed is a sub-resource of its customer."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from huiying.customers.views import contact, customer, editing, export, listing, lookup, order, standing

app_name = "customers"

lists = [
    path("customers/", listing.customer_list, name="list"),
    re_path(r"^customers/export\.(?P<form>csv|xlsx)$", export.export, name="export"),
    path("customers/new/", editing.new_customer, name="new"),
    path("customers/duplicates/", editing.duplicates, name="duplicates"),
    path("customers/lookup/", lookup.lookup, name="lookup"),
]
page = [
    path("customers/<str:number>/", customer.customer, name="customer"),
    path("customers/<str:number>/card/", lookup.card, name="card"),
    path("customers/<str:number>/chosen/", lookup.chosen, name="chosen"),
    path("customers/<str:number>/timeline/", customer.story, name="timeline"),
    path("customers/<str:number>/orders/", customer.orders, name="orders"),
]
deeds = [
    path("customers/<str:number>/revision/", editing.revision, name="revision"),
    path("customers/<str:number>/tier/", standing.tier, name="tier"),
    path("customers/<str:number>/tags/", standing.tags, name="tags"),
    path("customers/<str:number>/tags/<int:pk>/removal/", standing.tag_removal, name="tag_removal"),
    path("customers/<str:number>/contacts/new/", contact.new_contact, name="contact_new"),
    path("customers/<str:number>/contacts/<int:pk>/", contact.contact, name="contact"),
    path("customers/<str:number>/contacts/<int:pk>/main/", contact.main, name="contact_main"),
    path("customers/<str:number>/contacts/<int:pk>/removal/", contact.contact_removal, name="contact_removal"),
    path("customers/<str:number>/reaches/<int:pk>/uncovering/", contact.uncovering, name="uncovering"),
    path("customers/<str:number>/reaches/<int:pk>/removal/", contact.reach_removal, name="reach_removal"),
    path("customers/<str:number>/orders/new/", order.new_order, name="order_new"),
    path("customers/<str:number>/orders/<int:pk>/", order.order, name="order"),
]
urlpatterns: list[URLPattern] = [*lists, *page, *deeds]
