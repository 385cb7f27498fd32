"""The rules as this school has set them: what domain D1 leaves to a local decision."""

from __future__ import annotations

from typing import Final

from app.models import settings as settings_store
from app.models.store import Store
from app.records.checks import CheckSettings

MINORITY_LANGUAGE_TEST: Final = "minority_language_test"
SIGNING_LEADER: Final = "signing_leader"
"""Login of the leader whose name and title stand on the form, where a school has several."""


def minority_language_test(store: Store) -> bool:
    """Whether the school sets a test for Tiếng dân tộc (setting "1"; domain D1.3)."""
    with store.reading() as session:
        return settings_store.get(session, MINORITY_LANGUAGE_TEST, "") == "1"


def check_settings(store: Store) -> CheckSettings:
    """Settings of the checks."""
    return CheckSettings(minority_language_test=minority_language_test(store))
