"""Images kept up to a number of bytes; those not used for longest go first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

from PySide6.QtGui import QImage

K = TypeVar("K", bound=Hashable)


class KeptImages(Generic[K]):
    """A mapping that forgets; the newest image is kept whatever its size."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._images: OrderedDict[K, QImage] = OrderedDict()
        self.bytes = 0
        """What the kept images take now."""

    def __len__(self) -> int:
        return len(self._images)

    def __contains__(self, key: K) -> bool:
        return key in self._images

    def get(self, key: K) -> QImage | None:
        """The image, which counts as used now."""
        if key not in self._images:
            return None
        self._images.move_to_end(key)
        return self._images[key]

    def put(self, key: K, image: QImage) -> None:
        """Keep an image instead of the one under that key."""
        self.drop(key)
        self._images[key] = image
        self.bytes += image.sizeInBytes()
        while self.bytes > self._limit and len(self._images) > 1:
            self.drop(next(iter(self._images)))

    def drop(self, key: K) -> None:
        """Forget one."""
        image = self._images.pop(key, None)
        if image is not None:
            self.bytes -= image.sizeInBytes()

    def clear(self) -> None:
        """Forget all."""
        self._images.clear()
        self.bytes = 0
