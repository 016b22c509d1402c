"""Fields that look as if they held personal data and are not marked so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scorekit.domain.personal import marked
from scorekit.domain.plan import Plan
from scorekit.domain.rubric import with_items
from scorekit.domain.tables import Problem
from scorekit.errors import T

_PERSONAL = re.compile(
    r"身份证|证件号|护照|手机|电话|联系方式|微信|银行卡|银行账号|卡号|住址|出生|生日|邮箱|ID ?(card|number)|phone|passport|birth",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"[数率量]$|次数|人数|是否")
"""Counts and shares of such things are of nobody."""


def unmarked(plan: Plan) -> Iterator[Problem]:
    """A warning for each submitted field whose title names personal data and which is not marked."""
    hidden = marked(plan.fields)
    for spec in with_items(plan.fields):
        if spec.path in hidden or spec.derive is not None or spec.kind in ("truth", "records", "panel"):
            continue
        if _PERSONAL.search(spec.title) and not _COUNTED.search(spec.title):
            yield Problem(
                "warning",
                T("“{title}” looks like personal data and is not marked as such", title=spec.title),
                T("write personal: true in its x-form, so that it is not shown; or give it another title"),
                field=spec.pointer,
            )
