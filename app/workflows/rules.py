"""The rules as this school has set them: what domain D1 leaves to a local decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.errors import UserError
from app.models import settings as settings_store
from app.models.store import Session, Store
from app.records import local
from app.records.checks import GROUPS, RULES, CheckSettings, Rule
from app.records.checks.sources import basis, outline
from app.records.checks.views import DEFAULT_SCORES
from app.records.permissions import Action, Actor, require
from app.records.types import Severity
from app.transcript.pdf import fits_smallest
from app.workflows.report import Changes, changed

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
    group: str = ""
    """The part of the data that the rule looks at, in Vietnamese."""
    outline: str = ""
    """What the rule says, with an ellipsis for each fact."""


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
            rule,
            chosen.severities.get(rule.id, rule.severity),
            basis(rule.source),
            rule.id not in off,
            group,
            outline(rule.message),
        )
        for group, rules in GROUPS.items()
        for rule in rules
    )


def set_rule(
    *, store: Store, actor: Actor, rule: str, enabled: bool | None = None, severity: Severity | None = None
) -> Changes:
    """Turn one rule on or off, or give it another severity; None leaves it.

    A rule with the severity it comes with is not kept as a choice. UserError workflow.no_rule.
    """
    require(actor, Action.SETTINGS)
    if rule not in RULES:
        raise UserError("workflow.no_rule", rule=rule)
    with store.transaction() as session:
        stored = settings_store.chosen(session, local.ACCEPTS)
        for name, value in _rule_settings(stored, rule, enabled, severity).items():
            if value != stored.get(name, ""):
                settings_store.put(session, name, value, actor.login)
    return changed("settings")


def _rule_settings(
    stored: Mapping[str, str], rule: str, enabled: bool | None, severity: Severity | None
) -> dict[str, str]:
    """The settings that make `rule` so: name → text to keep."""
    off = set(stored.get(local.RULES_OFF, "").split())
    changed_settings = {}
    if enabled is not None:
        off = off - {rule} if enabled else off | {rule}
        changed_settings[local.RULES_OFF] = " ".join(name for name in RULES if name in off)
    if enabled and rule == _LEVEL_SCORE and stored.get(local.LEVEL_SCORES) == "off":
        bands = (f"{level}={low}-{high}" for level, (low, high) in DEFAULT_SCORES.items())
        changed_settings[local.LEVEL_SCORES] = " ".join(bands)
    if enabled and rule == _COMPETENCY and stored.get(local.COMPETENCY_GAP) == "0":
        changed_settings[local.COMPETENCY_GAP] = str(CheckSettings().competency_gap)
    if severity is not None:
        others = {**(local.severities(stored.get(local.SEVERITIES, "")) or {}), rule: severity}
        changed_settings[local.SEVERITIES] = " ".join(
            f"{name}={kept.value}"
            for name, kept in others.items()
            if name in RULES and kept is not RULES[name].severity
        )
    return changed_settings


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
