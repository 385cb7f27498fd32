"""Small documents to sign: a page with three empty signature fields, and the XML skeleton of D4.2."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO

import pikepdf
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from app.paths import resource
from app.records.types import SigningRole
from app.signing.appearance import appearance_for
from app.signing.pdf import FIELDS, sign_pdf
from app.signing.pkcs11 import Signer
from app.signing.times import VIETNAM
from app.signing.xml import sign_xml

BOXES = {"GVCN": (340, 150, 520, 210), "CBQL": (70, 150, 250, 210), "PHATHANH": (30, 130, 130, 230)}
PUPIL = "Sơn Thị Chanh Đa"
SIGNED_AT = datetime(2024, 6, 17, 8, 12, 30, tzinfo=VIETNAM)


def sample_pdf(text: str = PUPIL, *, object_streams: bool = True, tagged: bool = False) -> bytes:
    """A PDF with the fields GVCN, CBQL and PHATHANH, with a cross-reference stream or a table.

    `tagged`: a structure tree that refers to the fields from lists, as our transcripts have.
    """
    pdfmetrics.registerFont(TTFont("Serif", str(resource("fonts", "LiberationSerif-Regular.ttf"))))
    page = BytesIO()
    canvas = Canvas(page, pagesize=(595, 842), invariant=True, initialFontName="Serif")  # type: ignore[arg-type]
    canvas.setFont("Serif", 14)
    canvas.drawString(70, 700, f"Họ và tên học sinh: {text}")
    canvas.save()
    with pikepdf.open(page) as pdf:
        fields = [_field(pdf, name) for name in BOXES]
        pdf.pages[0].Annots = pdf.make_indirect(pikepdf.Array(fields))
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields), SigFlags=1)
        if tagged:
            _tag(pdf, fields)
        result = BytesIO()
        mode = pikepdf.ObjectStreamMode.generate if object_streams else pikepdf.ObjectStreamMode.disable
        pdf.save(result, object_stream_mode=mode, deterministic_id=True)
    return result.getvalue()


def _field(pdf: pikepdf.Pdf, name: str) -> pikepdf.Object:
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Sig,
            T=name,
            F=4,
            Rect=list(BOXES[name]),
            P=pdf.pages[0].obj,
        )
    )


def _tag(pdf: pikepdf.Pdf, fields: list[pikepdf.Object]) -> None:
    tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    forms = [
        pdf.make_indirect(
            pikepdf.Dictionary(
                S=pikepdf.Name.Form, P=tree, K=[pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=field)]
            )
        )
        for field in fields
    ]
    tree.K = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Document, P=tree, K=pikepdf.Array(forms)))
    pdf.Root.StructTreeRoot = tree


def sample_xml(text: str = PUPIL) -> bytes:
    """The skeleton of a transcript's data file with three empty slots."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<HOC_BA><DU_LIEU_HOC_BA Id="data">'
        f'<THONG_TIN_HOC_BA Id="thongtinhocba"><hovaten>{text}</hovaten><_dsbangdiem>'
        '<DIEM_TONG_KET Id="diem-TOAN"><diemktdk>9</diemktdk></DIEM_TONG_KET></_dsbangdiem>'
        "</THONG_TIN_HOC_BA>"
        "<DANH_SACH_THONG_TIN_KY><DANH_SACH_GVBM></DANH_SACH_GVBM><GVCN></GVCN></DANH_SACH_THONG_TIN_KY>"
        "</DU_LIEU_HOC_BA><PHAT_HANH_HOC_BA><KY_DUYET_HOC_BA><CBQL></CBQL></KY_DUYET_HOC_BA>"
        "<KY_PHAT_HANH></KY_PHAT_HANH></PHAT_HANH_HOC_BA></HOC_BA>"
    ).encode()


def signed_pdf(
    pdf: bytes,
    signers: Mapping[str, Signer],
    roles: Iterable[SigningRole],
    *,
    at: datetime = SIGNED_AT,
    chain: Sequence[bytes] = (),
) -> bytes:
    """The PDF with the signatures of these roles, in this order."""
    for role in roles:
        signer = signers[role]
        look = appearance_for(role, signer.certificate, at)
        field = FIELDS[role]
        pdf = sign_pdf(pdf, field=field, signer=signer, signed_at=at, appearance=look, chain=chain)
    return pdf


def signed_xml(
    xml: bytes,
    signers: Mapping[str, Signer],
    roles: Iterable[SigningRole],
    *,
    at: datetime = SIGNED_AT,
    chain: Sequence[bytes] = (),
) -> bytes:
    """The data file with the signatures of these roles, in this order."""
    for role in roles:
        xml = sign_xml(xml, role=role, signer=signers[role], signed_at=at, chain=chain)
    return xml
