"""Mật khẩu của tôi: everybody changes the own password with the old one."""

from __future__ import annotations

from app.errors import UserError
from app.ui.desk import Desk
from app.ui.settings import verbs_people
from app.ui.settings.flow import flowing
from app.ui.settings.panel import Panel
from app.ui.settings.segments import Options
from app.ui.signin.password import PasswordField

_DIFFERENT = "Hai lần gõ mật khẩu mới khác nhau. Gõ lại cả hai."


class PasswordPanel(Panel):
    """Old password, new one twice."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Mật khẩu của tôi")
        look = self.look
        self.old = PasswordField(look, "Mật khẩu đang dùng")
        self.new = PasswordField(look, "Mật khẩu mới")
        self.again = PasswordField(look, "Gõ lại mật khẩu mới")
        self.act = look.button("Đổi mật khẩu", self._change, kind="primary")
        self.say("Từ 6 ký tự, không dấu. Mật khẩu mới dùng từ lần đăng nhập hoặc mở khóa sau.")
        options = Options(look)
        for field in self._fields():
            options.add(field.field.accessibleName(), field)
            field.field.textChanged.connect(self._look)
            field.entered.connect(self.act.click)
        options.setMaximumWidth(round(620 * look.theme.scale))
        column = self.scrolling()
        column.addWidget(options)
        column.addWidget(flowing(self.act))
        column.addStretch(1)
        self._look()

    def _fields(self) -> tuple[PasswordField, ...]:
        return self.old, self.new, self.again

    def _look(self) -> None:
        complete = all(field.text for field in self._fields())
        self.act.setEnabled(complete)
        self.act.setToolTip("" if complete else "Điền đủ ba ô trước.")

    def _change(self) -> None:
        if self.new.text != self.again.text:
            self.again.tell(_DIFFERENT)
            return
        old, new = self.old.text, self.new.text
        self.perform(
            lambda _: verbs_people.change_password(self.desk, old, new),
            lambda _: self._changed(),
            title="Đang đổi mật khẩu",
        )

    def _changed(self) -> None:
        for field in self._fields():
            field.clear()
        self.banner.tell("done", "Đã đổi mật khẩu.")

    def tell_error(self, error: UserError) -> None:
        """The banner says what is wrong; the cursor stands in the field to type again."""
        super().tell_error(error)
        wrong_old = error.code in ("account.wrong_password", "account.wait")
        (self.old if wrong_old else self.new).field.setFocus()
