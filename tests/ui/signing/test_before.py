"""Before a run: who sees what, the token, the checks, the classes, and help when no token is recognised."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea

from app.demo import cast
from app.interaction import PinState
from app.records.types import SigningRole
from app.ui.look import Look
from app.ui.screens import OVERVIEW, SIGNING
from app.ui.signing.cards import TokenPanel, validity_words
from app.ui.signing.diagnosis import DiagnosisDialog
from app.ui.signing.words import NO_TOKEN
from app.workflows.signing_overview import SigningOverview, TokenCard
from tests.ui.driving import click, key, rest, sign_in
from tests.ui.signing.conftest import Desk, Ports
from tests.world import PASSWORD

TEACHER, LEADER, SEAL = SigningRole
ALL = 8


@pytest.mark.parametrize(
    ("login", "roles"),
    [
        (cast.teacher_login("2A"), (TEACHER,)),
        (cast.VICE_PRINCIPAL, (LEADER,)),
        (cast.CLERK, (SEAL,)),
        (cast.ADMIN, (TEACHER, LEADER, SEAL)),
    ],
)
def test_everybody_signs_in_the_own_role(desk: Desk, login: str, roles: tuple[SigningRole, ...]) -> None:
    page = desk.arrive(login)
    assert page.roles == roles
    assert page.role_picker.isVisible() is (len(roles) > 1)
    assert page.role is roles[0]


def test_who_signs_nothing_has_no_such_screen(desk: Desk) -> None:
    workspace = sign_in(desk.qtbot, desk.window, cast.CHECKER, PASSWORD)
    workspace.open(SIGNING, {})
    assert workspace.screen_id == OVERVIEW
    assert SIGNING not in workspace.nav.buttons


def test_the_token_and_what_it_will_sign(desk: Desk) -> None:
    page = desk.arrive(cast.VICE_PRINCIPAL)
    before = page.before
    found = page._found
    assert found is not None
    assert found.token is not None
    assert found.token.people == (desk.school.made.vice_principal.name,)
    assert found.token.title == ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG")
    assert before.token.chip.word == "Ký được"
    assert not before.token.help.isVisible()
    assert not before.act.isEnabled()
    assert before.title.text() == "Chưa có học bạ nào đến lượt ký"
    rows = before.refusals.rows_model.rows
    assert sum(len(row.pupils) for row in rows) == ALL
    assert {row.reason for row in rows} == {"Chưa đến lượt: còn chờ giáo viên chủ nhiệm ký."}


def test_classes_are_chosen_by_space_and_counted_on_the_button(desk: Desk) -> None:
    page = desk.arrive(cast.ADMIN)
    before = page.before
    assert before.act.accessibleName() == f"Ký {ALL} học bạ"
    assert before.title.text() == f"Sẽ ký {ALL} học bạ của 4 lớp"
    before.classes.setFocus()
    key(before.classes, Qt.Key.Key_Space)
    assert before.act.accessibleName() == f"Ký {ALL - 2} học bạ"
    key(before.classes, Qt.Key.Key_Return)  # Enter ticks too, it never signs
    assert before.act.accessibleName() == f"Ký {ALL} học bạ"
    click(before.none)
    assert not before.act.isEnabled()
    assert before.act.toolTip() == "Chọn ít nhất một lớp."
    click(before.all)
    assert before.act.isEnabled()
    assert page._run is None


def test_only_the_chosen_class_is_signed(desk: Desk) -> None:
    workspace = sign_in(desk.qtbot, desk.window, cast.ADMIN, PASSWORD)
    workspace.open(SIGNING, {"class": "3A"})
    page = desk.page
    desk.until(page.before.act.isEnabled)
    assert page.before.act.accessibleName() == "Ký 2 học bạ"
    click(page.before.act)
    desk.give_pin(desk.pin(TEACHER))
    desk.until(lambda: page.pane is page.results)
    rest(desk.qtbot, desk.window)
    assert {v.class_name for v in desk.versions() if v.signed_roles} == {"3A"}


def test_the_overview_leads_to_a_role(desk: Desk) -> None:
    workspace = sign_in(desk.qtbot, desk.window, cast.ADMIN, PASSWORD)
    workspace.open(SIGNING, {"role": "seal"})
    rest(desk.qtbot, desk.window)
    assert desk.page.role is SEAL
    assert desk.page.pane is desk.page.panes[SEAL]


def test_without_a_token_one_plain_sentence_then_it_is_found(desk: Desk, ports: Ports) -> None:
    ports.empty()
    page = desk.arrive(cast.teacher_login("2A"))
    before = page.before
    words = [label.text() for label in before.token.findChildren(type(before.token._sentence("")))]
    assert NO_TOKEN in words
    assert not before.act.isEnabled()
    assert "Chưa cắm USB Token" in before.estimate.text()
    assert before.token.help.isVisible()
    ports.fill()
    desk.until(before.act.isEnabled)  # by itself
    assert before.token.chip.word == "Ký được"


def test_diagnosis_in_plain_words_can_be_copied(desk: Desk, ports: Ports) -> None:
    ports.empty()
    page = desk.arrive(cast.teacher_login("2A"))
    click(page.before.token.help)
    dialog = page.findChild(DiagnosisDialog)
    assert dialog is not None
    desk.until(lambda: dialog.found is not None)
    click(dialog.copy)
    text = QGuiApplication.clipboard().text()
    assert "Trình điều khiển" in text
    assert "Chưa thấy USB Token nào" in text
    assert "hocba" not in text
    click(dialog.done_button)


def test_nobody_is_looked_for_while_the_screen_is_not_seen(desk: Desk) -> None:
    page = desk.arrive(cast.teacher_login("2A"))
    assert page._poll.isActive()
    workspace = desk.window.workspace
    assert workspace is not None
    workspace.open(OVERVIEW, {})
    assert not page._poll.isActive()


@pytest.mark.parametrize(
    ("days", "words", "tone"),
    [
        (91, "", ""),
        (90, "Còn 90 ngày. Gia hạn trước đợt ký sau.", "warn"),
        (30, "Còn 30 ngày. Gia hạn trước đợt ký sau.", "warn"),
        (7, "Còn 7 ngày. Gia hạn trước đợt ký sau.", "err"),
        (0, "Hết hạn hôm nay. Gia hạn trước đợt ký sau.", "err"),
        (-1, "Đã hết hạn. Gia hạn rồi mới ký được.", "err"),
    ],
)
def test_a_certificate_that_ends_soon(days: int, words: str, tone: str) -> None:
    assert validity_words(days) == (words, tone)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (PinState.NORMAL, "Bình thường"),
        (PinState.TRIED, "Đã có lần nhập sai"),
        (PinState.FINAL_TRY, "Chỉ còn một lần thử"),
        (PinState.LOCKED, "Đã khóa"),
    ],
)
def test_the_state_of_the_pin_is_the_tokens_own_word(look: Look, state: PinState, words: str) -> None:
    when = datetime(2030, 1, 1, tzinfo=UTC)
    card = TokenCard("5010", "bit4id", "bit4id", state, ("A",), ("B",), "C", when, when, 400)
    panel = TokenPanel(look)
    panel.show_overview(SigningOverview(TEACHER, (), (), card, (), "A", ()))
    assert panel._content is not None
    told = [label.text() for label in panel._content.findChildren(type(look.label()))]
    assert words in told
    panel.deleteLater()


@pytest.mark.parametrize("size", [(1366, 698), (1093, 558), (1024, 540)])
def test_the_button_is_in_sight_at_every_size(desk: Desk, size: tuple[int, int]) -> None:
    page = desk.arrive(cast.ADMIN)
    desk.window.resize(*size)
    desk.qtbot.wait(50)
    act = page.before.act
    corner = act.mapTo(desk.window, act.rect().bottomRight())
    assert desk.window.rect().contains(corner)
    for area in page.before.findChildren(QScrollArea):
        assert area.accessibleName()
