"""The rules as this school has set them: what domain D1 leaves to a local decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.models import settings as settings_store
from app.models.store import Session, Store
from app.records import local
from app.records.checks import RULES, CheckSettings, Rule
from app.records.checks.sources import basis
from app.records.checks.views import DEFAULT_SCORES
from app.records.types import Severity
from app.transcript.pdf import fits_smallest

SIGNING_LEADER: Final = "signing_leader"
"""Login of the leader whose name and title stand on the form, where a school has several."""
_LEVEL_SCORE: Final = "level.score"
_COMPETENCY: Final = "competency.subject"


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule as the school has set it."""

    rule: Rule
    severity: Severity
    basis: str
    """What the rule rests on, in Vietnamese."""
    enabled: bool


def list_rules(*, store: Store | None) -> tuple[ListedRule, ...]:
    """Every rule in the order of the findings; without a store as the rules come."""
    chosen = CheckSettings() if store is None else check_settings(store)
    off = {
        *chosen.disabled,
        *(() if chosen.compare_scores else (_LEVEL_SCORE,)),
        *(() if chosen.competency_gap else (_COMPETENCY,)),
    }
    return tuple(
        ListedRule(
            rule, chosen.severities.get(rule.id, rule.severity), basis(rule.source), rule.id not in off
        )
        for rule in RULES.values()
    )


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
        measure=fits_smallest,
        disabled=frozenset(stored.get(local.RULES_OFF, "").split()),
        severities=local.severities(stored.get(local.SEVERITIES, "")) or {},
    )


def knows_rules(name: str, value: str) -> bool:
    """False when a setting names a rule that does not exist."""
    if name not in (local.RULES_OFF, local.SEVERITIES):
        return True
    return all(part.partition("=")[0] in RULES for part in value.split())
