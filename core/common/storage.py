"""Static files with the hash of their content in the name."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):
    """Vendored files keep their own source-map comments, which point to files we do not ship."""

    support_js_module_import_aggregation = False
    manifest_strict = False
