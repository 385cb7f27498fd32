"""Ký số: whose certificate signs, with which title and picture; drivers and roots of this PC."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QFileDialog, QPushButton, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from app.records.types import Role
from app.ui.desk import Desk
from app.ui.firstrun.form import Field
from app.ui.settings import verbs, verbs_people
from app.ui.settings.accounts import certificate_sign
from app.ui.settings.dialogs import ChooseDialog, FormDialog
from app.ui.settings.flow import flowing
from app.ui.settings.least import LeastWidth
from app.ui.settings.panel import Panel, choose_only
from app.ui.states import Sign
from app.ui.tasks import Lane
from app.ui.theme import GAP_SMALL
from app.ui.widgets.choices import Choice
from app.ui.widgets.table import Column, Table

if TYPE_CHECKING:
    from app.models.values import BoundCertificate
    from app.signing.certificates import CertificateInfo
    from app.signing.discovery import TokenInfo
    from app.ui.settings.verbs_people import PictureSet, SigningFacts
    from app.workflows.people import BindReport

SEAL_NAME: Final = "Con dấu của trường"
_LEADER: Final = "signing_leader"
_CERTIFICATES: Final = "Chứng thư số (*.cer *.crt *.pem *.der)"


@dataclass(frozen=True, slots=True)
class Signer:
    """One line: `login` None is the seal; `certificate` the one that ends first."""

    login: str | None
    name: str
    title: str
    certificate: BoundCertificate | None
    picture: bool
    leads: bool

    @property
    def holder(self) -> str:
        """The key of the picture."""
        return self.login or ""


def signers(facts: SigningFacts) -> tuple[Signer, ...]:
    """The seal, the leaders, the homeroom teachers, and whoever has a certificate."""
    by_login: dict[str, BoundCertificate] = {}
    for one in facts.bound:
        if one.login not in by_login or one.not_after < by_login[one.login].not_after:
            by_login[one.login] = one
    found = [Signer(None, SEAL_NAME, "", by_login.get(""), "" in facts.pictures, False)]
    people = [one.account for one in facts.accounts if not one.account.disabled]
    people.sort(key=lambda one: Role.LEADER not in one.roles)
    for account in people:
        if account.roles & {Role.LEADER, Role.HOMEROOM} or account.login in by_login:
            found.append(
                Signer(
                    account.login,
                    account.name,
                    account.title,
                    by_login.get(account.login),
                    account.login.casefold() in facts.pictures,
                    account.login == facts.leader,
                )
            )
    return tuple(found)


def _sign(row: Signer) -> Sign:
    return certificate_sign(row.certificate.not_after if row.certificate else None)


def _title(row: Signer) -> str:
    return " / ".join(part.strip() for part in row.title.split("/") if part.strip())


def _name(row: Signer) -> str:
    return f"{row.name} (đứng tên trên học bạ)" if row.leads else row.name


def _columns() -> tuple[Column[Signer], ...]:
    return (
        Column("Người ký", 200, _name),
        Column("Chức danh khi ký", 0, _title),
        Column("Chứng thư số", 180, lambda row: _sign(row).word, sign=_sign),
        Column("Token", 132, lambda row: row.certificate.token_serial if row.certificate else ""),
        Column("Ảnh", 60, lambda row: "Có" if row.picture else ""),
    )


def _root_columns() -> tuple[Column[CertificateInfo], ...]:
    return (
        Column("Chứng thư", 0, lambda row: row.common_name or row.subject),
        Column("Đến ngày", 110, lambda row: f"{row.not_after.astimezone():%d/%m/%Y}"),
    )


class SigningPanel(Panel):
    """Two parts: the people who sign, and what this PC needs."""

    kinds = frozenset({"accounts", "settings"})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Ký số")
        look = self.look
        self.table: Table[Signer] = Table(look, "Người ký và con dấu", _columns())
        LeastWidth(look.theme, self.table, 1, 180)
        self.table.pointed.connect(lambda _: self._look())
        self.title_lines = look.button("Chức danh…", self._ask_title, icon="pen-line")
        self.leader = look.button("Đứng tên trên học bạ", self._lead)
        self.from_token = look.button("Gắn từ token…", self._read_tokens, icon="usb")
        self.from_file = look.button("Gắn từ tệp…", self._ask_certificate, icon="folder-open")
        self.unbind = look.button("Gỡ chứng thư…", self._ask_unbind, kind="danger")
        self.picture = look.button("Ảnh chữ ký…", self._ask_picture)
        self.no_picture = look.button("Bỏ ảnh", self._drop_picture)
        self.drivers: Table[Path] = Table(look, "Trình điều khiển", (Column("Tệp trình điều khiển", 0, str),))
        self.add_driver = look.button("Thêm trình điều khiển…", self._ask_driver, icon="usb")
        self.drop_driver = look.button("Bỏ khỏi danh sách", self._drop_driver)
        self.roots: Table[CertificateInfo] = Table(look, "Chứng thư gốc", _root_columns())
        self.add_root = look.button("Thêm chứng thư gốc…", self._ask_root, icon="shield-check")
        self.drop_root = look.button("Thôi tin chứng thư này", self._drop_root)
        self.tabs = QTabBar()
        self.tabs.setAccessibleName("Các phần của Ký số")
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self._parts = QStackedWidget()
        self.tabs.currentChanged.connect(self._parts.setCurrentIndex)
        self._lay_out_tabs()
        self.body.addWidget(self.tabs)
        self.body.addWidget(self._parts, 1)
        self._look()

    def _lay_out_tabs(self) -> None:
        people = (
            self.title_lines,
            self.leader,
            self.from_token,
            self.from_file,
            self.picture,
            self.no_picture,
            self.unbind,
        )
        parts: tuple[tuple[str, str, QWidget, tuple[QPushButton, ...]], ...] = (
            (
                "Người ký và con dấu",
                "Chứng thư gắn ở đây mới ký được; chức danh in trên ô ký của học bạ.",
                self.table,
                people,
            ),
            (
                "Trình điều khiển",
                "Những hãng token thông dụng máy tự nhận ra. Token khác thì thêm tệp PKCS#11 "
                "(.dll, .so) của hãng.",
                self.drivers,
                (self.add_driver, self.drop_driver),
            ),
            (
                "Chứng thư gốc",
                "Ngoài các gốc có sẵn, trường tin thêm các chứng thư này khi xác minh chữ ký.",
                self.roots,
                (self.add_root, self.drop_root),
            ),
        )
        for title, note, table, buttons in parts:
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(GAP_SMALL)
            column.addWidget(self.look.label(note, tone="second", wrap=True))
            table.setProperty("frame", "panel")
            column.addWidget(table, 1)
            column.addWidget(flowing(*buttons))
            self._parts.addWidget(holder)
            self.tabs.addTab(title)

    # --- reading --------------------------------------------------------------------------------------

    def load(self, where: Mapping[str, str]) -> None:
        self.read(lambda: verbs_people.signing(self.desk), self._show)

    def _show(self, facts: SigningFacts) -> None:
        self.table.show_rows(signers(facts), max(0, self.table.currentIndex().row()))
        self.drivers.show_rows(facts.modules)
        self.roots.show_rows(facts.anchors)
        seal = any(not one.login for one in facts.bound)
        self.note.setText(f"{len(facts.bound)} chứng thư đang gắn" + ("" if seal else ", chưa gắn con dấu"))
        self._look()

    def _look(self) -> None:
        row = self.table.row
        person = row is not None and row.login is not None
        bound = row is not None and row.certificate is not None
        choose_only((self.title_lines, self.leader), when=person, why="Chọn một người trước.")
        choose_only(
            (self.from_token, self.from_file, self.picture), when=row is not None, why="Chọn một dòng."
        )
        choose_only((self.unbind,), when=bound, why="Dòng này chưa gắn chứng thư nào.")
        choose_only((self.no_picture,), when=row is not None and row.picture, why="Dòng này chưa có ảnh.")
        choose_only((self.drop_driver,), when=self.drivers.row is not None, why="Danh sách còn trống.")
        choose_only((self.drop_root,), when=self.roots.row is not None, why="Danh sách còn trống.")

    # --- title and leader -----------------------------------------------------------------------------

    def _ask_title(self) -> None:
        row = self.table.row
        if row is None or row.login is None:
            return
        login, before = row.login, row.title
        dialog = FormDialog(
            self.look,
            f"Chức danh của {row.name}",
            "In trên ô ký, mỗi dòng cách nhau bằng dấu /. Ký thay thì dòng đầu bắt đầu bằng KT.",
            (Field("title", "Chức danh", "KT. HIỆU TRƯỞNG/PHÓ HIỆU TRƯỞNG", optional=True),),
            "Lưu chức danh",
            self,
        )
        dialog.fill(title=before)
        dialog.accepted.connect(
            lambda: self.change(
                lambda: verbs_people.set_title(self.desk, login, dialog.form.text("title")),
                f"Đã lưu chức danh của {row.name}.",
                undo=lambda: verbs_people.set_title(self.desk, login, before),
            )
        )
        dialog.open()

    def _lead(self) -> None:
        row = self.table.row
        if row is None or row.login is None:
            return
        login = row.login
        before = next((one.login for one in self.table.rows_model.rows if one.leads), None)
        self.change(
            lambda: verbs.put_setting(self.desk, _LEADER, login),
            f"{row.name} đứng tên ở ô lãnh đạo của học bạ tạo từ nay.",
            undo=None if before is None else lambda: verbs.put_setting(self.desk, _LEADER, before),
        )

    # --- certificates ---------------------------------------------------------------------------------

    def _read_tokens(self) -> None:
        self.perform(
            lambda _: verbs_people.tokens(self.desk),
            self._choose_token,
            title="Đang đọc token",
            lane=Lane.TOKEN,
        )

    def _choose_token(self, tokens: tuple[TokenInfo, ...]) -> None:
        row = self.table.row
        if row is None:
            return
        if not tokens:
            self.banner.tell(
                "warning", "Không thấy token nào. Cắm token, hoặc thêm trình điều khiển của hãng rồi đọc lại."
            )
            return
        choices = [
            Choice(
                one.serial, f"{one.label} · {one.serial}", ", ".join(c.common_name for c in one.certificates)
            )
            for one in tokens
        ]
        dialog = ChooseDialog(
            self.look,
            f"Gắn chứng thư cho {row.name}",
            "Token có nhiều chứng thư thì lấy chứng thư ghi đúng tên này. Không hỏi PIN.",
            choices,
            "Gắn chứng thư",
            self,
        )
        dialog.accepted.connect(lambda: self._bind(row, token=dialog.list.key))
        dialog.open()

    def _ask_certificate(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Chọn tệp chứng thư", "", _CERTIFICATES)
        if name:
            self.bind_file(Path(name))

    def bind_file(self, file: Path) -> None:
        """Bind the certificate of a file that was chosen."""
        if self.table.row is not None:
            self._bind(self.table.row, file=file)

    def _bind(self, row: Signer, *, file: Path | None = None, token: str | None = None) -> None:
        def told(report: BindReport) -> None:
            ends = f"{report.not_after.astimezone():%d/%m/%Y}"
            if report.warning:
                self.banner.tell("warning", f"Đã gắn cho {row.name}. {report.warning}")
            else:
                self.banner.tell("done", f"Đã gắn chứng thư cho {row.name}, dùng đến {ends}.")

        self.perform(
            lambda _: verbs_people.bind(self.desk, row.login, file=file, token=token),
            told,
            title="Đang gắn chứng thư",
            lane=Lane.WORK if token is None else Lane.TOKEN,
        )

    def _ask_unbind(self) -> None:
        row = self.table.row
        if row is None:
            return
        who = "con dấu" if row.login is None else row.name
        self.confirmed(
            f"Gỡ chứng thư của {who}",
            "Từ nay không ký được bằng chứng thư này cho đến khi gắn lại. "
            "Chữ ký đã có vẫn giữ nguyên giá trị.",
            "Gỡ chứng thư",
            lambda password: self.change(
                lambda: verbs_people.unbind(self.desk, row.login, password), f"Đã gỡ chứng thư của {who}."
            ),
        )

    # --- pictures -------------------------------------------------------------------------------------

    def _ask_picture(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Chọn ảnh (PNG nền trong)", "", "Ảnh PNG (*.png)")
        if name:
            self.set_picture(Path(name))

    def set_picture(self, file: Path) -> None:
        """Keep a picture that was chosen."""
        if self.table.row is not None:
            self._put_picture(self.table.row, file, f"Đã lưu ảnh của {self.table.row.name}.")

    def _drop_picture(self) -> None:
        if self.table.row is not None:
            self._put_picture(self.table.row, None, f"Đã bỏ ảnh của {self.table.row.name}.")

    def _put_picture(self, row: Signer, file: Path | None, said: str) -> None:
        def told(done: PictureSet) -> None:
            self.banner.tell(
                "done",
                said,
                action="Hoàn tác",
                do=lambda: self.change(
                    lambda: verbs_people.put_picture(self.desk, row.holder, done.before), "Đã hoàn tác."
                ),
            )

        self.perform(
            lambda _: verbs_people.set_picture(self.desk, row.holder, file), told, title="Đang lưu ảnh"
        )

    # --- drivers and roots ----------------------------------------------------------------------------

    def _ask_driver(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Chọn trình điều khiển", "", "PKCS#11 (*.dll *.so *.dylib)"
        )
        if name:
            self.add_module(Path(name))

    def add_module(self, file: Path) -> None:
        """Remember a driver that was chosen."""
        self._added(lambda: verbs.add_module(self.desk, file), f"trình điều khiển {file.name}")

    def _drop_driver(self) -> None:
        path = self.drivers.row
        if path is not None:
            self.change(
                lambda: verbs.remove_module(self.desk, path),
                f"Đã bỏ trình điều khiển {path.name}.",
                undo=lambda: verbs.add_module(self.desk, path),
            )

    def _ask_root(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Chọn chứng thư gốc", "", "Chứng thư (*.pem *.crt *.cer)")
        if name:
            self.add_anchors(Path(name))

    def add_anchors(self, file: Path) -> None:
        """Trust the certificates of a file that was chosen."""
        self._added(lambda: verbs.add_anchors(self.desk, file), f"chứng thư gốc trong {file.name}")

    def _added(self, do: Callable[[], verbs.Added], what: str) -> None:
        def told(added: verbs.Added) -> None:
            known = "" if added.count else " Trong đó không có gì mới."
            self.banner.tell("done", f"Đã thêm {added.count} {what}.{known}")

        self.perform(lambda _: do(), told, title="Đang thêm")

    def _drop_root(self) -> None:
        root = self.roots.row
        if root is not None:
            self.change(
                lambda: verbs.remove_anchor(self.desk, root.der),
                f"Thôi tin chứng thư {root.common_name}.",
                undo=lambda: verbs.trust_again(self.desk, root.der),
            )
