"""提交: a report with its photos, all or nothing; and adding a photo later."""

from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from yousu.cases import attaching
from yousu.cases.attaching import Added, TooLarge
from yousu.cases.rules import FieldWrong
from yousu.intake.arrivals import Accepted, Delivery, accept
from yousu.org.actors import RESIDENT, resident


def send(delivery: Delivery, photos: Sequence[UploadedFile]) -> Accepted:
    """Records a report; sent again it finds the first and adds nothing. Raises FieldWrong, ContentDiffers."""
    # Attaching looks for a recorded case: two batches, one transaction.
    with transaction.atomic():
        accepted = accept(delivery, by=RESIDENT)
        for photo in photos:
            attach(accepted.number, photo)
    return accepted


def attach(number: str, photo: UploadedFile) -> Added:
    """Adds a file to a resident's own case. Raises FieldWrong (`file`), NotPossible."""
    try:
        return attaching.attach(number, content=photo.read(), name=photo.name or "", by=resident(number))
    except TooLarge as error:
        raise FieldWrong("file", "too_large") from error
