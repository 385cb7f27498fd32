"""Why the operating system refused a file, in words for a sentence."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from typing import Final

_WORDS: Final[Mapping[int, str]] = {
    errno.ENOENT: "không có thư mục hoặc tệp này",
    errno.ENOTDIR: "đường dẫn đi qua một tệp, không phải thư mục",
    errno.EISDIR: "đây là thư mục",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "đĩa đã đầy",
    errno.EDQUOT: "đĩa đã đầy",
    errno.EBUSY: "tệp đang được dùng",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.EIO: "ổ đĩa báo lỗi đọc ghi",
}


def why(error: OSError) -> str:
    """The reason in Vietnamese; the system's number where it has no words here."""
    return _WORDS.get(error.errno or 0, f"lỗi hệ thống số {error.errno or 0}")
