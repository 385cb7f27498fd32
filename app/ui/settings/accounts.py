"""Tài khoản và phân công: who may sign in, in which roles, and what each person teaches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QLineEdit

from app.records.names import search_form
from app.records.permissions import ROLE_TEXT
from app.records.programme import SUBJECT_NAMES
from app.records.types import Role
from app.ui.desk import Desk
from app.ui.settings import verbs_people as verbs
from app.ui.settings.account_dialogs import AccountDialog, NewPasswordDialog
from app.ui.settings.assign import AssignDialog, ground_of
from app.ui.settings.least import LeastWidth
from app.ui.settings.panel import Panel, choose_only
from app.ui.states import Sign
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.workflows.people import AccountInfo

SOON: Final = timedelta(days=30)
"""A certificate that ends within it is told in amber."""
OPEN: Final = Sign("check", "Đang dùng", "ok", "ok_bg")
CLOSED: Final = Sign("lock", "Đã khóa", "neu", "neu_bg")


def certificate_sign(ends: datetime | None) -> Sign:
    """The state of a bound certificate in a word; None when there is none."""
    if ends is None:
        return Sign("minus", "Chưa gắn", "text2", "surface")
    left = ends - datetime.now().astimezone()
    day = f"{ends.astimezone():%d/%m/%Y}"
    if left < timedelta(0):
        return Sign("circle-x", f"Hết hạn {day}", "err", "err_bg")
    if left < SOON:
        return Sign("triangle-alert", f"Sắp hết {day}", "warn", "warn_bg")
    return Sign("check", f"Đến {day}", "ok", "ok_bg")


def _sign(info: AccountInfo) -> Sign | None:
    """Only those who sign need a certificate."""
    if not info.certificates and not info.account.roles & {Role.HOMEROOM, Role.LEADER}:
        return None
    return certificate_sign(min((one.not_after for one in info.certificates), default=None))


def taught_text(info: AccountInfo) -> str:
    """ "5 môn, 3 lớp"; empty for whoever teaches no single subject."""
    pairs = info.account.subjects
    if not pairs:
        return ""
    return f"{len({code for _, code in pairs})} môn, {len({name for name, _ in pairs})} lớp"


def _columns() -> tuple[Column[AccountInfo], ...]:
    return (
        Column("Họ và tên", 0, lambda row: row.account.name),
        Column("Đăng nhập", 124, lambda row: row.account.login),
        Column("Vai trò", 160, lambda row: ", ".join(ROLE_TEXT[r] for r in Role if r in row.account.roles)),
        Column("GVCN", 64, lambda row: ", ".join(sorted(row.account.classes))),
        Column("Môn dạy", 104, taught_text, optional=True),
        Column("Chứng thư số", 180, lambda row: sign.word if (sign := _sign(row)) else "", sign=_sign),
        Column(
            "Tài khoản",
            124,
            lambda row: (CLOSED if row.account.disabled else OPEN).word,
            sign=lambda row: CLOSED if row.account.disabled else OPEN,
        ),
    )


class AccountsPanel(Panel):
    """One line per person; the buttons act on the chosen one."""

    kinds = frozenset({"accounts", "classes"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Tài khoản và phân công")
        look = self.look
        self._staff: verbs.Staff | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText("Tìm theo tên")
        self.search.setAccessibleName("Tìm tài khoản theo tên")
        self.search.setFixedWidth(round(180 * look.theme.scale))
        self.search.textChanged.connect(lambda _: self._filter())
        self.head.addWidget(self.search)
        self.table: Table[AccountInfo] = Table(look, "Tài khoản", _columns())
        self.table.setProperty("frame", "panel")
        LeastWidth(look.theme, self.table, 0, 150)
        self.table.opened.connect(lambda _: self._ask_edit())
        self.table.pointed.connect(lambda _: self._look())
        self.body.addWidget(self.table, 1)
        self.add = look.button("Thêm tài khoản…", self._ask_new, icon="user")
        self.edit = look.button("Sửa…", self._ask_edit, icon="pen-line")
        self.assign = look.button("Phân công…", self._ask_assign, icon="table-2")
        self.password = look.button("Đặt lại mật khẩu…", self._ask_password, icon="key-round")
        self.close_it = look.button("Khóa tài khoản…", self._ask_close, kind="danger")
        self.open_it = look.button("Mở lại tài khoản", self._open)
        self.add_actions(self.add, self.edit, self.assign, self.password, self.close_it, self.open_it)
        self._look()

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs.staff(self.desk), self._show)

    def _show(self, staff: verbs.Staff) -> None:
        self._staff = staff
        closed = sum(1 for one in staff.accounts if one.account.disabled)
        self.note.setText(f"{len(staff.accounts)} tài khoản" + (f", {closed} đã khóa" if closed else ""))
        self._filter()

    def _filter(self) -> None:
        if self._staff is None:
            return
        chosen = self.table.row.account.login if self.table.row else ""
        wanted = search_form(self.search.text())
        rows = [one for one in self._staff.accounts if wanted in search_form(one.account.name)]
        at = next((place for place, one in enumerate(rows) if one.account.login == chosen), 0)
        self.table.show_rows(rows, at)
        self._look()

    def _look(self) -> None:
        row = self.table.row
        choose_only(
            (self.edit, self.assign, self.password), when=row is not None, why="Chọn một người trước."
        )
        own = row is not None and row.account.login == self.desk.actor.login
        closed = row is not None and row.account.disabled
        self.open_it.setVisible(closed)
        self.close_it.setVisible(not closed)
        why = "Không tự khóa tài khoản đang dùng." if own else "Chọn một người trước."
        choose_only((self.close_it,), when=row is not None and not own, why=why)

    # --- acting ---------------------------------------------------------------------------------------

    def _ask_new(self) -> None:
        dialog = AccountDialog(self.look, self, title="Thêm tài khoản", new=True)
        dialog.accepted.connect(lambda: self._add(dialog))
        dialog.open()

    def _add(self, dialog: AccountDialog) -> None:
        form = dialog.form
        given = verbs.NewAccount(
            form.text("login"),
            form.text("name"),
            form.text("title"),
            dialog.chosen,
            form.inputs["password"].text(),
        )
        self.change(
            lambda: verbs.add_account(self.desk, given),
            f"Đã thêm {given.name}. Bước tiếp theo: phân công lớp và môn.",
        )

    def _ask_edit(self) -> None:
        row = self.table.row
        if row is None:
            return
        account = row.account
        dialog = AccountDialog(self.look, self, title=f"Sửa tài khoản {account.login}", new=False)
        dialog.fill(name=account.name, title=account.title)
        dialog.choose(account.roles)
        dialog.accepted.connect(
            lambda: self._edit(row, dialog.form.text("name"), dialog.form.text("title"), dialog.chosen)
        )
        dialog.open()

    def _edit(self, row: AccountInfo, name: str, title: str, roles: frozenset[Role]) -> None:
        before, login = row.account, row.account.login
        self.change(
            lambda: verbs.edit_account(self.desk, login, name, title, roles),
            f"Đã sửa tài khoản {login}. Vai trò mới dùng từ lần đăng nhập sau.",
            undo=lambda: verbs.edit_account(self.desk, login, before.name, before.title, before.roles),
        )

    def _ask_assign(self) -> None:
        row = self.table.row
        if row is None or self._staff is None:
            return
        dialog = AssignDialog(
            self.look, row.account, ground_of(self._staff, row.account.login), tuple(SUBJECT_NAMES), self
        )
        dialog.accepted.connect(lambda: self._assign(row, dialog.classes, dialog.subjects))
        dialog.open()

    def _assign(
        self, row: AccountInfo, classes: frozenset[str], subjects: frozenset[tuple[str, str]]
    ) -> None:
        if self._staff is None:
            return
        login = row.account.login
        losing = [one for one in self._staff.accounts if one.account.classes & classes and one is not row]
        names = ", ".join(one.account.name for one in losing)
        taken = f" Lớp chủ nhiệm chuyển từ {names}." if losing else ""
        self.change(
            lambda: verbs.assign(self.desk, login, classes, subjects),
            f"Đã phân công {row.account.name}.{taken} Dùng từ lần đăng nhập sau.",
            undo=lambda: verbs.assign_back(self.desk, (row, *losing)),
        )

    def _ask_password(self) -> None:
        row = self.table.row
        if row is None:
            return
        account = row.account
        dialog = NewPasswordDialog(self.look, self, account.name)
        dialog.accepted.connect(
            lambda: self.change(
                lambda: verbs.reset_password(self.desk, account.login, dialog.form.inputs["password"].text()),
                f"Đã đặt lại mật khẩu của {account.name}.",
            )
        )
        dialog.open()

    def _ask_close(self) -> None:
        row = self.table.row
        if row is None:
            return
        account = row.account
        self.confirmed(
            f"Khóa tài khoản {account.login}",
            f"{account.name} không đăng nhập được nữa. Việc đã làm và chữ ký vẫn giữ nguyên; "
            "mở lại lúc nào cũng được.",
            "Khóa tài khoản",
            lambda password: self.change(
                lambda: verbs.disable(self.desk, account.login, password),
                f"Đã khóa tài khoản {account.login}.",
                undo=lambda: verbs.enable(self.desk, account.login),
            ),
        )

    def _open(self) -> None:
        row = self.table.row
        if row is None:
            return
        login = row.account.login
        self.change(lambda: verbs.enable(self.desk, login), f"Đã mở lại tài khoản {login}.")
