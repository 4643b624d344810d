"""Short messages: what a gateway must be able to do, and the one that any provider with an HTTP interface fits."""

from .gateway import Gateway
from .http import HttpGateway

__all__ = ["Gateway", "HttpGateway"]
