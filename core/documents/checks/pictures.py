"""Pictures: measured by their header, then drawn anew, so that nothing but the picture is left."""

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from .refusal import Finding, Refused, broken, not_what_it_says
from .signatures import require_signature

MOST_PIXELS = 40_000_000
FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
OPTIONS = {"JPEG": {"quality": 88}, "PNG": {}, "WEBP": {"quality": 88}}


def check_picture(content: bytes, extension: str) -> Finding:
    """The picture without EXIF, place and thumbnail, turned the way it was meant to be seen."""
    require_signature(content, extension)
    name = FORMATS[extension]
    try:
        with Image.open(io.BytesIO(content), formats=[name]) as picture:
            _refuse_large(picture)
            return Finding(content=_drawn_anew(picture, name))
    except Refused:
        raise
    except UnidentifiedImageError as error:
        raise not_what_it_says(extension) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise too_many_pixels() from error
    except Exception as error:  # decoders of foreign bytes raise whatever comes
        raise broken() from error


def _refuse_large(picture: Image.Image) -> None:
    """Before a single pixel is decoded: ten kilobytes can open to hundreds of megabytes."""
    if picture.width * picture.height > MOST_PIXELS:
        raise too_many_pixels()


def _drawn_anew(picture: Image.Image, name: str) -> bytes:
    ImageOps.exif_transpose(picture, in_place=True)
    profile = picture.info.get("icc_profile")
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, name, exif=b"", icc_profile=profile, **OPTIONS[name])
    return out.getvalue()


def too_many_pixels() -> Refused:
    return Refused(
        _(
            "Plik: obraz ma za dużo pikseli. Zmniejsz go do 40 megapikseli, np. 8000 × 5000, i dodaj jeszcze raz."
        )
    )
