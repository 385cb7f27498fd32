"""What a revision that follows a signature may change: signature fields and validation data, nothing else.

Revisions of the shape that this program writes are compared exactly and fast; any other is judged by
pyHanko's difference analysis, which has to walk the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, Reference
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader, RawPdfPath
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    QualifiedWhitelistRule,
    ReferenceUpdate,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.rules_api import Context
from pyhanko.sign.fields import enumerate_sig_fields

from app.signing.pdf_metadata import keeps_description
from app.signing.pdf_update import written

LEVEL: Final = ModificationLevel.LTA_UPDATES
STRUCTURE: Final = ("/Root", "/StructTreeRoot")
FILLED_BY_SIGNING: Final = frozenset({"/V", "/AP", "/F"})


class _TaggedWidgetRule(QualifiedWhitelistRule):
    """Accepts that the structure tree refers to a signature field from a list of children.

    pyHanko knows only a single child there. The form's rule still has to accept the field itself, because
    the form refers to it, too.
    """

    def apply_qualified(
        self, old: HistoricalResolver, new: HistoricalResolver
    ) -> Iterator[tuple[ModificationLevel, ReferenceUpdate]]:
        for _, _, field in enumerate_sig_fields(old):
            reference = field if isinstance(field, Reference) else field.reference
            for path in old._get_usages_of_ref(reference):
                if _from_structure_tree(path):
                    known = Context.from_absolute(old, path)
                    yield LEVEL, ReferenceUpdate(reference, context_checked=known)


def _from_structure_tree(path: RawPdfPath) -> bool:
    """Whether a path is Root.StructTreeRoot.K … K[n].Obj."""
    steps = path.path
    return steps[:2] == STRUCTURE and steps[-1] == "/Obj" and isinstance(steps[-2], int) and steps[-3] == "/K"


STRUCTURE_RULES: Final = [
    CatalogModificationRule(),  # type: ignore[no-untyped-call]
    XrefStreamRule().as_qualified(LEVEL),
    ObjectStreamRule().as_qualified(LEVEL),
    DSSCompareRule().as_qualified(LEVEL),
]
DATES_OF_CHANGE: Final = [
    DocInfoRule().as_qualified(LEVEL),
    MetadataUpdateRule().as_qualified(LEVEL),  # type: ignore[no-untyped-call]
]
SIGNING_REVISION: Final = StandardDiffPolicy(
    [*STRUCTURE_RULES, *DATES_OF_CHANGE, _TaggedWidgetRule()],
    FormUpdatingRule(
        [SigFieldCreationRule(), SigFieldModificationRule()]  # type: ignore[no-untyped-call]
    ),
)
"""A revision that ends with a signature: signature fields, validation data, dates of change."""
OTHER_REVISION: Final = StandardDiffPolicy(STRUCTURE_RULES, None)
"""A revision without a signature: validation data, nothing else."""
DATED_REVISION: Final = StandardDiffPolicy([*STRUCTURE_RULES, *DATES_OF_CHANGE], None)
"""The same with a new date of change, only for a revision that keeps the description of the document."""


def check_revision(reader: PdfFileReader, base: int, number: int, *, signed: bool) -> None:
    """Check revision `number` of a document whose first signature closes revision `base`.

    pyHanko's SuspiciousModification when it changes what it must not.
    """
    new = reader.get_historical_resolver(number)
    if signed and only_fills_a_field(reader.get_historical_resolver(number - 1), new):
        return
    if signed:
        SIGNING_REVISION.apply(reader.get_historical_resolver(base), new)
        return
    old = reader.get_historical_resolver(number - 1)
    policy = DATED_REVISION if keeps_description(old, new) else OTHER_REVISION
    policy.apply(old, new)


def only_fills_a_field(old: HistoricalResolver, new: HistoricalResolver) -> bool:
    """Whether a revision does nothing but fill one empty signature field and mark the form as signed.

    All other objects of the revision have new numbers, so they can be reached from this field only.
    """
    xrefs = new.reader.xrefs
    same_trailer = _same_entries(old.trailer_view, new.trailer_view, "/Root", "/Info")
    if xrefs.refs_freed_in_revision(new.revision) or not same_trailer:
        return False
    rewritten = xrefs.explicit_refs_in_revision(new.revision)
    changed = [ref for ref in rewritten if not old.is_ref_unassignable(ref)]
    form = old.root.raw_get("/AcroForm")
    forms = [ref for ref in changed if isinstance(form, IndirectObject) and ref == form.reference]
    fields = [ref for ref in changed if ref not in forms]
    return (
        len(fields) == 1
        and fields[0] in _field_references(old)
        and _only_filled(old(fields[0]), new(fields[0]))
        and all(_differs_only_in(old(ref), new(ref), frozenset({"/SigFlags"})) for ref in forms)
    )


def _field_references(resolver: HistoricalResolver) -> set[Reference]:
    fields = resolver.root["/AcroForm"]["/Fields"]
    return {item.reference for item in fields if isinstance(item, IndirectObject)}


def _only_filled(old: object, new: object) -> bool:
    return (
        isinstance(old, DictionaryObject)
        and isinstance(new, DictionaryObject)
        and str(old.get("/FT")) == "/Sig"
        and "/V" not in old
        and "/V" in new
        and int(new.get("/F", 0)) == int(old.get("/F", 0)) | 4
        and _differs_only_in(old, new, FILLED_BY_SIGNING)
    )


def _differs_only_in(old: object, new: object, entries: frozenset[str]) -> bool:
    if not isinstance(old, DictionaryObject) or not isinstance(new, DictionaryObject):
        return False
    names = (set(old) | set(new)) - entries
    return names == set(old) - entries and _same_entries(old, new, *sorted(names))


def _same_entries(old: DictionaryObject, new: DictionaryObject, *names: str) -> bool:
    return all(_entry(old, name) == _entry(new, name) for name in names)


def _entry(holder: DictionaryObject, name: str) -> bytes | None:
    return written(holder.raw_get(name)) if name in holder else None
