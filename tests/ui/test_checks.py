"""Kiểm tra: findings by rule, filters, reasons, remarks, the class; titles and the summer beside."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.records.checks import RULES
from app.records.checks.titles import TITLES
from app.records.types import Acceptance, Finding, Period, Severity, Stage
from app.ui.checks.dialogs import ReturnDialog
from app.ui.checks.page import ChecksPage
from app.ui.checks.sift import OTHER, Filters, Group, sift
from app.ui.checks.words import ALL, empty_words, sentence
from app.ui.results.page import ResultsPage
from app.ui.shell.window import MainWindow
from app.workflows import badges, classes, fields, gate, remarks
from app.workflows.store import Store
from tests.ui.checking import actor, code_of, dialog_of, open_page, spoil
from tests.ui.conftest import Prepared
from tests.ui.driving import (
    ADMIN,
    CHECKER,
    HOLE_CLASS,
    LEADER,
    TEACHER,
    click,
    key,
    rest,
    write,
)

CLASS = "3A"


# --- which findings are shown -------------------------------------------------------------------------------


def made(rule: str, severity: Severity, class_name: str = "2A", field: str = "TV", **more: object) -> Finding:
    return Finding(rule, severity, class_name, "1", "Em Một", field, f"{rule} {class_name}.", **more)  # type: ignore[arg-type]


WRONG = made("level.missing", Severity.ERROR)
DOUBT = made("comment.capital", Severity.WARNING)
DOUBT_2B = made("comment.capital", Severity.WARNING, "2B")
STANDS = made(
    "comment.spaces",
    Severity.WARNING,
    accepted=Acceptance("Tên riêng", "a", datetime(2024, 6, 3, 8, 0)),  # noqa: DTZ001
)
ODD = made("birth_date.missing", Severity.ERROR, field="birth_date")
REMARK = made("remark.open", Severity.WARNING)
FOUND = (DOUBT, WRONG, STANDS, DOUBT_2B, ODD, REMARK)
PEOPLE = {("2A", ""): "Cô Hoa", ("2B", ""): "Thầy Bình", ("2A", "TV"): "Cô Tâm"}
BOTH = frozenset({Severity.ERROR, Severity.WARNING})


def shown(filters: Filters) -> list[Finding]:
    return [line for line in sift(FOUND, filters, PEOPLE).lines if isinstance(line, Finding)]


def test_findings_stand_under_the_head_of_their_rule_errors_first() -> None:
    found = sift(FOUND, Filters(BOTH), PEOPLE)
    heads = [(line.title, line.count) for line in found.lines if isinstance(line, Group)]
    assert heads == [
        ("Chưa có ngày sinh", 1),
        ("Chưa có mức đạt được", 1),
        ("Nhắc nhở của Tổ công tác chờ trả lời", 1),
        ("Nhận xét không viết hoa đầu câu", 2),
    ]
    assert shown(Filters(BOTH)) == [ODD, WRONG, REMARK, DOUBT, DOUBT_2B]
    assert (found.counts, found.accepted) == (
        {Severity.ERROR: 2, Severity.WARNING: 3, Severity.NOTE: 0},
        1,
    )


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(frozenset({Severity.ERROR})), [ODD, WRONG]),
        (Filters(frozenset(), accepted=True), [STANDS]),
        (Filters(BOTH, rule="comment.capital"), [DOUBT, DOUBT_2B]),
        (Filters(BOTH, subject=OTHER), [ODD]),
        (Filters(BOTH, subject="TV"), [WRONG, REMARK, DOUBT, DOUBT_2B]),
        (Filters(BOTH, person="Cô Hoa"), [ODD]),
        (Filters(BOTH, person="Cô Tâm"), [WRONG, REMARK, DOUBT]),
        (Filters(BOTH, person="Thầy Bình"), [DOUBT_2B]),
    ],
)
def test_filters(filters: Filters, wanted: list[Finding]) -> None:
    assert shown(filters) == wanted


def test_the_empty_list_gives_numbers() -> None:
    done = sift((STANDS,), Filters(BOTH), PEOPLE)
    none: Counter[Severity] = Counter()
    assert empty_words(none, done, "22 lớp", narrow=False) == (
        "Không còn lỗi trong 22 lớp. 1 cảnh báo đã có lý do."
    )
    nothing = sift((), Filters(BOTH), PEOPLE)
    assert empty_words(none, nothing, "lớp 2A", narrow=False) == (
        "Không còn lỗi, cảnh báo hay gợi ý nào trong lớp 2A."
    )
    left = Counter({Severity.WARNING: 3})
    assert "Còn 3 cảnh báo" in empty_words(left, nothing, "lớp 2A", narrow=False)


def test_an_accepted_finding_says_why_and_who() -> None:
    assert sentence(STANDS, {"a": "Cô Hoa"}).endswith("Đã bỏ qua ngày 03/06/2024, Cô Hoa: Tên riêng")


def test_every_rule_has_a_name() -> None:
    assert set(RULES) <= set(TITLES)
    assert len(set(TITLES.values())) == len(TITLES)


# --- the window ---------------------------------------------------------------------------------------------


def point_at(page: ChecksPage, rule: str) -> Finding:
    """Put the cursor on the first finding of a rule, with the keys."""
    page.table.setFocus()
    for _ in range(200):
        current = page.table.current
        assert current is not None
        if current.rule == rule:
            return current
        key(page.table, Qt.Key.Key_Down)
    raise AssertionError(f"{rule} is not shown")


@pytest.fixture
def doubtful(store: Store, prepared: Prepared) -> Store:
    """Two comments of 3A that do not begin with a capital letter, one in 1A."""
    spoil(store, prepared, CLASS, "TV.comment", "em đọc tốt lắm.")
    spoil(store, prepared, CLASS, "TOAN.comment", "em tính nhanh.", 1)
    spoil(store, prepared, "1A", "TV.comment", "em viết đẹp.")
    return store


def test_counts_agree_with_classes_list_and_badge(
    qtbot: QtBot, window: MainWindow, doubtful: Store, prepared: Prepared
) -> None:
    spoil(doubtful, prepared, CLASS, "TV.level", "")
    workspace, page = open_page(qtbot, window, CHECKER)
    assert page.classes.keys == (ALL, "1A", "2A", CLASS, HOLE_CLASS)
    assert page.filters[Severity.ERROR].text().strip() == "Lỗi 2"
    errors = [row for row in page.table.rows_model.rows if row.severity is Severity.ERROR]
    badge = badges.badges(store=doubtful, actor=actor(doubtful, CHECKER))["checks"]
    assert badge.count == len(errors) == 2
    qtbot.waitUntil(lambda: workspace.nav.buttons["checks"].badge == badge, timeout=5000)


def test_keys_1_2_3_filter_and_f8_steps_over_heads(qtbot: QtBot, window: MainWindow, doubtful: Store) -> None:
    _, page = open_page(qtbot, window, CHECKER)
    page.table.setFocus()
    assert page.table.current == page.table.rows_model.rows[0]
    key(page.table, Qt.Key.Key_F8)
    assert page.table.current == page.table.rows_model.rows[1]
    key(page.table, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert page.table.current == page.table.rows_model.rows[0]
    key(page.table, Qt.Key.Key_1)
    assert not page.filters[Severity.ERROR].isChecked()
    assert {row.severity for row in page.table.rows_model.rows} == {Severity.WARNING}
    key(page.table, Qt.Key.Key_2)
    assert page.empty.isVisible()
    assert page.empty.words.text() == "Các mức đang chọn không có vấn đề nào."
    key(page.classes, Qt.Key.Key_1)
    assert {row.severity for row in page.table.rows_model.rows} == {Severity.ERROR}


def test_a_repaired_finding_leaves_and_the_row_is_kept(
    qtbot: QtBot, window: MainWindow, doubtful: Store, prepared: Prepared
) -> None:
    workspace, page = open_page(qtbot, window, ADMIN)
    key(page.table, Qt.Key.Key_1)
    wanted = [row for row in page.table.rows_model.rows if row.rule == "comment.capital"]
    assert len(wanted) == 3
    assert point_at(page, "comment.capital") == wanted[0]
    for _ in range(2):
        key(page.table, Qt.Key.Key_Down)
    key(page.table, Qt.Key.Key_Return)
    rest(qtbot, window)
    results = workspace.page
    assert isinstance(results, ResultsPage)
    assert (results.class_picker.value, results.period) == (CLASS, Period.CN)
    before = page.filters[Severity.WARNING].text()
    page.perform(
        lambda _: fields.set_field(
            store=workspace.desk.store,
            actor=workspace.desk.actor,
            code=code_of(prepared, "1A"),
            field="TV.comment",
            value="Em viết đẹp.",
        ),
        lambda _: None,
        title="Ghi",
    )
    rest(qtbot, window)
    workspace.open("checks", {})
    rest(qtbot, window)
    assert page.table.current is not None
    assert page.table.current.id == wanted[2].id
    after = page.filters[Severity.WARNING].text()
    assert int(after.split()[-1]) == int(before.split()[-1]) - 1


def test_warnings_stand_with_a_reason_and_can_be_taken_back(
    qtbot: QtBot, window: MainWindow, doubtful: Store
) -> None:
    _, page = open_page(qtbot, window, CHECKER)
    key(page.table, Qt.Key.Key_1)
    assert point_at(page, "comment.capital").severity is Severity.WARNING
    key(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = page.table.chosen
    assert {item.class_name for item in chosen} == {"1A", CLASS}
    click(page.acts.waive)
    dialog = dialog_of(page)
    assert not dialog.act.isEnabled()
    write(dialog.field, "Viet theo loi be")
    click(dialog.act)
    qtbot.waitUntil(lambda: "Đã bỏ qua 2 cảnh báo" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert not {item.id for item in chosen} & {row.id for row in page.table.rows_model.rows}
    assert page.bar.accepted.text().strip() == "Đã bỏ qua 2"
    click(page.bar.accepted)
    accepted = [row for row in page.table.rows_model.rows if row.accepted is not None]
    assert {item.id for item in accepted} == {item.id for item in chosen}
    page.table.point(page.table.rows_model.lines.index(accepted[0]))
    assert "Sơn Thị Hoa: Viet theo loi be" in page.sentence.text()
    assert page.acts.waive.text() == "Thôi bỏ qua…"
    click(page.acts.waive)
    dialog = dialog_of(page)
    write(dialog.field, "Da sua loi")
    click(dialog.act)
    qtbot.waitUntil(lambda: "Đã tính lại 1 cảnh báo" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert page.bar.accepted.text().strip() == "Đã bỏ qua 1"


def test_an_error_cannot_be_waived_and_says_so(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    _, page = open_page(qtbot, window, CHECKER)
    assert point_at(page, "score.missing").severity is Severity.ERROR
    assert not page.acts.waive.isEnabled()
    assert page.acts.waive.toolTip() == "Lỗi thì phải sửa, không bỏ qua được."


def test_a_suggestion_reaches_the_teacher_who_answers(
    qtbot: QtBot, window: MainWindow, doubtful: Store
) -> None:
    _, page = open_page(qtbot, window, CHECKER, **{"class": CLASS})
    finding = point_at(page, "comment.capital")
    click(page.acts.suggest)
    dialog = dialog_of(page)
    assert finding.pupil in dialog.findChildren(type(page.sentence))[1].text()
    write(dialog.field, "Viet hoa chu dau")
    click(dialog.act)
    qtbot.waitUntil(lambda: "Đã gửi 1 gợi ý" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    (remark,) = remarks.remarks(store=doubtful, actor=actor(doubtful))
    assert (remark.class_name, remark.pupil, remark.field) == (CLASS, finding.pupil, finding.field)
    window.lock()
    _, mine = open_page(qtbot, window, TEACHER)
    assert not mine.acts.suggest.isVisible()
    assert point_at(mine, "remark.open").field == finding.field
    assert not mine.acts.waive.isEnabled()
    click(mine.acts.answer)
    rest(qtbot, window)
    answer = dialog_of(mine)
    write(answer.field, "Da sua")
    click(answer.act)
    qtbot.waitUntil(lambda: "Đã trả lời" in mine.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert remarks.remarks(store=doubtful, actor=actor(doubtful)) == ()
    assert not any(row.rule == "remark.open" for row in mine.table.rows_model.rows)


def test_d_asks_for_enter_before_a_class_is_approved(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    gate.submit(store=store, actor=actor(store), class_name=CLASS)
    _, page = open_page(qtbot, window, CHECKER, **{"class": CLASS})
    page.classes.setFocus()
    key(page.classes, Qt.Key.Key_D)
    assert "Duyệt lớp 3A? Bấm Enter" in page.banner.text
    assert stage(store) is Stage.SUBMITTED
    assert page.banner.action.hasFocus()
    key(page.banner.action, Qt.Key.Key_Escape)
    assert page.banner.text == ""
    key(page.classes, Qt.Key.Key_D)
    key(page.banner.action, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Đã duyệt lớp 3A" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert stage(store) is Stage.APPROVED
    key(page.classes, Qt.Key.Key_D)
    assert page.banner.text == "Lớp đã duyệt rồi."


def stage(store: Store, name: str = CLASS) -> Stage:
    klass = classes.open_class(store=store, actor=actor(store), class_name=name)
    return klass.stages.get(Period.CN, Stage.OPEN)


def test_r_returns_the_class_with_the_ticked_findings(
    qtbot: QtBot, window: MainWindow, doubtful: Store
) -> None:
    gate.submit(store=doubtful, actor=actor(doubtful), class_name=CLASS)
    _, page = open_page(qtbot, window, CHECKER, **{"class": CLASS})
    key(page.table, Qt.Key.Key_R)
    dialog = dialog_of(page)
    assert isinstance(dialog, ReturnDialog)
    assert not dialog.act.isEnabled()
    row = next(n for n in range(dialog.list.count()) if "viết hoa" in dialog.list.item(n).text())
    dialog.list.setFocus()
    dialog.list.setCurrentRow(row)
    key(dialog.list, Qt.Key.Key_Space)
    assert len(dialog.ticked) == 1
    assert dialog.act.isEnabled()
    click(dialog.act)
    qtbot.waitUntil(lambda: "Đã trả lại lớp 3A" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert stage(doubtful) is Stage.OPEN
    (remark,) = remarks.remarks(store=doubtful, actor=actor(doubtful))
    assert remark.field in ("TV", "TOAN")
    assert remark.pupil
    assert page.classes.keys[1] == CLASS
    assert any(row.rule == "remark.open" for row in page.table.rows_model.rows)


def test_an_approved_class_is_opened_again_with_remarks(
    qtbot: QtBot, window: MainWindow, doubtful: Store
) -> None:
    gate.submit(store=doubtful, actor=actor(doubtful), class_name=CLASS)
    gate.approve(store=doubtful, actor=actor(doubtful, CHECKER), class_name=CLASS)
    _, page = open_page(qtbot, window, CHECKER, **{"class": CLASS})
    click(page.back)
    dialog = dialog_of(page)
    assert isinstance(dialog, ReturnDialog)
    dialog.list.setCurrentRow(0)
    key(dialog.list, Qt.Key.Key_Space)
    assert not dialog.act.isEnabled()
    write(dialog.field, "Cham lai")
    click(dialog.act)
    qtbot.waitUntil(lambda: "Đã trả lại lớp 3A" in page.banner.text, timeout=20_000)
    rest(qtbot, window)
    assert stage(doubtful) is Stage.OPEN
    assert len(remarks.remarks(store=doubtful, actor=actor(doubtful))) == 1


def test_only_closed_classes_and_other_filters(qtbot: QtBot, window: MainWindow, doubtful: Store) -> None:
    gate.submit(store=doubtful, actor=actor(doubtful), class_name=CLASS)
    _, page = open_page(qtbot, window, CHECKER)
    click(page.bar.closed)
    assert page.classes.keys == (CLASS,)
    assert {row.class_name for row in page.table.rows_model.rows} == {CLASS}
    page.bar.rule.choose("comment.capital")
    assert {row.rule for row in page.table.rows_model.rows} == {"comment.capital"}
    page.bar.subject.choose("TOAN")
    assert [row.field for row in page.table.rows_model.rows] == ["TOAN"]
    click(page.bar.clear)
    assert list(page.classes.keys) == [ALL, "1A", "2A", CLASS, HOLE_CLASS]


def test_another_period_has_its_own_findings(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    _, page = open_page(qtbot, window, CHECKER)
    page.period.choose(Period.CK1.value)
    rest(qtbot, window)
    assert not any(row.rule == "results.none" for row in page.table.rows_model.rows)
    assert page.classes.keys[0] == ALL
    page.period.choose(Period.CN.value)
    rest(qtbot, window)
    assert page.table.rows_model.rows[0].rule == "score.missing"


def test_a_run_can_be_stopped_and_goes_on(qtbot: QtBot, window: MainWindow, store: Store) -> None:
    _, page = open_page(qtbot, window, CHECKER)
    page._check_again()
    job = page._reading
    assert job is not None
    job.cancel()
    qtbot.waitUntil(lambda: "Đã dừng, mới kiểm tra 4 lớp." in page.banner.text, timeout=20_000)
    click(page.banner.action)
    rest(qtbot, window)
    assert page.table.rows_model.rows[0].rule == "score.missing"


@pytest.mark.parametrize("login", [ADMIN, CHECKER, LEADER, TEACHER])
def test_buttons_by_role(qtbot: QtBot, window: MainWindow, store: Store, login: str) -> None:
    _, page = open_page(qtbot, window, login)
    approves = login != TEACHER
    assert [b.isVisible() for b in (page.approve, page.back)] == [approves, approves]
    if login == TEACHER:
        assert page.classes.keys == (CLASS,)
    assert page.acts.answer.isHidden() is (login not in (ADMIN, TEACHER))
    primary = [b for b in page.findChildren(QPushButton) if b.isVisible() and b.property("kind") == "primary"]
    assert len(primary) <= 1
    nameless = [b for b in page.findChildren(QPushButton) if b.isVisible() and not b.accessibleName()]
    assert nameless == []
