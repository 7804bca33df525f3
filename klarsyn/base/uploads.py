"""Uploads lie in memory alone: Django's own would write a large one to the temporary folder, in the clear."""

from __future__ import annotations

import io
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class InMemory(FileUploadHandler):
    """Keeps a file up to `FILE_UPLOAD_MAX_MEMORY_SIZE`; of a larger one nothing but its size.

    The form sees a file of that size and without content, so that it can say what is too large.
    """

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._body, self._is_too_large = io.BytesIO(), False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start + len(raw_data) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            self._body, self._is_too_large = io.BytesIO(), True
        if not self._is_too_large:
            self._body.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        self._body.seek(0)
        return InMemoryUploadedFile(
            self._body,
            self.field_name,
            self.file_name or "",
            self.content_type or "",
            file_size,
            self.charset,
        )
