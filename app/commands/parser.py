"""The grammar of the command line (design section 5)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from app import __version__
from app.commands import (
    delivery,
    documents,
    entry,
    gate,
    journal,
    receiving,
    rules,
    school,
    setup,
    summer,
    years,
)
from app.commands.answer import Answer
from app.commands.context import Context
from app.errors import UserError
from app.records.codes import parse_period
from app.records.journal import LogGroup
from app.records.types import Period, Role, SigningRole

Verb = Callable[[Context], Answer]


class Parser(argparse.ArgumentParser):
    """argparse that speaks Vietnamese and raises instead of leaving the process."""

    def __init__(self, **options: object) -> None:
        super().__init__(add_help=False, **options)  # type: ignore[arg-type]
        self._positionals.title = "Tham số"
        self._optionals.title = "Tùy chọn"
        self.add_argument("-h", "--help", action="help", help="hiện cách dùng")

    def error(self, message: str) -> NoReturn:
        raise UserError("cli.usage", usage=" ".join(self.format_usage().split()).removeprefix("usage: "))


def period(text: str) -> Period:
    """A period code; CK2 is an alias of CN."""
    found = parse_period(text)
    if found is None:
        raise argparse.ArgumentTypeError(text)
    return found


def _globals(parser: argparse.ArgumentParser, *, first: bool) -> None:
    """Global options; behind the verb they only override what stood before it."""
    missing = None if first else argparse.SUPPRESS
    off = False if first else argparse.SUPPRESS
    parser.add_argument("--data", type=Path, metavar="DIR", default=missing, help="thư mục dữ liệu")
    parser.add_argument("--user", metavar="NAME", default=missing, help="tên đăng nhập")
    parser.add_argument("--json", action="store_true", default=off, help="trả lời bằng một đối tượng JSON")
    parser.add_argument("--quiet", action="store_true", default=off, help="không hiện tiến độ")


class _Verbs:
    def __init__(self, parser: Parser) -> None:
        self._subs = parser.add_subparsers(metavar="LỆNH", title="Lệnh", parser_class=Parser)

    def add(self, name: str, run: Verb, help_text: str) -> Parser:
        """One verb with the global options behind it as well."""
        parser: Parser = self._subs.add_parser(name, help=help_text)
        _globals(parser, first=False)
        parser.set_defaults(run=run, verb=name)
        return parser

    def group(self, name: str, help_text: str) -> _Verbs:
        """A verb that has verbs of its own, such as `account add`."""
        parser: Parser = self._subs.add_parser(name, help=help_text)
        _globals(parser, first=False)
        return _Verbs(parser)


def build() -> Parser:
    """The whole grammar."""
    parser = Parser(prog="hocba", description="Học bạ số. Không có lệnh thì mở cửa sổ.")
    parser.add_argument("--version", action="version", version=f"hocba {__version__}")
    _globals(parser, first=True)
    verbs = _Verbs(parser)
    _setup(verbs)
    _people(verbs)
    _entry(verbs)
    _gate(verbs)
    _summer(verbs)
    _documents(verbs)
    _delivery(verbs)
    return parser


def day(text: str) -> date:
    """A day as 2024-06-20 or 20/6/2024."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(text)


def _class(parser: Parser, *, required: bool = False) -> None:
    parser.add_argument(
        "--class", dest="class_name", metavar="LỚP", required=required, help="tên lớp, ví dụ 3A"
    )


def _period(parser: Parser, default: Period | None = Period.CN) -> None:
    parser.add_argument(
        "--period", type=period, default=default, metavar="KÌ", help="GK1, CK1, GK2, CN (CK2)"
    )


def _out(parser: Parser) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="tệp ghi ra")


