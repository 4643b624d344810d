"""Hashing passwords that a machine drew: 72 bits of chance need no slow hash, and many of them are made at once."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class DrawnPasswordHasher(PBKDF2PasswordHasher):
    """PBKDF2 with few rounds. At the first sign-in Django hashes the password anew with the usual one."""

    algorithm = "pbkdf2_sha256_drawn"
    iterations = 5_000
