"""What tests of the interface say again and again."""

from __future__ import annotations

COMPLAINT = {
    "kind": "complaint",
    "channel": "phone",
    "subject": "冰箱门关不严",
    "description": "上周送到的冰箱，门关不严，夜里一直响。",
    "customer": {"number": "C000001"},
}


def done(answer, status=200):
    """Return the answer of a call that was to succeed."""
    assert answer.status_code == status, answer.content.decode()
    return answer.json()


def refused(answer, status, field=""):
    """Return the problem of a call that was to be refused, naming the field."""
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told.get("field", "") == field, told
    assert told["detail"]
    return told
