"""Vietnamese for Qt's own words: its translation where it ships one, else the few that our windows show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

WORDS: Final[Mapping[str, str]] = {
    "&Undo": "&Hoàn tác",
    "&Redo": "&Làm lại",
    "Cu&t": "&Cắt",
    "&Copy": "&Sao chép",
    "&Paste": "&Dán",
    "Delete": "Xóa",
    "Select All": "Chọn tất cả",
    "Copy &Link Location": "Sao chép địa chỉ",
    "OK": "Đóng",
    "Cancel": "Hủy",
    "&Cancel": "&Hủy",
    "Close": "Đóng",
    "&Close": "&Đóng",
    "Save": "Lưu",
    "&Save": "&Lưu",
    "Open": "Mở",
    "&Open": "&Mở",
    "&Choose": "&Chọn",
    "&Yes": "&Có",
    "&No": "&Không",
    "Look in:": "Thư mục:",
    "File &name:": "&Tên tệp:",
    "Files of type:": "Loại tệp:",
    "Directory:": "Thư mục:",
    "Name": "Tên",
    "Size": "Cỡ",
    "Type": "Loại",
    "Date Modified": "Ngày sửa",
    "Back": "Trước",
    "Forward": "Sau",
    "Parent Directory": "Thư mục cha",
    "Create New Folder": "Tạo thư mục mới",
    "&New Folder": "&Thư mục mới",
    "&Rename": "Đổi &tên",
    "&Delete": "&Xóa",
    "My Computer": "Máy này",
    "Clear": "Xóa",
}


class OurWords(QTranslator):
    """Answers for the words above, whatever the context, and leaves the rest alone."""

    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """The Vietnamese for one of Qt's words; None when it is not ours, so that Qt keeps its own."""
        return WORDS.get(sourceText)

    def isEmpty(self) -> bool:
        """Never: Qt ignores empty translators."""
        return False


def install(application: QCoreApplication) -> tuple[QTranslator, ...]:
    """Install what there is; the caller keeps the translators alive."""
    vietnamese = QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam)
    QLocale.setDefault(vietnamese)
    kept: list[QTranslator] = [OurWords()]
    shipped = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if shipped.load(vietnamese, "qtbase", "_", folder):
        kept.append(shipped)
    for translator in kept:
        application.installTranslator(translator)
    return tuple(kept)
