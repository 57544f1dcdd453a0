"""How large an uploaded file may be: what is beyond is read off the wire and kept nowhere."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

_MARK = "holdfast.too_large"


class Limit(FileUploadHandler):
    """Stands before the handlers that store, so that a disk is never filled by one upload."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.IMPORT_MAX_BYTES:
            if self.request is not None:
                self.request.META[_MARK] = "1"
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers that follow."""


def was_too_large(request: Any) -> bool:
    """Whether a file of this request was left out."""
    return request.FILES is not None and _MARK in request.META  # asking for them reads the body
