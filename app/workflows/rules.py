"""The rules as this school has set them: what domain D1 leaves to a local decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from app.models import settings as settings_store
from app.models.store import Session, Store
from app.records import local
from app.records.checks import RULES, CheckSettings
from app.records.checks.views import DEFAULT_SCORES
from app.transcript.pdf import fits

SIGNING_LEADER: Final = "signing_leader"
"""Login of the leader whose name and title stand on the form, where a school has several."""


def check_settings(store: Store) -> CheckSettings:
    """Settings of the checks."""
    with store.reading() as session:
        return check_settings_in(session)


def check_settings_in(session: Session) -> CheckSettings:
    """Settings of the checks, inside a transaction."""
    return _settings(settings_store.chosen(session, local.ACCEPTS))


def _settings(stored: Mapping[str, str]) -> CheckSettings:
    bands = stored.get(local.LEVEL_SCORES, "")
    gap = stored.get(local.COMPETENCY_GAP, "")
    return CheckSettings(
        compare_scores=bands != "off",
        level_scores=local.level_scores(bands) or DEFAULT_SCORES,
        competency_gap=int(gap) if gap else CheckSettings().competency_gap,
        measure=fits,
        disabled=frozenset(stored.get(local.RULES_OFF, "").split()),
        severities=local.severities(stored.get(local.SEVERITIES, "")) or {},
    )


def knows_rules(name: str, value: str) -> bool:
    """False when a setting names a rule that does not exist."""
    if name not in (local.RULES_OFF, local.SEVERITIES):
        return True
    return all(part.partition("=")[0] in RULES for part in value.split())
