from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.channels.models.endpoint import Channel
from huiying.channels.words import Upload, Words
from huiying.kit.forms import DeskForm

ANSWERED_OVER = (Channel.PHONE, Channel.EMAIL, Channel.WECHAT, Channel.WECOM, Channel.CHAT, Channel.WEB)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Upload]:
        files = data if isinstance(data, (list, tuple)) else [data]
        return [Upload(name=file.name, content=file.read()) for file in files if file]


class AnswerForm(DeskForm):
    """Words to the customer."""

    text = forms.CharField(label=_("to the customer"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    channel = forms.ChoiceField(
        label=_("channel"), choices=[(channel.value, channel.label) for channel in ANSWERED_OVER]
    )
    attachments = FilesField(label=_("files"), required=False)

    def words(self) -> Words:
        given = self.cleaned_data
        return Words(text=given["text"].strip(), channel=given["channel"], uploads=given["attachments"])


class NoteForm(DeskForm):
    text = forms.CharField(label=_("internal note"), widget=forms.Textarea(attrs={"rows": 3}))
