"""The sign-in and lock screen: names at the left, the password at the right; no pupil is ever shown here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app import messages
from app.errors import UserError
from app.records.permissions import Actor
from app.ui.desk import School
from app.ui.look import Look, frame, rule
from app.ui.preferences import Preferences
from app.ui.signin import verbs
from app.ui.signin.password import PasswordField
from app.ui.signin.people import PeopleList
from app.ui.signin.roles import roles_text
from app.ui.tasks import Lane, TaskRunner
from app.ui.theme import GAP, GAP_PAGE, GAP_SMALL, GAP_TINY, Type
from app.ui.widgets.product import product_line

if TYPE_CHECKING:
    from app.workflows.store import KnownLogin, Store

PANEL = (880, 432)
LEFT = 362


class SignInPage(QWidget):
    """Asks who is there; `signed_in` tells the person."""

    signed_in = Signal(object)

    def __init__(self, look: Look, runner: TaskRunner, preferences: Preferences) -> None:
        super().__init__()
        self._look = look
        self._runner = runner
        self._preferences = preferences
        self._store: Store | None = None
        self._locked = ""
        self.product, self._place = product_line(look)
        self.people = PeopleList(look)
        self.password = PasswordField(look)
        self._title = look.label("Đăng nhập", Type.TITLE)
        self._lock = look.icon_label("lock", "text2", 20)
        self._why = look.label(tone="second", wrap=True)
        self._name = look.label(kind=Type.SECTION)
        self._role = look.label(tone="second", wrap=True)
        self.enter = look.button("Đăng nhập", self._try, kind="primary")
        self._hint = look.label(tone="second", kind=Type.CAPTION, wrap=True)
        self.people.chosen.connect(self._show_person)
        self.people.taken.connect(self.password.field.setFocus)
        self.password.entered.connect(self._try)
        self.password.field.installEventFilter(self)
        self._lay_out()

    def _lay_out(self) -> None:
        panel = frame("panel")
        panel.setFixedSize(*PANEL)
        inside = QHBoxLayout(panel)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        self.people.setFixedWidth(LEFT)
        inside.addWidget(self.people)
        inside.addWidget(rule(vertical=True))
        inside.addLayout(self._right(), 1)
        outer = QVBoxLayout(self)
        outer.addStretch(3)
        for widget in (self.product, panel):
            outer.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        self.product.setFixedWidth(PANEL[0])
        outer.setSpacing(GAP)
        outer.addStretch(4)

    def _right(self) -> QVBoxLayout:
        title = QHBoxLayout()
        title.setSpacing(GAP)
        title.addWidget(self._lock)
        title.addWidget(self._title, 1)
        right = QVBoxLayout()
        right.setContentsMargins(GAP_PAGE, 28, GAP_PAGE, 20)
        right.setSpacing(GAP_TINY)
        right.addLayout(title)
        right.addWidget(self._why)
        right.addSpacing(GAP)
        right.addWidget(self._name)
        right.addWidget(self._role)
        right.addSpacing(GAP)
        right.addWidget(self._look.label("Mật khẩu", Type.BODY_BOLD))
        right.addWidget(self.password)
        right.addSpacing(GAP_SMALL)
        right.addWidget(self.enter)
        right.addSpacing(GAP_SMALL)
        right.addWidget(self._hint)
        right.addStretch(1)
        right.addWidget(rule())
        right.addSpacing(GAP_SMALL)
        right.addWidget(self._look.label("Quên mật khẩu: nhờ người quản trị đặt lại", Type.CAPTION, "second"))
        return right

    def ask(self, store: Store, school: School, *, locked: str = "", why: str = "") -> None:
        """Show the names; `locked` is the login whose screen was locked, `why` says when and what for."""
        self._store = store
        self._locked = locked
        self._place.setText(f"{school.name} · năm học {school.year_text}")
        self._lock.setVisible(bool(locked))
        self._title.setText("Màn hình đang khóa" if locked else "Đăng nhập")
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self._hint.setText(
            "Người khác dùng máy thì chọn tên bên trái. Phần việc đang dở vẫn giữ nguyên." if locked else ""
        )
        self._hint.setVisible(bool(locked))
        self.password.clear()
        self._runner.run(Lane.WORK, lambda _: verbs.known(store), owner=self, done=self._show_people)

    def _show_people(self, people: tuple[KnownLogin, ...]) -> None:
        self.people.show_people(people, self._preferences.recent, self._locked)
        self.password.field.setFocus()

    def _show_person(self) -> None:
        person = self.people.person
        self._name.setText(person.name if person else "")
        self._role.setText(roles_text(person.roles, person.classes) if person else "")
        again = bool(person) and self.people.login == self._locked
        self.enter.setText("Mở khóa" if again else "Đăng nhập")
        self.enter.setAccessibleName(self.enter.text())
        self.enter.setEnabled(person is not None)
        self.password.clear()

    def _try(self) -> None:
        store, login, password = self._store, self.people.login, self.password.text
        if store is None or not login or not self.enter.isEnabled():
            return
        self.enter.setEnabled(False)
        self._runner.run(
            Lane.WORK,
            lambda _: verbs.sign_in(store, login, password),
            owner=self,
            done=self._welcome,
            failed=self._refuse,
        )

    def _welcome(self, actor: Actor) -> None:
        self.enter.setEnabled(True)
        self.password.clear()
        self._preferences.used(actor.login)
        self.signed_in.emit(actor)

    def _refuse(self, error: UserError) -> None:
        self.enter.setEnabled(True)
        self.password.field.clear()
        self.password.tell(messages.sentence(error))
        self.password.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑↓ in the password move through the names."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key())
            if step is not None:
                self.people.step(step)
                return True
        return super().eventFilter(watched, event)
