"""Verbs that prepare a school: init, accounts, certificates, drivers, trust, backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.commands.answer import Answer, Grid
from app.commands.context import Context, secret
from app.errors import UserError
from app.records.permissions import ROLE_TEXT
from app.records.types import School
from app.workflows import people, settings
from app.workflows import store as store_verbs

if TYPE_CHECKING:
    from app.signing.certificates import CertificateInfo
    from app.signing.discovery import TokenInfo


def init(context: Context) -> Answer:
    """Create the data folder and the first account."""
    args = context.args
    password = secret("HOCBA_PASSWORD", f"Mật khẩu cho {args.admin}: ", "account.no_password")
    school = School(args.code, args.school, args.commune, args.district, args.province)
    report = store_verbs.init_school(
        folder=context.folder,
        school=school,
        year=args.year,
        admin_login=args.admin,
        admin_name=args.name or args.admin,
        password=password,
    )
    lines = (
        f"Đã tạo dữ liệu của {args.school} tại {context.folder}.",
        f"Mã khôi phục (chỉ hiện một lần, ghi lại và cất riêng): {report.recovery_code}",
    )
    return Answer({"recovery_code": report.recovery_code, "folder": context.folder}, lines)


def status(context: Context) -> Answer:
    """State of the store; nobody's data."""
    found = store_verbs.status(folder=context.folder)
    rows = [(name, str(value)) for name, value in found.items()]
    return Answer({"status": found}, grids=(Grid(("Mục", "Giá trị"), rows),))


def backup(context: Context) -> Answer:
    """One encrypted file with everything."""
    file = store_verbs.backup(store=context.store, actor=context.actor, target=context.args.file)
    return Answer({"file": file}, (f"Đã sao lưu vào {file}.",))


def restore(context: Context) -> Answer:
    """Bring a backup back."""
    args = context.args

    def ask(variable: str, prompt: str, missing: str) -> str:
        return secret(variable, prompt, missing)

    store_verbs.restore(
        file=args.file,
        folder=context.folder,
        login_name=args.user or "",
        password=lambda: ask("HOCBA_PASSWORD", f"Mật khẩu của {args.user}: ", "account.no_password"),
        recovery_code=lambda: ask("HOCBA_RECOVERY_CODE", "Mã khôi phục: ", "store.no_recovery_code"),
    )
    found = store_verbs.status(folder=context.folder)
    return Answer({"file": args.file, "status": found}, (f"Đã khôi phục từ {args.file}.",))


def recover(context: Context) -> Answer:
    """Put the lost key back with the recovery code."""
    code = secret("HOCBA_RECOVERY_CODE", "Mã khôi phục: ", "store.no_recovery_code")
    store_verbs.recover(folder=context.folder, recovery_code=code)
    return Answer({"recovered": True}, ("Đã lấy lại khóa dữ liệu. Mở chương trình như thường lệ.",))


def module_add(context: Context) -> Answer:
    """Remember a PKCS#11 module."""
    modules = settings.add_module(store=context.store, actor=context.actor, path=context.args.path)
    return Answer({"modules": modules}, (f"Đã thêm trình điều khiển {context.args.path}.",))


def module_list(context: Context) -> Answer:
    """The modules added by hand."""
    modules = settings.list_modules(store=context.store)
    return Answer({"modules": modules}, [str(path) for path in modules])


def trust_add(context: Context) -> Answer:
    """Trust the certificates of a PEM file."""
    anchors = settings.add_anchors(store=context.store, actor=context.actor, file=context.args.file)
    return _anchors(anchors)


def trust_list(context: Context) -> Answer:
    """The trusted certificates."""
    return _anchors(settings.list_anchors(store=context.store))


def _anchors(anchors: tuple[CertificateInfo, ...]) -> Answer:
    rows = [(item.subject, item.not_after.date().isoformat(), item.fingerprint[:16]) for item in anchors]
    return Answer(
        {"anchors": [_certificate(item) for item in anchors]},
        grids=(Grid(("Chứng thư", "Hết hạn", "Dấu vân tay"), rows),),
    )


