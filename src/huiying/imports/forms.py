from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiying.imports.importers import importer_of, importers_for
from huiying.imports.models import ImportJob
from huiying.journal.actors import Actor
from huiying.kit.cells import as_text
from huiying.kit.forms import DeskForm, Segmented
from huiying.kit.tables import Line

LARGEST = 100 * 1024 * 1024
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".xls", ".ods")


class UploadForm(DeskForm):
    """A file and what it holds."""

    kind = forms.ChoiceField(label=_("What is in the file?"), widget=Segmented)
    file = forms.FileField(
        label=_("file"),
        help_text=_("Excel or text, as it comes: titles, merged cells and totals are recognised."),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(importer.kind, importer.name) for importer in importers_for(actor)]
        kind.initial = next((code for code, _name in kind.choices), None)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(ENDINGS):
            raise forms.ValidationError(_("This is no table; send .xlsx, .xls or .csv."))
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 100 MB; split it, or use the command line."))
        return file


class MappingForm(DeskForm):
    """Which field each column holds; beside it, what stands in the first rows."""

    def __init__(self, *args: Any, job: ImportJob, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.job = job
        fields = [(field.code, _required(field.label) if field.required else field.label)
                  for field in importer_of(job.kind).fields]  # fmt: skip
        for place, column in enumerate(job.columns):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=column,
                required=False,
                choices=[("", _("— leave out —")), *fields],
                initial=job.mapping.get(column, ""),
            )

    def columns(self, sample: list[Line]) -> list[tuple[forms.BoundField, list[str]]]:
        """Return each column's choice with the first things that stand in it."""
        return [
            (self[f"column-{place}"], [text for line in sample if (text := cell_text(line, place))][:3])
            for place in range(len(self.job.columns))
        ]

    def mapping(self) -> dict[str, str]:
        chosen = {column: self.cleaned_data[f"column-{place}"] for place, column in enumerate(self.job.columns)}
        return {column: code for column, code in chosen.items() if code}


def cell_text(line: Line, place: int) -> str:
    return as_text(line.cells[place]) if place < len(line.cells) else ""


def _required(label: object) -> str:
    return f"{label} *"
