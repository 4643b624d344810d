"""The look of every part on one page, served only while DEBUG is on. Its sample words are made up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.timezone import now

from huiying.kit.forms import DeskForm, Moment, Segmented

STAGES = ("待受理", "已受理", "调查核实", "方案制定", "方案沟通", "执行", "待确认", "已关闭")


class SampleForm(DeskForm):
    caller = forms.CharField(label="来电号码或姓名", help_text="输入手机尾号 4 位即可。")
    kind = forms.ChoiceField(
        label="类型", widget=Segmented, choices=[("c", "咨询"), ("f", "故障"), ("p", "投诉"), ("s", "建议")]
    )
    told = forms.CharField(label="客户怎么说", widget=forms.Textarea, required=False)
    promised = forms.DateTimeField(label="承诺时间", widget=Moment, required=False)
    category = forms.ChoiceField(label="原因分类", choices=[("1", "物流延误 › 送货超时"), ("2", "服务态度")])
    confirmed = forms.BooleanField(label="客户已确认", help_text="复述之后，请客户亲口确认。", required=False)


def sample(moment: datetime) -> dict[str, Any]:
    return {
        "stages": STAGES,
        "in_25_minutes": moment + timedelta(minutes=25, seconds=30),
        "in_9_hours": moment + timedelta(hours=9, minutes=40, seconds=30),
        "in_4_days": moment + timedelta(days=4),
        "since_12_minutes": moment - timedelta(minutes=12),
        "since_an_hour": moment - timedelta(minutes=70),
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all parts; one field is wrong on purpose."""
    form = SampleForm(
        {"kind": "p", "told": "11 月 18 日订的冰箱到今天还没有送到。", "category": "1", "confirmed": "on"}
    )
    form.is_valid()
    return render(request, "styleguide/page.html", {"form": form, **sample(now())})


def styleguide_board(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide/board.html", sample(now()))


def styleguide_portal(request: HttpRequest) -> HttpResponse:
    return render(request, "styleguide/portal.html", sample(now()))


urlpatterns = [
    path("styleguide/", styleguide, name="styleguide"),
    path("styleguide/board/", styleguide_board),
    path("styleguide/portal/", styleguide_portal),
]
