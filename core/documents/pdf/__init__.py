"""Papers as PDF that everybody can read: PDF/UA-1 and PDF/A-2a, set by Typst from ``templates/pdf/``."""

from .render import PdfFailed, PdfTooLarge, PdfTooSlow, render_pdf

__all__ = ["PdfFailed", "PdfTooLarge", "PdfTooSlow", "render_pdf"]
