"""Addresses of offers, below »konkursy/oferty/«."""

from django.urls import path

from ..views import papers, supplements
from ..views.offers import (
    annexes,
    filing,
    joint,
    pages,
    writing,
)

urlpatterns = [
    path("<int:pk>/", pages.overview, name="offer"),
    path("<int:pk>/krok/<slug:key>/", writing.section, name="offer_section"),
    path("<int:pk>/krok/<slug:key>/zapis/", writing.autosave, name="offer_autosave"),
    path("<int:pk>/krok/<slug:key>/komentarz/", pages.comment, name="offer_comment"),
    path("<int:pk>/wybor/<int:conflict>/", writing.settle, name="offer_conflict"),
    path("<int:pk>/zalaczniki/", annexes.annexes, name="offer_annexes"),
    path("<int:pk>/partnerzy/", joint.partners, name="offer_partners"),
    path("<int:pk>/sprawdz/", filing.check, name="offer_check"),
    path("<int:pk>/zloz/", filing.file, name="offer_file"),
    path("<int:pk>/potwierdzenie/", filing.receipt, name="offer_receipt"),
    path("<int:pk>/wycofaj/", filing.withdraw, name="offer_withdraw"),
    path("<int:pk>/kopia/", pages.copy, name="offer_copy"),
    path("<int:pk>/oferta.pdf", papers.offer_pdf, name="offer_pdf"),
    path("<int:pk>/wersje/<int:number>/oferta.pdf", papers.offer_pdf, name="offer_version_pdf"),
    path("<int:pk>/oferta.docx", papers.offer_docx_file, name="offer_docx"),
    path("<int:pk>/kosztorys.xlsx", papers.offer_xlsx_file, name="offer_xlsx"),
    path("<int:pk>/wczytaj/", papers.offer_import, name="offer_import"),
    path("<int:pk>/wersje/", papers.offer_versions, name="offer_versions"),
    path("<int:pk>/uzupelnienie/", supplements.supplement, name="supplement"),
]