def _setup(verbs: _Verbs) -> None:
    init = verbs.add("init", setup.init, "tạo thư mục dữ liệu và tài khoản đầu tiên")
    for name in ("school", "code", "commune", "province", "year", "admin"):
        init.add_argument(f"--{name}", required=True)
    init.add_argument("--district", default="")
    init.add_argument("--name", default="", help="họ và tên người quản trị")
    verbs.add("status", setup.status, "tình trạng dữ liệu; không cần đăng nhập")
    verbs.add("backup", setup.backup, "sao lưu").add_argument("file", type=Path, metavar="FILE")
    verbs.add("restore", setup.restore, "khôi phục").add_argument("file", type=Path, metavar="FILE")
    verbs.add("recover", setup.recover, "lấy lại khóa dữ liệu bằng mã khôi phục")
    modules = verbs.group("module", "trình điều khiển PKCS#11")
    modules.add("add", setup.module_add, "thêm").add_argument("path", type=Path, metavar="PATH")
    modules.add("list", setup.module_list, "liệt kê")
    trust = verbs.group("trust", "chứng thư gốc và trung gian được tin")
    trust.add("add", setup.trust_add, "thêm").add_argument("file", type=Path, metavar="FILE.pem")
    trust.add("list", setup.trust_list, "liệt kê")
    choices = verbs.group("setting", "cài đặt của trường")
    put = choices.add("put", setup.setting_put, "đặt")
    put.add_argument("name", metavar="MỤC")
    put.add_argument("value", metavar="GIÁ_TRỊ")
    choices.add("list", setup.setting_list, "liệt kê")
    verbs.add("rules", rules.rules, "các quy tắc kiểm tra; không cần đăng nhập")
    dates = verbs.group("milestone", "các mốc của kế hoạch năm học")
    dates.add("list", rules.milestone_list, "liệt kê").add_argument("--year", metavar="NĂM")
    moved = dates.add("set", rules.milestone_set, "đặt ngày cuối của một mốc")
    moved.add_argument("code", metavar="MỐC")
    moved.add_argument("day", type=day, metavar="NGÀY", help="2024-06-20 hoặc 20/6/2024")
    moved.add_argument("--year", metavar="NĂM")
    verbs.add("tokens", setup.tokens, "USB Token đang cắm")
    _school(verbs)
    _years(verbs)


def _school(verbs: _Verbs) -> None:
    names = verbs.group("school", "tên trường và địa danh theo ngày có hiệu lực")
    put = names.add("set", school.school_set, "đặt tên, địa danh từ một ngày")
    put.add_argument("--from", type=day, required=True, dest="valid_from", metavar="NGÀY", help="01/07/2025")
    for name, text in (
        ("name", "tên trường"),
        ("commune", "xã, phường, đặc khu"),
        ("district", 'huyện; ghi "" khi không còn cấp huyện'),
        ("province", "tỉnh, thành phố"),
        ("body", "cơ quan chủ quản, in trên bảng tổng hợp"),
    ):
        put.add_argument(f"--{name}", default=None, help=text)
    names.add("list", school.school_list, "liệt kê")
    pictures = verbs.group("picture", "ảnh chữ ký và con dấu, PNG nền trong suốt")
    put = pictures.add("set", school.picture_set, "đặt ảnh")
    put.add_argument("file", type=Path, metavar="FILE.png")
    for verb in (put, pictures.add("remove", school.picture_remove, "bỏ ảnh")):
        verb.add_argument("login", nargs="?", default="", metavar="LOGIN", help="không ghi thì là con dấu")
    pictures.add("list", school.picture_list, "liệt kê")


def _years(verbs: _Verbs) -> None:
    known = verbs.group("year", "năm học: danh sách, chuyển sang năm mới, hoàn tác")
    known.add("list", years.year_list, "liệt kê")
    chosen = known.add("open", years.year_open, "mọi người làm việc ở năm học này")
    chosen.add_argument("year", metavar="NĂM", help="ví dụ 2024-2025")
    chosen.add_argument("--new", action="store_true", help="tạo năm học khi chưa có")
    roll = known.add("roll-over", years.year_roll_over, "chuyển học sinh sang năm học sau")
    roll.add_argument("--to", metavar="NĂM", default=None, help="không ghi thì là năm liền sau")
    roll.add_argument("--dry-run", action="store_true", help="chỉ xem, không ghi gì")
    roll.add_argument("--teachers", choices=("none", "keep_class", "follow"), default="none")
    roll.add_argument("--activate", action="store_true", help="mọi người làm việc ở năm mới ngay")
    known.add("undo", years.year_undo, "hoàn tác lần chuyển năm gần nhất")


