"""The rows of `url_matrix.py` for value and churn."""

from __future__ import annotations

TABLE = """
insight/                                            GET    302 200 200 200 200
insight/export.<form>                               GET    302 403 200 200 200
insight/reckoning/                                  POST   302 403 403 403 302
insight/segments/<code>/                            GET    302 200 200 200 200
insight/churn/                                      GET    302 200 200 200 200
insight/churn/export.<form>                         GET    302 403 200 200 200
insight/churn/<pk>/                                 GET    302 404 404 404 404
insight/churn/<pk>/play/                            POST   302 404 404 404 404
insight/churn/<pk>/false-alarm/                     POST   302 404 404 404 404
insight/plays/<pk>/steps/<position>/                POST   302 404 404 404 404
insight/plays/<pk>/steps/<position>/sheet/          GET    302 404 404 404 404
insight/plays/<pk>/steps/<position>/sheet/          POST   302 404 404 404 404
insight/plays/<pk>/owner/                           POST   302 404 404 404 404
insight/plays/<pk>/result/                          POST   302 404 404 404 404
customers/<number>/value/                           GET    302 200 200 200 200
settings/insight/                                   GET    302 403 403 403 200
settings/insight/                                   POST   302 403 403 403 422
settings/insight/effect/                            POST   302 403 403 403 200
settings/recipes/                                   GET    302 403 403 403 200
settings/recipes/new/                               GET    302 403 403 403 200
settings/recipes/new/                               POST   302 403 403 403 422
settings/recipes/<pk>/                              GET    302 403 403 403 200
settings/recipes/<pk>/                              POST   302 403 403 403 422
"""
