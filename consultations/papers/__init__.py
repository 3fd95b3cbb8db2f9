"""The report as a paper: one content, told as a page, PDF, DOCX, XLSX and CSV (R-CNS-19)."""

from .files import FILE_KINDS, ReportWaits, file_of, make_file
from .report import Block, Section, paper_of, stage_paper_of, table_of

__all__ = [
    "FILE_KINDS",
    "Block",
    "ReportWaits",
    "Section",
    "file_of",
    "make_file",
    "paper_of",
    "stage_paper_of",
    "table_of",
]
