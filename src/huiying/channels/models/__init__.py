from .attachment import Attachment
from .delivery import Delivery
from .endpoint import Endpoint
from .message import Message
from .raw_mail import RawMail

__all__ = ["Attachment", "Delivery", "Endpoint", "Message", "RawMail"]
