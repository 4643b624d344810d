from .customer import create, obtain, revise

__all__ = ["create", "obtain", "revise"]