def _people(verbs: _Verbs) -> None:
    accounts = verbs.group("account", "tài khoản")
    add = accounts.add("add", setup.account_add, "thêm người")
    add.add_argument("login", metavar="LOGIN")
    add.add_argument("--name", required=True, help="họ và tên")
    add.add_argument("--title", default="", help="chức danh in trên học bạ, các dòng cách nhau bởi dấu /")
    add.add_argument("--role", type=Role, action="append", required=True, choices=list(Role), dest="roles")
    add.add_argument("--class", action="append", default=[], dest="classes", metavar="LỚP")
    add.add_argument("--subject", action="append", default=[], dest="subjects", metavar="MÔN")
    accounts.add("list", setup.account_list, "liệt kê")
    accounts.add("disable", setup.account_disable, "khóa tài khoản").add_argument("login", metavar="LOGIN")
    bind = verbs.add("bind", setup.bind, "gắn chứng thư số với người hoặc con dấu")
    bind.add_argument("login", nargs="?", metavar="LOGIN")
    bind.add_argument("--seal", action="store_true", help="chứng thư của nhà trường")
    bind.add_argument("--certificate", type=Path, metavar="FILE")
    bind.add_argument("--token", metavar="SERIAL")
    bind.add_argument("--role", type=SigningRole, choices=list(SigningRole), default=None)


def _entry(verbs: _Verbs) -> None:
    load = verbs.add("import", entry.import_files, "nhập tệp Excel")
    load.add_argument("files", type=Path, nargs="+", metavar="FILE")
    _class(load)
    _period(load, None)
    load.add_argument("--dry-run", action="store_true", help="chỉ xem, không ghi gì")
    verbs.add("classes", entry.classes, "danh sách lớp")
    pupils = verbs.add("pupils", entry.pupils, "danh sách học sinh")
    _class(pupils)
    pupils.add_argument("--search", default="", metavar="TEXT")
    results = verbs.add("results", entry.results, "kết quả của một lớp")
    _class(results, required=True)
    _period(results)
    _class(verbs.add("classify", entry.classify, "đề nghị xếp loại cuối năm"))
    put = verbs.add("set", entry.set_field, "đặt một giá trị của một học sinh")
    for name in ("code", "field", "value"):
        put.add_argument(name, metavar=name.upper())
    _period(put)


def _gate(verbs: _Verbs) -> None:
    check = verbs.add("check", gate.check, "kiểm tra dữ liệu")
    _class(check)
    _period(check)
    for name, run, text in (
        ("accept", gate.accept, "chấp nhận cảnh báo"),
        ("unaccept", gate.unaccept, "rút lại cảnh báo đã chấp nhận"),
    ):
        settle = verbs.add(name, run, text)
        settle.add_argument("ids", nargs="+", metavar="ID", help="mã của cảnh báo, xem ở hocba check")
        _class(settle, required=True)
        _period(settle)
        settle.add_argument("--reason", required=True, metavar="LÝ DO")
    for name, run, text in (
        ("submit", gate.submit, "chốt lớp"),
        ("approve", gate.approve, "duyệt lớp"),
        ("return", gate.return_class, "trả lại lớp đã chốt"),
        ("reopen", gate.reopen, "mở lại lớp"),
    ):
        stage = verbs.add(name, run, text)
        _class(stage, required=True)
        _period(stage)
        if name in ("return", "reopen"):
            stage.add_argument("--reason", required=name == "reopen", default="", metavar="LÝ DO")
        if name == "return":
            stage.add_argument(
                "--remark",
                type=gate.new_remark,
                action="append",
                default=[],
                dest="remarks",
                metavar="MÃ:MỤC:LỜI",
                help="nhắc một em, một mục; bỏ trống mã thì nhắc cả lớp",
            )
    remarks = verbs.add("remarks", gate.remarks, "nhắc nhở của Tổ công tác")
    _class(remarks)
    _period(remarks, None)
    remarks.add_argument("--all", action="store_true", help="cả những nhắc nhở đã trả lời")
    resolve = verbs.add("resolve", gate.resolve, "trả lời một nhắc nhở")
    resolve.add_argument("number", type=int, metavar="SỐ")
    resolve.add_argument("--answer", required=True, metavar="LỜI")
    _class(verbs.add("awards", gate.awards, "học sinh được xét danh hiệu cuối năm"))


