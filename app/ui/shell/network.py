"""Whether the operating system sees a network; a change is told, nothing is ever sent to find out."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class Network(QObject):
    """`changed` tells True for a network with a way out, False for none. Unknown counts as reachable."""

    changed = Signal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._information = None
        if QNetworkInformation.loadDefaultBackend():
            self._information = QNetworkInformation.instance()
            self._information.reachabilityChanged.connect(self._tell)

    @property
    def online(self) -> bool:
        """The state now."""
        if self._information is None:
            return True
        return self._information.reachability() in (
            QNetworkInformation.Reachability.Online,
            QNetworkInformation.Reachability.Unknown,
        )

    def _tell(self) -> None:
        self.changed.emit(self.online)
