"""What can happen to words on their way out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from huiying.journal.verbs import Verb

GAVE_UP = Verb("delivery_given_up", _("a message could not be delivered"), loud=True)
TRIED_AGAIN = Verb("delivery_tried_again", _("had a message sent once more"))
