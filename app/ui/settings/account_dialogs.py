"""The dialogs of accounts: a new person, a known one, a new password."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from app.records.permissions import ROLE_TEXT
from app.records.types import Role
from app.ui.firstrun.form import Field, Form
from app.ui.look import Look
from app.ui.settings.dialogs import FormDialog
from app.ui.settings.flow import flowing
from app.ui.theme import Type

NO_ROLE: Final = "Chưa chọn vai trò nào. Chọn ít nhất một vai trò."
DIFFERENT: Final = "Hai lần gõ mật khẩu khác nhau. Gõ lại cả hai."
_PERSON: Final = (
    Field("name", "Họ và tên", "Như trên học bạ"),
    Field("title", "Chức danh khi ký", "KT. HIỆU TRƯỞNG/PHÓ HIỆU TRƯỞNG", optional=True),
)
_NEW: Final = (
    Field("login", "Tên đăng nhập", "Chữ không dấu, ví dụ: gv3a"),
    *_PERSON,
    Field("password", "Mật khẩu đầu tiên", "Từ 6 ký tự, không dấu", secret=True),
    Field("again", "Gõ lại mật khẩu", secret=True),
)
_PASSWORD: Final = (
    Field("password", "Mật khẩu mới", "Từ 6 ký tự, không dấu", secret=True),
    Field("again", "Gõ lại mật khẩu", secret=True),
)


def _passwords(form: Form) -> str:
    same = form.inputs["password"].text() == form.inputs["again"].text()
    return "" if same else DIFFERENT


class AccountDialog(FormDialog):
    """Name, title and roles of a person; with login and first password when the person is new."""

    def __init__(self, look: Look, parent: QWidget, *, title: str, new: bool) -> None:
        super().__init__(
            look,
            title,
            "Mỗi dòng của chức danh cách nhau bằng dấu /. Lớp và môn dạy giao ở “Phân công”.",
            _NEW if new else _PERSON,
            "Thêm tài khoản" if new else "Lưu thay đổi",
            parent,
            check=self._checked,
        )
        self._new = new
        self.roles = {role: look.button(words, kind="filter") for role, words in ROLE_TEXT.items()}
        for button in self.roles.values():
            button.setCheckable(True)
        self.content.addWidget(look.label("Vai trò", Type.BODY_BOLD))
        row = flowing(*self.roles.values())
        row.setMinimumHeight(row.heightForWidth(self.room))
        self.content.addWidget(row)

    @property
    def chosen(self) -> frozenset[Role]:
        """The roles that are pressed."""
        return frozenset(role for role, button in self.roles.items() if button.isChecked())

    def choose(self, roles: frozenset[Role]) -> None:
        """Press these roles."""
        for role, button in self.roles.items():
            button.setChecked(role in roles)

    def _checked(self, form: Form) -> str:
        return (_passwords(form) if self._new else "") or ("" if self.chosen else NO_ROLE)


class NewPasswordDialog(FormDialog):
    """A new password for somebody else, typed twice."""

    def __init__(self, look: Look, parent: QWidget, name: str) -> None:
        super().__init__(
            look,
            f"Đặt lại mật khẩu của {name}",
            "Mật khẩu cũ hết hiệu lực ngay. Báo riêng mật khẩu mới cho người dùng; "
            "họ đổi lại ở “Mật khẩu của tôi”.",
            _PASSWORD,
            "Đặt lại mật khẩu",
            parent,
            check=_passwords,
        )
