"""The command that helps further, per code: only the command line tells it, the window names its screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COMMANDS: Final[Mapping[str, str]] = {
    "account.unknown": "hocba account list",
    "signing.no_token_at_all": "hocba module add",
    "signing.not_bound": "hocba bind",
    "store.damaged": "hocba restore",
    "store.missing": "hocba init",
    "summer.already_listed": "hocba summer list",
    "summer.closed": "hocba summer return",
    "summer.missing": "hocba summer set",
    "summer.no_day": "hocba summer set {code} date NGÀY",
    "summer.no_value": "hocba summer set",
    "summer.nobody": "hocba summer list --class {class_name}",
    "summer.not_listed": "hocba summer add",
    "summer.not_submitted": "hocba summer submit",
    "workflow.accept_remark": "hocba resolve",
    "workflow.already_accepted": "hocba unaccept",
    "workflow.already_revoked": "hocba issue",
    "workflow.bad_setting": "hocba setting list",
    "workflow.destination_path": "hocba destination add TÊN folder THƯ_MỤC",
    "workflow.no_class": "hocba classes",
    "workflow.no_destination": "hocba destination list",
    "workflow.no_destination_yet": "hocba destination add",
    "workflow.no_finding": "hocba check",
    "workflow.no_pupil": "hocba pupils --search TÊN",
    "workflow.no_pupil_in_class": "hocba pupils --class {name}",
    "workflow.no_remark": "hocba remarks",
    "workflow.no_year": "hocba status",
    "workflow.nothing_issued": "hocba issue",
}