def _summer(verbs: _Verbs) -> None:
    again = verbs.group("summer", "đánh giá bổ sung trong hè")
    _class(again.add("list", summer.list_pupils, "danh sách và các em thuộc diện"))
    for name, run, text in (
        ("add", summer.add, "đưa vào danh sách"),
        ("submit", summer.submit, "gửi duyệt"),
        ("approve", summer.approve, "duyệt và ghi vào kết quả cuối năm"),
    ):
        step = again.add(name, run, text)
        step.add_argument("codes", nargs="*", metavar="MÃ")
        _class(step)
    for name, run, text in (
        ("remove", summer.remove, "đưa ra khỏi danh sách"),
        ("return", summer.send_back, "trả lại để sửa"),
    ):
        step = again.add(name, run, text)
        step.add_argument("code", metavar="MÃ")
        step.add_argument("--reason", required=True, metavar="LÝ DO")
    put = again.add("set", summer.set_value, "ghi ngày hoặc một kết quả mới")
    put.add_argument("code", metavar="MÃ")
    put.add_argument("field", metavar="MỤC", help="date, TV.level, TV.score, TV.comment, NL_TT.level")
    put.add_argument("value", metavar="GIÁ_TRỊ")
    decide = verbs.add("decide", summer.decide, "quyết định của hiệu trưởng về việc lên lớp")
    decide.add_argument("code", metavar="MÃ")
    decide.add_argument("--promote", choices=("yes", "no"), required=True)
    decide.add_argument("--number", required=True, metavar="SỐ", help="ví dụ 12/QĐ-THTH")
    decide.add_argument("--date", type=day, required=True, metavar="NGÀY", help="2024-08-20 hoặc 20/8/2024")


def _documents(verbs: _Verbs) -> None:
    export = verbs.add("export", documents.export, "xuất tệp của một lớp")
    export.add_argument("kind", metavar="KIND")
    _class(export, required=True)
    _period(export)
    _out(export)
    fill = verbs.add("fill", documents.fill, "điền tệp gốc của vnEdu hoặc CSDL ngành")
    fill.add_argument("original", type=Path, metavar="ORIGINAL")
    _period(fill)
    _out(fill)
    report = verbs.add("report", documents.report, "báo cáo tiến độ, chất lượng")
    report.add_argument("kind", metavar="KIND")
    _out(report)
    _class(verbs.add("issue", documents.issue, "tạo học bạ"))
    preview = verbs.add("preview", documents.preview, "bản nháp học bạ của một em")
    preview.add_argument("code", metavar="CODE")
    _out(preview)
    booklet = verbs.add("booklet", documents.booklet, "tập học bạ các năm của một em, để xem và in")
    booklet.add_argument("code", metavar="CODE")
    _out(booklet)
    sign = verbs.add("sign", documents.sign, "ký các học bạ đang chờ")
    sign.add_argument("--role", type=SigningRole, choices=list(SigningRole), required=True)
    _class(sign)
    sign.add_argument("--token", metavar="SERIAL")
    revoke = verbs.add("revoke", documents.revoke, "thu hồi bản học bạ hiện hành")
    revoke.add_argument("code", metavar="CODE")
    revoke.add_argument("--reason", required=True, metavar="LÝ DO")
    verify = verbs.add("verify", documents.verify, "xác minh tệp, tra mã trên trang in; không cần đăng nhập")
    verify.add_argument("paths", type=Path, nargs="+", metavar="PATH|MÃ")
    verify.add_argument("--trust", type=Path, action="append", default=[], metavar="FILE.pem")
    receive = verbs.add("receive", receiving.receive, "nhận học bạ (XML) của học sinh chuyển đến")
    receive.add_argument("files", type=Path, nargs="+", metavar="FILE.xml")
    _class(receive)
    receive.add_argument("--results", action="store_true", help="ghi cả kết quả của năm học này vào lớp")
    receive.add_argument("--trust", type=Path, action="append", default=[], metavar="FILE.pem")


