from __future__ import annotations

from django.urls import path

from huiying.api.assembly import interface
from huiying.api.views import docs

urlpatterns = [
    path("docs", docs, name="api_docs"),
    path("v1/", interface.urls),
]
