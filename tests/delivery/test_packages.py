"""Packages: deterministic bytes, the national names, a slot outside what it signs, safe reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from lxml import etree

from app.delivery.packages import (
    DATA_ID,
    Event,
    Package,
    PackageEntry,
    PackageFile,
    build_package,
    read_package,
)
from app.errors import UserError

AT = datetime(2024, 6, 17, 9, 30, tzinfo=timezone(timedelta(hours=7)))
FILES = (PackageFile("pdf", "a" * 64), PackageFile("xml", "b" * 64))
ENTRIES = (
    PackageEntry("HB-1", 1, Event.CANCEL, AT, FILES, reason="Sai điểm Toán & Tiếng Việt"),
    PackageEntry("HB-1", 2, Event.NEW, AT, FILES, replaces=1),
    PackageEntry("HB-2", 1, Event.UPDATE, AT, ()),
)
PACKAGE = Package("G-1", "94000123", "2023-2024", AT, ENTRIES)


def test_there_and_back_and_deterministic() -> None:
    xml = build_package(PACKAGE)
    assert read_package(xml) == PACKAGE
    assert build_package(replace(PACKAGE, entries=ENTRIES[::-1])) == xml


def test_names_and_times_of_the_national_exchange() -> None:
    root = etree.fromstring(build_package(PACKAGE))
    record = root.find("DU_LIEU_GOI/DANH_SACH_HOC_BA/HOC_BA")
    assert record is not None
    assert [child.tag for child in record][:4] == ["IdBanGhi", "SuKien", "PhienBan", "ThoiGianCapNhat"]
    assert record.findtext("ThoiGianCapNhat") == "2024-06-17T09:30:00"


def test_times_are_vietnamese_wherever_the_pc_thinks_it_is() -> None:
    elsewhere = replace(PACKAGE, created_at=AT.astimezone(timezone(timedelta(hours=-5))))
    assert build_package(elsewhere) == build_package(PACKAGE)


def test_the_slot_is_empty_and_outside_the_signed_part() -> None:
    root = etree.fromstring(build_package(PACKAGE))
    (slot,) = root.iter("KY_GOI")
    assert slot.getparent() is root
    assert len(slot) == 0
    assert [element.get("Id") for element in root.iter() if element.get("Id")] == [DATA_ID]


def test_a_signed_package_reads_the_same() -> None:
    root = etree.fromstring(build_package(PACKAGE))
    (slot,) = root.iter("KY_GOI")
    etree.SubElement(slot, "{http://www.w3.org/2000/09/xmldsig#}Signature")
    assert read_package(etree.tostring(root)) == PACKAGE


GOOD = build_package(PACKAGE)


@pytest.mark.parametrize(
    "xml",
    [
        b"",
        b"<html/>",
        b"<GOI_HOC_BA/>",
        GOOD[:-20],
        GOOD.replace(b"<SO_LUONG>3", b"<SO_LUONG>2"),
        GOOD.replace(b"CANCEL", b"DELETE"),
        GOOD.replace(b"2024-06-17T", b"17/06/2024 "),
        GOOD.replace(b"a" * 64, b"a" * 63),
        GOOD.replace(b'Id="goi"', b'Id="khac"'),
        GOOD.replace(b"</GOI_HOC_BA>", b'<DU_LIEU_GOI Id="goi"/></GOI_HOC_BA>'),
        b'<!DOCTYPE x [<!ENTITY e "1">]>'
        + GOOD.partition(b"?>")[2].replace(b"<PhienBan>1<", b"<PhienBan>&e;<"),
    ],
)
def test_anything_else_is_refused(xml: bytes) -> None:
    with pytest.raises(UserError) as caught:
        read_package(xml)
    assert caught.value.code == "delivery.bad_package"


def test_a_wrong_hash_is_a_bug() -> None:
    entry = PackageEntry("HB-1", 1, Event.NEW, AT, (PackageFile("xml", "x"),))
    with pytest.raises(ValueError, match="SHA-256"):
        build_package(replace(PACKAGE, entries=(entry,)))