def _delivery(verbs: _Verbs) -> None:
    archive = verbs.add("archive", delivery.archive, "xuất kho lưu trữ, kiểm tra lại kho")
    archive.add_argument("folder", type=Path, metavar="DIR")
    archive.add_argument("--year", default=None)
    archive.add_argument("--verify", action="store_true")
    places = verbs.group("destination", "kho nhận")
    add = places.add("add", delivery.destination_add, "thêm kho nhận")
    add.add_argument("name", metavar="NAME")
    add.add_argument("kind", choices=["folder", "s3"])
    add.add_argument("path", nargs="?", default="", metavar="DIR")
    add.add_argument("--endpoint", default="", metavar="URL")
    add.add_argument("--bucket", default="")
    add.add_argument("--access-key", default="")
    add.add_argument("--prefix", default="")
    add.add_argument("--region", default="us-east-1")
    places.add("list", delivery.destination_list, "liệt kê")
    places.add("test", delivery.destination_test, "thử kết nối").add_argument("name", metavar="NAME")
    send = verbs.add("send", delivery.send, "gửi những gì đang chờ")
    send.add_argument("--once", action="store_true", help="chỉ một lượt")
    send.add_argument("--to", metavar="NAME", default=None, help="kho nhận; không ghi thì là kho đầu tiên")
    outbox = verbs.add("outbox", delivery.outbox, "hộp gửi; tạm dừng, gửi tiếp, hủy gửi, xếp lại")
    outbox.add_argument("action", nargs="?", choices=["pause", "resume", "cancel", "retry"])
    outbox.add_argument(
        "ids", nargs="*", type=int, metavar="ID", help="số của từng mục, như “outbox” liệt kê"
    )
    outbox.add_argument("--reason", default="", help="lý do hủy gửi")
    outbox.add_argument("--to", metavar="NAME", default=None, help="kho nhận; không ghi thì là kho đầu tiên")
    relay = verbs.group("relay", "chuyển bằng USB")
    carry = relay.add("export", delivery.relay_export, "ghi những gì đang chờ ra USB")
    carry.add_argument("folder", type=Path, metavar="DIR")
    bring = relay.add("import", delivery.relay_import, "nhận biên nhận từ USB")
    bring.add_argument("folder", type=Path, metavar="DIR")
    log = verbs.add("log", journal.log, "nhật ký, mục mới nhất trước")
    log.add_argument("--by", metavar="NAME", default=None, help="việc của tài khoản này")
    log.add_argument("--pupil", metavar="TEXT", default="", help="tên hoặc mã học sinh")
    log.add_argument("--kind", type=LogGroup, choices=list(LogGroup), default=None)
    log.add_argument("--since", type=day, metavar="NGÀY", default=None)
    log.add_argument("--until", type=day, metavar="NGÀY", default=None)
    log.add_argument("--before", type=int, metavar="SỐ", default=None, help="chỉ các mục cũ hơn mục này")
    log.add_argument("--limit", type=int, metavar="SỐ", default=200)
    _class(log)
    demo = verbs.add("demo", delivery.demo, "chạy thử cả cuối năm trên một trường tự sinh")
    demo.add_argument("--out", type=Path, default=None, metavar="DIR")
    demo.add_argument("--pupils", type=int, default=847)
    demo.add_argument("--year", default="2023-2024")
