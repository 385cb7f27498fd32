"""The 54 ethnic groups in the order of the statistics office, and matching of their many spellings."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from app.records.names import match_key

_NAMES = (
    "Kinh|Tày|Thái|Hoa|Khơ-me|Mường|Nùng|Mông|Dao|Gia-rai|Ngái|Ê-đê|Ba-na|Xơ-đăng|Sán Chay|Cơ-ho|Chăm|Sán Dìu"
    "|Hrê|Mnông|Ra-glai|Xtiêng|Bru-Vân Kiều|Thổ|Giáy|Cơ-tu|Gié-Triêng|Mạ|Khơ-mú|Co|Ta-ôi|Chơ-ro|Kháng"
    "|Xinh-mun|Hà Nhì|Chu-ru|Lào|La Chí|La Ha|Phù Lá|La Hủ|Lự|Lô Lô|Chứt|Mảng|Pà Thẻn|Cơ Lao|Cống|Bố Y|Si La"
    "|Pu Péo|Brâu|Ơ Đu|Rơ-măm|Người nước ngoài"
)

ETHNICITIES: Final[Mapping[str, str]] = MappingProxyType(
    {f"{number:02}": name for number, name in enumerate(_NAMES.split("|"), start=1)}
)
"""Code → name; 55 is a foreigner. The printed value follows the birth certificate, not this list."""

_ALIASES: Final[Mapping[str, str]] = {
    "Việt": "01",
    "Hán": "04",
    "Khmer": "05",
    "Khờ me": "05",
    "Hmông": "08",
    "H'Mông": "08",
    "Jrai": "10",
    "Bahnar": "13",
    "Sê đăng": "14",
    "K'ho": "16",
    "M'nông": "20",
    "Stiêng": "22",
    "Vân Kiều": "23",
    "Bru": "23",
    "Nước ngoài": "55",
}


_BY_KEY: Final = {match_key(name): code for code, name in ETHNICITIES.items()} | {
    match_key(alias): code for alias, code in _ALIASES.items()
}


def ethnicity_from_text(text: str) -> str | None:
    """The code of an ethnic group by its name, in any usual spelling; None when unknown.

    Numbers are not read: lists of other systems number the groups differently.
    """
    return _BY_KEY.get(match_key(text).removeprefix("dantoc"))
