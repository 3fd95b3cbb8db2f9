"""What ties files and proofs of publication to people."""

from core.common.ties import traces

PEOPLE = (
    *traces("documents.Attachment", "uploaded_by", shown=("title", "original_name", "uploaded_at")),
    *traces("documents.PublicationProof", "recorded_by", shown=("place", "published_on", "recorded_at")),
)
