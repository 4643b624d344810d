"""Addresses of the places one goes to from anywhere: what the frame names without an app."""

from __future__ import annotations

from django.urls import path

from huiying.cases.views import board, desk, live, search

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("board/", board.board, name="board"),
    path("board/wall/", board.wall, name="wall"),
    path("search/", search.search, name="search"),
    path("search/palette/", search.palette, name="palette"),
    path("live/", live.live, name="live"),
]
