"""Every workbook we write, in one place for callers."""

from __future__ import annotations

from app.excel.saving import sheet_names
from app.excel.write_csdl import write_csdl_comments, write_csdl_results
from app.excel.write_pupils import write_csdl_pupils
from app.excel.write_summary import write_class_summary
from app.excel.write_table import LONGEST, write_long_table, write_table
from app.excel.write_template import write_our_template, write_our_templates

__all__ = [
    "LONGEST",
    "sheet_names",
    "write_class_summary",
    "write_csdl_comments",
    "write_csdl_pupils",
    "write_csdl_results",
    "write_long_table",
    "write_our_template",
    "write_our_templates",
    "write_table",
]
