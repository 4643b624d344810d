"""What each person gets at each address: one row for each route and method. 404: it is not theirs to know of.

The columns: somebody not signed in · 王芳, who handles the case · 李强, who leads her team · 陈静 of the other team ·
the administrator. A POST is sent empty, so 200, 302 and 422 all mean "let in"; 400 and 409 come after permission.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .api_matrix import TABLE as API
from .care_matrix import TABLE as CARE
from .case_matrix import TABLE as CASE
from .insight_matrix import TABLE as INSIGHT

PERSONS = ("nobody", "wang", "li", "chen", "admin")


@dataclass(frozen=True)
class Row:
    route: str
    method: str
    statuses: tuple[int, ...]

    @property
    def group(self) -> str:
        return self.route.split("/")[0] or "desk"

    @property
    def expected(self) -> dict[str, int]:
        return dict(zip(PERSONS, self.statuses, strict=True))

    @property
    def body(self) -> str:
        return "{}" if self.route.startswith("api/") and self.method != "GET" else ""

    @property
    def content_type(self) -> str:
        return "application/json" if self.route.startswith("api/") else "application/x-www-form-urlencoded"

    def told(self, got: dict[str, int]) -> str:
        return " ".join(f"{who} {status}" for who, status in got.items())


@cache
def rows() -> tuple[Row, ...]:
    return tuple(read(TABLE.rstrip() + CASE.rstrip() + CARE.rstrip() + INSIGHT.rstrip() + API))


def read(table: str) -> Iterator[Row]:
    for line in table.strip().splitlines():
        route, method, *statuses = line.split()
        yield Row("" if route == "/" else route, method, tuple(int(status) for status in statuses))


TABLE = """
/                                                   GET    302 200 200 200 200
board/                                              GET    302 200 200 200 200
board/wall/                                         GET    302 200 200 200 200
live/                                               GET    302 200 200 200 200
cases/                                              GET    302 200 200 200 200
cases/export.<form>                                 GET    302 403 200 200 200
cases/batches/new/<deed>/                           GET    302 422 422 422 422
cases/batches/new/<deed>/                           POST   302 422 422 422 422
cases/batches/new/<deed>/preview/                   POST   302 200 200 200 200
cases/batches/<pk>/                                 GET    302 404 404 404 404
cases/batches/<pk>/progress/                        GET    302 404 404 404 404
cases/batches/<pk>/start/                           POST   302 404 404 404 404
cases/batches/<pk>/undoing/                         POST   302 404 404 404 404
cases/views/                                        GET    302 200 200 200 200
cases/views/                                        POST   302 422 422 422 422
cases/views/counts/                                 GET    302 200 200 200 200
cases/views/<pk>/                                   GET    302 404 404 404 404
cases/views/<pk>/                                   POST   302 404 404 404 404
cases/views/<pk>/removal/                           POST   302 404 404 404 404
cases/views/<pk>/revival/                           POST   302 404 404 404 404
cases/missed/                                       GET    302 200 200 200 200
cases/missed/export.xlsx                            GET    302 403 200 200 200
cases/new/                                          GET    302 200 200 200 200
cases/new/                                          POST   302 422 422 422 422
cases/new/draft/                                    POST   302 204 204 204 204
cases/new/draft/discarding/                         POST   302 302 302 302 302
cases/new/similar/                                  GET    302 200 200 200 200
cases/new/deadlines/                                GET    302 200 200 200 200
cases/new/phrases/                                  GET    302 200 200 200 200
cases/categories/                                   GET    302 200 200 200 200
settings/categories/                                GET    302 403 403 403 200
settings/categories/new/                            GET    302 403 403 403 200
settings/categories/new/                            POST   302 403 403 403 422
settings/categories/<pk>/                           GET    302 403 403 403 200
settings/categories/<pk>/                           POST   302 403 403 403 422
settings/categories/<pk>/retirement/                POST   302 403 403 403 302
settings/categories/<pk>/revival/                   POST   302 403 403 403 302
settings/closing/                                   GET    302 403 403 403 200
settings/closing/                                   POST   302 403 403 403 302
settings/routes/                                    GET    302 403 403 403 200
settings/routes/new/                                GET    302 403 403 403 200
settings/routes/new/                                POST   302 403 403 403 422
settings/routes/<pk>/                               GET    302 403 403 403 404
settings/routes/<pk>/                               POST   302 403 403 403 404
settings/routes/<pk>/place/                         POST   302 302 302 302 302
customers/                                          GET    302 200 200 200 200
customers/new/                                      GET    302 200 200 200 200
customers/new/                                      POST   302 422 422 422 422
customers/duplicates/                               POST   302 200 200 200 200
customers/duplicates/review/                        GET    302 403 200 200 200
customers/duplicates/<pk>/dismissal/                POST   302 404 404 404 404
customers/reviews/                                  GET    302 200 200 200 200
settings/reviews/                                   GET    302 403 403 403 200
settings/reviews/                                   POST   302 403 403 403 422
customers/<number>/confirmation/                    POST   302 302 302 302 302
customers/lookup/                                   GET    302 200 200 200 200
customers/<number>/                                 GET    302 200 200 200 200
customers/<number>/card/                            GET    302 200 200 200 200
customers/<number>/chosen/                          GET    302 200 200 200 200
customers/<number>/timeline/                        GET    302 200 200 200 200
customers/<number>/signals/                         GET    302 200 200 200 200
customers/<number>/orders/                          GET    302 200 200 200 200
customers/<number>/revision/                        GET    302 200 200 200 200
customers/<number>/revision/                        POST   302 409 409 409 409
customers/<number>/tier/                            GET    302 200 200 200 200
customers/<number>/tier/                            POST   302 422 422 422 422
customers/<number>/tier/why/                        GET    302 200 200 200 200
customers/<number>/tier/lifting/                    POST   302 409 409 409 409
customers/suggestions/                              GET    302 200 200 200 200
customers/suggestions/<pk>/confirmation/            POST   302 404 404 404 404
customers/suggestions/<pk>/declination/             GET    302 404 404 404 404
customers/suggestions/<pk>/declination/             POST   302 404 404 404 404
occasions/                                          GET    302 200 200 200 200
settings/occasions/                                 GET    302 403 403 403 200
settings/occasions/                                 POST   302 403 403 403 422
settings/perks/                                     GET    302 403 403 403 200
settings/perks/new/                                 GET    302 403 403 403 200
settings/perks/new/                                 POST   302 403 403 403 422
settings/perks/<pk>/                                GET    302 403 403 403 404
settings/perks/<pk>/                                POST   302 403 403 403 404
settings/tiers/                                     GET    302 403 403 403 200
settings/tiers/terms/                               POST   302 403 403 403 422
settings/tiers/condition/                           GET    302 403 403 403 200
settings/tiers/trial/                               POST   302 403 403 403 200
settings/tiers/trial/<pk>/                          POST   302 403 403 403 404
settings/tiers/rules/new/                           GET    302 403 403 403 200
settings/tiers/rules/new/                           POST   302 403 403 403 422
settings/tiers/rules/<code>/                        GET    302 403 403 403 404
settings/tiers/rules/<code>/                        POST   302 403 403 403 404
settings/tiers/rules/<code>/up/                     POST   302 403 403 403 404
settings/tiers/rules/<code>/removal/                POST   302 403 403 403 404
customers/<number>/tags/                            GET    302 200 200 200 200
customers/<number>/tags/                            POST   302 422 422 422 422
customers/<number>/tags/<pk>/removal/               POST   302 404 404 404 404
customers/<number>/contacts/new/                    GET    302 200 200 200 200
customers/<number>/contacts/new/                    POST   302 422 422 422 422
customers/<number>/contacts/<pk>/                   GET    302 200 200 200 200
customers/<number>/contacts/<pk>/                   POST   302 422 422 422 422
customers/<number>/contacts/<pk>/main/              POST   302 302 302 302 302
customers/<number>/contacts/<pk>/removal/           POST   302 302 302 302 302
customers/<number>/contacts/<pk>/leaving/           POST   302 302 302 302 302
customers/<number>/contacts/<pk>/returning/         POST   302 409 409 409 409
customers/<number>/contacts/<pk>/consent/           POST   302 302 302 302 302
customers/<number>/contacts/<pk>/consent/withdrawal/ POST  302 409 409 409 409
customers/<number>/registration/                    GET    302 200 200 200 200
customers/<number>/registration.xlsx                GET    302 403 200 200 200
customers/<number>/reaches/<pk>/uncovering/         POST   302 200 200 200 200
customers/<number>/reaches/<pk>/removal/            POST   302 302 302 302 302
customers/<number>/merging/                         GET    302 403 200 200 200
customers/<number>/merging/                         POST   302 403 200 200 200
customers/<number>/merges/<pk>/undoing/             GET    302 404 404 404 404
customers/<number>/merges/<pk>/undoing/             POST   302 404 404 404 404
customers/<number>/orders/new/                      GET    302 200 200 200 200
customers/<number>/orders/new/                      POST   302 422 422 422 422
customers/<number>/orders/<pk>/                     GET    302 200 200 200 200
customers/<number>/orders/<pk>/                     POST   302 422 422 422 422
customers/<number>/cases/                           GET    302 200 200 200 200
customers/<number>/interactions/                    GET    302 200 200 200 200
customers/<number>/interactions/new/                GET    302 200 200 200 200
customers/<number>/interactions/new/                POST   302 422 422 422 422
customers/<number>/interactions/check/              POST   302 200 200 200 200
customers/<number>/interactions/draft/              POST   302 204 204 204 204
customers/<number>/interactions/<pk>/               GET    302 404 404 404 404
customers/<number>/interactions/<pk>/               POST   302 404 404 404 404
customers/export.<form>                             GET    302 403 200 200 200
customers/export/whole/                             GET    302 403 200 200 200
customers/export/whole/                             POST   302 403 422 422 422
imports/                                            GET    302 403 200 200 200
imports/                                            POST   302 403 422 422 422
imports/<pk>/                                       GET    302 404 404 404 404
imports/<pk>/progress/                              GET    302 404 404 404 404
imports/<pk>/rehearsal/                             POST   302 404 404 404 404
imports/<pk>/start/                                 POST   302 404 404 404 404
imports/<pk>/rejected/                              GET    302 404 404 404 404
first/                                              GET    302 302 302 302 302
first/<key>/                                        GET    302 302 302 302 302
first/<key>/                                        POST   302 302 302 302 302
accounts/login/                                     GET    200 302 302 302 302
accounts/login/                                     POST   200 302 302 302 302
accounts/welcome/<key>/<token>/                     GET    410 410 410 410 410
accounts/welcome/<key>/<token>/                     POST   410 410 410 410 410
accounts/logout/                                    GET    302 200 200 200 200
accounts/logout/                                    POST   302 302 302 302 302
accounts/inactive/                                  GET    200 200 200 200 200
accounts/reauthenticate/                            GET    302 200 200 200 200
accounts/reauthenticate/                            POST   302 200 200 200 200
accounts/password/change/                           GET    302 200 200 200 200
accounts/password/change/                           POST   302 200 200 200 200
accounts/2fa/                                       GET    302 200 200 200 200
accounts/2fa/authenticate/                          GET    302 302 302 302 302
accounts/2fa/authenticate/                          POST   302 302 302 302 302
accounts/2fa/reauthenticate/                        GET    302 302 302 302 302
accounts/2fa/reauthenticate/                        POST   302 302 302 302 302
accounts/2fa/totp/activate/                         GET    302 302 302 302 302
accounts/2fa/totp/activate/                         POST   302 302 302 302 302
accounts/2fa/totp/deactivate/                       GET    302 404 404 404 404
accounts/2fa/totp/deactivate/                       POST   302 404 404 404 404
accounts/2fa/recovery-codes/                        GET    302 404 404 404 404
accounts/2fa/recovery-codes/generate/               GET    302 302 302 302 302
accounts/2fa/recovery-codes/generate/               POST   302 302 302 302 302
accounts/2fa/recovery-codes/download/               GET    302 404 404 404 404
accounts/2fa/recovery-codes/download/               POST   302 404 404 404 404
accounts/sessions/                                  GET    302 200 200 200 200
accounts/sessions/                                  POST   302 302 302 302 302
shift/                                              POST   302 302 302 302 302
language/                                           POST   302 302 302 302 302
settings/profile/                                   GET    302 200 200 200 200
settings/profile/                                   POST   302 422 422 422 422
settings/tokens/                                    GET    302 200 200 200 200
settings/tokens/                                    POST   302 422 422 422 422
settings/tokens/<pk>/revocation/                    POST   302 404 404 404 404
settings/absences/                                  GET    302 200 200 200 200
settings/absences/                                  POST   302 422 422 422 422
settings/absences/<pk>/removal/                     POST   302 404 404 404 404
settings/people/                                    GET    302 403 403 403 200
settings/people/new/                                GET    302 403 403 403 200
settings/people/new/                                POST   302 403 403 403 422
settings/people/<pk>/                               GET    302 403 403 403 200
settings/people/<pk>/                               POST   302 403 403 403 422
settings/people/<pk>/access/                        POST   302 403 403 403 302
settings/people/<pk>/deactivation/                  POST   302 403 403 403 302
settings/people/<pk>/reactivation/                  POST   302 403 403 403 302
settings/departments/                               GET    302 403 403 403 200
settings/departments/new/                           GET    302 403 403 403 200
settings/departments/new/                           POST   302 403 403 403 422
settings/departments/<pk>/                          GET    302 403 403 403 200
settings/departments/<pk>/                          POST   302 403 403 403 422
settings/teams/new/                                 GET    302 403 403 403 200
settings/teams/new/                                 POST   302 403 403 403 422
settings/teams/<pk>/                                GET    302 403 403 403 200
settings/teams/<pk>/                                POST   302 403 403 403 422
settings/roles/                                     GET    302 403 403 403 200
settings/roles/new/                                 GET    302 403 403 403 200
settings/roles/new/                                 POST   302 403 403 403 422
settings/roles/<pk>/                                GET    302 403 403 403 200
settings/roles/<pk>/                                POST   302 403 403 403 422
settings/roles/<pk>/removal/                        POST   302 403 403 403 409
settings/log/                                       GET    302 403 403 403 200
settings/log/file/                                  POST   302 403 403 403 200
search/                                             GET    302 200 200 200 200
search/palette/                                     GET    302 200 200 200 200
settings/health/                                    GET    302 403 403 403 200
settings/policies/                                  GET    302 403 403 403 200
settings/policies/<code>/                           GET    302 403 403 403 200
settings/policies/<code>/                           POST   302 403 403 403 422
settings/policies/<code>/effect/                    POST   302 403 403 403 200
settings/policies/<code>/variant/                   GET    302 403 403 403 200
settings/policies/<code>/variant/                   POST   302 403 403 403 422
settings/calendars/                                 GET    302 403 403 403 200
settings/calendars/new/                             GET    302 403 403 403 200
settings/calendars/new/                             POST   302 403 403 403 422
settings/calendars/<code>/                          GET    302 403 403 403 404
settings/calendars/<code>/                          POST   302 403 403 403 404
settings/calendars/<code>/hours/                    POST   302 404 404 404 404
settings/calendars/<code>/days/                     POST   302 404 404 404 404
settings/calendars/<code>/days/<day>/removal/       POST   302 404 404 404 404
settings/calendars/<code>/holidays/                 POST   302 404 404 404 404
settings/                                           GET    302 200 200 200 200
healthz                                             GET    200 200 200 200 200
readyz                                              GET    503 503 503 503 503
metrics                                             GET    200 200 200 200 200
mail/                                               GET    302 403 200 200 200
mail/undelivered/                                   GET    302 403 200 200 200
mail/undelivered/<pk>/another-try/                  POST   302 404 404 404 404
mail/<pk>/                                          GET    302 404 404 404 404
mail/<pk>/source/                                   GET    302 404 404 404 404
mail/<pk>/case/                                     POST   302 404 404 404 404
settings/notices/                                   GET    302 200 200 200 200
settings/notices/                                   POST   302 422 422 422 422
settings/notices/own/removal/                       POST   302 302 302 302 302
settings/notices/defaults/                          GET    302 403 403 403 200
settings/notices/defaults/                          POST   302 403 403 403 422
settings/notices/defaults/<pk>/                     GET    302 403 403 403 404
settings/notices/defaults/<pk>/                     POST   302 403 403 403 404
settings/notices/own/                               GET    302 200 200 200 200
settings/notices/own/                               POST   302 302 302 302 302
settings/notices/own/new/                           GET    302 200 200 200 200
settings/notices/own/new/                           POST   302 422 422 422 422
settings/notices/robots/                            GET    302 403 403 403 200
settings/notices/robots/new/                        GET    302 403 403 403 200
settings/notices/robots/new/                        POST   302 403 403 403 422
settings/notices/robots/<pk>/                       GET    302 404 404 404 404
settings/notices/robots/<pk>/                       POST   302 404 404 404 404
settings/notices/robots/<pk>/test/                  POST   302 404 404 404 404
settings/notices/robots/<pk>/removal/               POST   302 404 404 404 404
settings/notices/sms/                               GET    302 403 403 403 200
settings/notices/sms/                               POST   302 403 403 403 422
settings/notices/sms/test/                          POST   302 403 403 403 302
settings/notices/log/                               GET    302 403 403 403 200
settings/notices/log/<pk>/try/                      POST   302 403 403 403 404
notices/                                            GET    302 200 200 200 200
notices/bell/                                       GET    302 200 200 200 200
notices/reading/                                    POST   302 302 302 302 302
notices/<key>/                                      GET    302 404 404 404 404
notices/<key>/acknowledgement/                      POST   302 404 404 404 404
f/                                                  GET    200 200 200 200 200
f/                                                  POST   422 422 422 422 422
c/<token>/                                          GET    200 200 200 200 200
c/<token>/words/                                    POST   422 422 422 422 422
c/<token>/offers/<version>/decision/                POST   422 422 422 422 422
c/<token>/confirmation/                             POST   422 422 422 422 422
c/<token>/urging/                                   POST   302 302 302 302 302
c/<token>/call/                                     POST   302 302 302 302 302
c/<token>/reopening/                                POST   422 422 422 422 422
c/<token>/withdrawal/                               POST   422 422 422 422 422
c/<token>/files/<pk>/                               GET    200 200 200 200 200
incidents/                                          GET    302 200 200 200 200
incidents/new/                                      GET    302 403 422 422 422
incidents/new/                                      POST   302 403 422 422 422
incidents/suspicions/<pk>/                          GET    302 404 404 404 404
incidents/suspicions/<pk>/declaration/              GET    302 404 404 404 404
incidents/suspicions/<pk>/declaration/              POST   302 404 404 404 404
incidents/suspicions/<pk>/dismissal/                GET    302 404 404 404 404
incidents/suspicions/<pk>/dismissal/                POST   302 404 404 404 404
incidents/<number>/                                 GET    302 200 200 404 200
incidents/<number>/export.xlsx                       GET    302 403 200 404 200
incidents/<number>/clocks/<pk>/                     GET    302 404 404 404 404
incidents/<number>/team/                            GET    302 200 200 404 200
incidents/<number>/team/                            POST   302 422 422 404 422
incidents/<number>/statements/                      GET    302 200 200 404 200
incidents/<number>/statements/                      POST   302 422 422 404 422
incidents/<number>/ending/                          GET    302 200 200 404 200
incidents/<number>/ending/                          POST   302 422 422 404 422
incidents/<number>/calling-off/                     GET    302 200 200 404 200
incidents/<number>/calling-off/                     POST   302 422 422 404 422
incidents/<number>/members/                         POST   302 302 302 404 302
incidents/<number>/members/<pk>/verification/       GET    302 200 200 404 200
incidents/<number>/members/<pk>/verification/       POST   302 422 422 404 422
incidents/<number>/members/<pk>/calling/            POST   302 409 409 404 409
incidents/<number>/members/<pk>/leaving/            POST   302 302 302 404 302
incidents/<number>/candidates/<pk>/refusal/         POST   302 404 404 404 404
api/v1/incidents                                    GET    401 200 200 200 200
api/v1/incidents                                    POST   401 422 422 422 422
api/v1/incidents/<incident>                         GET    401 200 200 404 200
api/v1/incidents/<incident>/team                    POST   401 422 422 422 422
api/v1/incidents/<incident>/statements              POST   401 422 422 422 422
api/v1/incidents/<incident>/members                 POST   401 422 422 422 422
api/v1/incidents/<incident>/members/<number>        DELETE 401 200 200 404 200
api/v1/incidents/<incident>/members/<number>/verification POST 401 422 422 422 422
api/v1/incidents/<incident>/members/<number>/calling POST  401 409 409 404 409
api/v1/incidents/<incident>/ending                  POST   401 422 422 422 422
api/v1/incidents/<incident>/calling-off             POST   401 422 422 422 422
api/v1/incident-suspicions                          GET    401 200 200 200 200
api/v1/incident-suspicions/<suspicion_id>/declaration POST 401 422 422 422 422
api/v1/incident-suspicions/<suspicion_id>/dismissal POST   401 422 422 422 422
"""
