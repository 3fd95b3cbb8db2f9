"""Papers of offers: the statutory template as data, and the same form as PDF, DOCX and XLSX."""
