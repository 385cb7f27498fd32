"""A SoftHSM token with the school's seal, known to the store."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.demo.pki import DemoAuthority
from app.demo.tokens import Holder, make_token
from app.workflows import settings
from app.workflows import store as store_verbs
from app.workflows.store import Store
from tests.ui.conftest import Prepared
from tests.ui.driving import ADMIN, PASSWORD


@pytest.fixture
def seal_token(store: Store, prepared: Prepared, token_dir: Path) -> str:
    """Serial of a token that carries a certificate in the school's name."""
    holder = Holder(DemoAuthority.create(), prepared.made.school.name)
    token = make_token(token_dir, label="CON DAU", pin="123456", so_pin="87654321", holders=[holder])
    admin = store_verbs.login(store=store, login=ADMIN, password=PASSWORD)
    settings.add_module(store=store, actor=admin, path=token.module)
    return token.serial
