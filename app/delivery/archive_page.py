"""The page a person opens first in an archive: `index.html`, Vietnamese, printable, needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from html import escape
from itertools import groupby
from typing import Final
from urllib.parse import quote

from app.delivery.archive_list import LIST, Row
from app.records.types import School

PAGE: Final = "index.html"

_STYLE: Final = """
:root{--text:#1A2330;--text2:#475261;--line:#CBD3DD;--subtle:#F3F5F8;--primary:#1A5A9E;--tint:#E1EDF9}
*{box-sizing:border-box}
body{margin:0;background:var(--subtle);color:var(--text);
font:15px/1.5 "Segoe UI","Noto Sans","Liberation Sans",Arial,sans-serif}
main{max-width:1080px;margin:0 auto;padding:36px 24px 60px}
header{border-bottom:3px solid var(--primary);padding-bottom:16px;margin-bottom:24px}
h1{font-size:28px;line-height:1.25;margin:0 0 4px}
h2{font-size:19px;margin:36px 0 12px}
h3{font-size:16px;margin:0}
.school{font-size:17px;font-weight:600;color:var(--primary);margin:0 0 12px}
.quiet{color:var(--text2);margin:0}
dl{display:flex;flex-wrap:wrap;gap:12px;margin:0 0 24px}
dl div{background:#fff;border:1px solid var(--line);border-radius:6px;padding:8px 16px;min-width:130px}
dt{color:var(--text2);font-size:13px}
dd{margin:0;font-size:22px;font-weight:600;font-variant-numeric:tabular-nums}
nav{display:flex;flex-wrap:wrap;gap:8px;margin:0 0 16px}
nav a{background:var(--tint);border-radius:4px;padding:4px 12px;text-decoration:none}
a{color:var(--primary)}
a:focus-visible,input:focus-visible{outline:2px solid var(--primary);outline-offset:2px}
input{font:inherit;width:100%;max-width:420px;padding:8px 12px;border:1px solid #7C8896;border-radius:4px}
section{background:#fff;border:1px solid var(--line);border-radius:6px;margin:0 0 16px;overflow:hidden}
section>div{display:flex;justify-content:space-between;align-items:baseline;gap:12px;padding:12px 16px}
.scroll{overflow-x:auto;padding:0;display:block}
table{border-collapse:collapse;width:100%}
th,td{padding:7px 16px;text-align:left;border-top:1px solid var(--line);vertical-align:top}
th{background:var(--subtle);font-size:13px;font-weight:600;color:var(--text2);white-space:nowrap}
td{font-variant-numeric:tabular-nums}
.n{text-align:right;width:1%}
.name{font-weight:600}
.nowrap{white-space:nowrap}
footer{margin-top:36px;border-top:1px solid var(--line);padding-top:16px;color:var(--text2);font-size:13px}
code{font:12px ui-monospace,Consolas,"Liberation Mono",monospace}
@media print{
@page{size:A4;margin:14mm 12mm}
body{background:#fff;font-size:10pt}
main{max-width:none;padding:0}
nav,.find{display:none}
section,.scroll{border:0;border-radius:0;overflow:visible}
dl{gap:8px;margin-bottom:12px}
dl div{padding:4px 12px}
dd{font-size:13pt}
h2{margin:16px 0 4px}
section>div{padding:8px 0}
section>div:first-child,tr,h2{break-inside:avoid}
section>div:first-child,h2{break-after:avoid}
thead{display:table-header-group}
th,td{padding:3px 6px}
a{color:inherit;text-decoration:none}
}
"""

_SCRIPT: Final = """
const plain=s=>s.normalize("NFD").replace(/[\\u0300-\\u036f]/g,"").replace(/[đĐ]/g,"d").toLowerCase();
const rows=[...document.querySelectorAll("tbody tr")].map(r=>[r,plain(r.textContent)]);
const box=document.getElementById("find");
document.querySelector(".find").hidden=false;
box.addEventListener("input",()=>{const q=plain(box.value.trim());
for(const [r,t] of rows)r.hidden=q!==""&&!t.includes(q);
for(const s of document.querySelectorAll("section"))s.hidden=!s.querySelector("tbody tr:not([hidden])");});
"""


def render_page(rows: Sequence[Row], *, school: School, year: str, created_at: datetime) -> bytes:
    """The page for `rows`, which come in the order of the list; `year` names the year just archived."""
    classes = [(key, tuple(group)) for key, group in groupby(rows, lambda row: (row.year, row.class_name))]
    anchors = {key: f"lop-{number}" for number, (key, _) in enumerate(classes, start=1)}
    parts = [
        _head(school, year),
        _figures(rows, len(classes), created_at),
        '<p class="find" hidden><label>Tìm học sinh<br>'
        '<input id="find" type="search" placeholder="Họ tên hoặc mã"></label></p>',
    ]
    for name, group in groupby(classes, lambda item: item[0][0]):
        members = tuple(group)
        parts.append(f"<h2>Năm học {escape(name)}</h2>")
        links = (f'<a href="#{anchors[key]}">{escape(key[1])}</a>' for key, _ in members)
        parts.append(f'<nav aria-label="Các lớp">{"".join(links)}</nav>')
        parts.extend(_class(key[1], anchors[key], lines) for key, lines in members)
    parts.append(_foot())
    return "\n".join(parts).encode("utf-8")


def _head(school: School, year: str) -> str:
    place = ", ".join(part for part in (school.commune, school.district, school.province) if part)
    title = f"Kho lưu trữ học bạ số – {school.name}"
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    return f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<style>{_STYLE}</style></head><body><main>
<header><p class="school">{escape(school.name)}</p><h1>Kho lưu trữ học bạ số</h1>
<p class="quiet">Năm học {escape(year)} · {escape(place)} · Mã trường {escape(school.code)}</p></header>"""


def _figures(rows: Sequence[Row], classes: int, created_at: datetime) -> str:
    figures = (
        ("Học bạ", _number(len({(row.year, row.transcript_id) for row in rows}))),
        ("Lớp", _number(classes)),
        ("Tệp PDF và XML", _number(2 * len(rows))),
        ("Ngày lập kho", created_at.strftime("%d/%m/%Y")),
    )
    return (
        "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in figures) + "</dl>"
    )


def _class(name: str, anchor: str, rows: Iterable[Row]) -> str:
    lines = [_line(number, row) for number, row in enumerate(rows, start=1)]
    return f"""<section id="{anchor}"><div><h3>Lớp {escape(name)}</h3>
<p class="quiet">{_number(len(lines))} học bạ</p></div>
<div class="scroll"><table><thead><tr><th class="n">TT</th><th>Họ và tên</th><th>Mã học sinh</th>
<th class="n">Bản</th><th>Trạng thái</th><th>Đóng dấu lúc</th><th>Tệp</th></tr></thead>
<tbody>{"".join(lines)}</tbody></table></div></section>"""


def _line(number: int, row: Row) -> str:
    links = " · ".join(
        f'<a href="{quote(path)}">{kind}</a>' for kind, path in (("PDF", row.pdf_path), ("XML", row.xml_path))
    )
    return (
        f'<tr><td class="n">{number}</td><td class="name">{escape(row.pupil_name)}</td>'
        f'<td class="nowrap">{escape(row.pupil_code)}</td><td class="n">{row.version}</td>'
        f'<td>{escape(row.state_text)}</td><td class="nowrap">{_time(row.sealed_at)}</td>'
        f'<td class="nowrap">{links}</td></tr>\n'
    )


def _foot() -> str:
    return f"""<footer><p>Bản gốc có giá trị pháp lý là tệp XML đã ký; tệp PDF là bản trình bày.
Danh sách đầy đủ kèm mã SHA-256 của từng tệp: <a href="{LIST}">{LIST}</a>. Kho theo chuẩn BagIt 1.0
(RFC 8493), bảng kê: <code>manifest-sha256.txt</code>. Không sửa, không thêm tệp vào thư mục này; kiểm tra
lại kho bằng lệnh <code>hocba archive --verify</code>.</p></footer>
</main><script>{_SCRIPT}</script></body></html>"""


def _time(text: str) -> str:
    return datetime.fromisoformat(text).strftime("%d/%m/%Y %H:%M") if text else ""


def _number(value: int) -> str:
    """Thousands with a point, as Vietnamese writes them."""
    return f"{value:,}".replace(",", ".")