def _certificate(item: CertificateInfo) -> dict[str, object]:
    return {
        "subject": item.subject,
        "issuer": item.issuer,
        "common_name": item.common_name,
        "serial": item.serial,
        "fingerprint": item.fingerprint,
        "not_before": item.not_before,
        "not_after": item.not_after,
    }


def setting_put(context: Context) -> Answer:
    """Change one setting of the school."""
    args = context.args
    settings.put_setting(store=context.store, actor=context.actor, name=args.name, value=args.value)
    return setting_list(context)


def setting_list(context: Context) -> Answer:
    """Every setting."""
    found = settings.list_settings(store=context.store)
    return Answer({"settings": found}, grids=(Grid(("Mục", "Giá trị"), list(found.items())),))


def tokens(context: Context) -> Answer:
    """USB tokens plugged in; no PIN."""
    found = settings.tokens(store=context.store_if_any())
    rows = [
        (token.serial, token.label, certificate.common_name, certificate.not_after.date().isoformat())
        for token in found
        for certificate in token.certificates
    ]
    lines = (
        ()
        if found
        else ("Chưa thấy USB Token nào. Cắm token, hoặc thêm trình điều khiển bằng hocba module add.",)
    )
    return Answer(
        {"tokens": [_token(token) for token in found]},
        lines,
        (Grid(("Sê-ri", "Nhãn", "Chứng thư", "Hết hạn"), rows),) if rows else (),
    )


def _token(token: TokenInfo) -> dict[str, object]:
    return {
        "serial": token.serial,
        "label": token.label,
        "module": token.module,
        "certificates": [_certificate(item) for item in token.certificates],
        "flags": list(token.flags),
        "pin_state": token.pin_state,
    }


def account_add(context: Context) -> Answer:
    """Add a person."""
    args = context.args
    actor = context.actor
    password = secret("HOCBA_NEW_PASSWORD", f"Mật khẩu cho {args.login}: ", "account.no_new_password")
    people.add_account(
        store=context.store,
        actor=actor,
        login=args.login,
        name=args.name,
        title=args.title,
        roles=args.roles,
        classes=args.classes,
        subjects=args.subjects,
        password=password,
    )
    return account_list(context)


def account_list(context: Context) -> Answer:
    """Everybody with an account."""
    found = people.list_accounts(store=context.store, actor=context.actor)
    accounts = [
        {
            "login": item.account.login,
            "name": item.account.name,
            "roles": item.account.roles,
            "classes": item.account.classes,
            "subjects": [f"{c}:{s}" for c, s in sorted(item.account.subjects)],
            "disabled": item.account.disabled,
            "certificate": item.certificates[0].fingerprint if item.certificates else None,
        }
        for item in found
    ]
    rows = [
        (
            item.account.login,
            item.account.name,
            ", ".join(ROLE_TEXT[role] for role in sorted(item.account.roles)),
            ", ".join(sorted(item.account.classes)),
        )
        for item in found
    ]
    return Answer(
        {"accounts": accounts}, grids=(Grid(("Tên đăng nhập", "Họ và tên", "Vai trò", "Lớp"), rows),)
    )


def account_disable(context: Context) -> Answer:
    """Close an account."""
    people.disable_account(store=context.store, actor=context.actor, login=context.args.login)
    return account_list(context)


def bind(context: Context) -> Answer:
    """Say whose certificate this is."""
    args = context.args
    if bool(args.login) == bool(args.seal):
        raise UserError("workflow.bind_whose")
    report = people.bind(
        store=context.store,
        actor=context.actor,
        login=None if args.seal else args.login,
        certificate_file=args.certificate,
        token_serial=args.token,
        role=args.role,
    )
    whose = "con dấu của nhà trường" if args.seal else args.login
    lines = [f"Đã gắn chứng thư {report.subject} với {whose}.", *([report.warning] if report.warning else [])]
    data = {
        "subject": report.subject,
        "fingerprint": report.fingerprint,
        "not_after": report.not_after,
        "warning": report.warning,
    }
    return Answer(data, lines)
