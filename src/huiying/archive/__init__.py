"""Backup and restore (SPEC I5): the database, the uploads and the secret in one file."""
