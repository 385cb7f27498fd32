"""Whether the operating system sees a network; a change is told, nothing is ever sent to find out."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QNetworkInformation


class Reach(Enum):
    """What is known of the network."""

    ONLINE = auto()
    OFFLINE = auto()
    UNKNOWN = auto()


class Network(QObject):
    """`changed` tells the new state; what the operating system does not know stays unknown."""

    changed = Signal(Reach)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._information = None
        if QNetworkInformation.loadDefaultBackend():
            self._information = QNetworkInformation.instance()
            self._information.reachabilityChanged.connect(self._tell)

    @property
    def reach(self) -> Reach:
        """The state now."""
        state = QNetworkInformation.Reachability
        if self._information is None or self._information.reachability() is state.Unknown:
            return Reach.UNKNOWN
        return Reach.ONLINE if self._information.reachability() is state.Online else Reach.OFFLINE

    def _tell(self) -> None:
        self.changed.emit(self.reach)
