"""What a PDF of ours must be: valid as PDF/UA-1 and as PDF/A-2a, judged by an independent checker."""

import io
import tempfile
from pathlib import Path

import page
import pikepdf

PROFILES = (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_2A)


def assert_accessible(pdf: bytes) -> pikepdf.Pdf:
    """Fails with the rules that are broken; gives the opened paper."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.pdf"
        path.write_bytes(pdf)
        for profile in PROFILES:
            failures = page.validate_pdf(str(path), profile=profile).failures
            assert not failures, [(one.rule_id, one.message) for one in failures[:5]]
    return pikepdf.open(io.BytesIO(pdf))
