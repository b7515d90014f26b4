"""上传: what is sent as a file is held in memory and never written to a disk unsealed. For every door alike."""

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from yousu.cases.attaching import MOST_BYTES

# Beside the file a form holds a few fields.
MOST_FORM_BYTES = MOST_BYTES + 1024 * 1024


class InMemory(FileUploadHandler):
    """Django's handler of uploads. Refuses a request that is too large before reading it (RequestDataTooBig)."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        """Looks at the length alone; the parser goes on."""
        if content_length > MOST_FORM_BYTES:
            raise RequestDataTooBig(f"{content_length} bytes")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins."""
        super().new_file(*args, **kwargs)
        self._content = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """The next bytes of it."""
        self._content.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """The file is whole."""
        self._content.seek(0)
        return InMemoryUploadedFile(
            self._content, self.field_name, self.file_name or "", self.content_type, file_size, self.charset
        )
