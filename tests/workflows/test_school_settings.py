"""Settings that can be taken back: names, code, rules, drivers, roots, destinations, pictures."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.demo.cast import CHECKER
from app.errors import NotAllowed, UserError
from app.models import changelog
from app.records.checks import RULES
from app.records.types import Severity, SigningRole
from app.workflows import checks, rules, school, settings
from app.workflows.rules import ListedRule
from tests.transcript.test_pictures import png
from tests.world import World

DAY = date(2025, 7, 1)


def listed(world: World, rule: str) -> ListedRule:
    return next(one for one in rules.list_rules(store=world.store) if one.rule.id == rule)


def set_rule(world: World, rule: str, **wanted: object) -> None:
    rules.set_rule(store=world.store, actor=world.actor(), rule=rule, **wanted)  # type: ignore[arg-type]


def test_names_from_a_day_are_taken_back(listed_world: World) -> None:
    world = listed_world
    school.set_names(store=world.store, actor=world.actor(), valid_from=DAY, given={"commune": "Mỹ Hương"})
    assert [day for day, _ in school.list_names(store=world.store)] == [None, DAY]
    school.forget_names(store=world.store, actor=world.actor(), valid_from=DAY)
    assert [day for day, _ in school.list_names(store=world.store)] == [None]
    again = school.forget_names(store=world.store, actor=world.actor(), valid_from=DAY)
    assert again.kinds == frozenset()
    assert world.store.status()["audit_chain"] == "ok"


def test_the_code_of_the_school(listed_world: World) -> None:
    world = listed_world
    school.set_code(store=world.store, actor=world.actor(), code="94999001")
    assert school.list_names(store=world.store)[0][1].code == "94999001"
    with pytest.raises(UserError) as error:
        school.set_code(store=world.store, actor=world.actor(), code="hai chữ")
    assert error.value.code == "workflow.school_code"


def test_the_code_stays_once_it_is_used(issued_world: World) -> None:
    with pytest.raises(UserError) as error:
        school.set_code(store=issued_world.store, actor=issued_world.actor(), code="94999001")
    assert error.value.code == "workflow.school_code_used"


def test_a_rule_is_turned_off_and_on_again(listed_world: World) -> None:
    world = listed_world
    found = checks.check(store=world.store, actor=world.actor()).findings
    rule = found[0].rule
    set_rule(world, rule, enabled=False)
    assert not listed(world, rule).enabled
    left = checks.check(store=world.store, actor=world.actor()).findings
    assert {one.rule for one in found} - {one.rule for one in left} == {rule}
    set_rule(world, rule, enabled=True)
    assert checks.check(store=world.store, actor=world.actor()).findings == found


def test_the_severity_it_comes_with_is_no_choice(listed_world: World) -> None:
    world = listed_world
    first, second = list(RULES)[:2]
    set_rule(world, first, severity=Severity.NOTE)
    set_rule(world, second, severity=Severity.NOTE)
    assert listed(world, first).severity is listed(world, second).severity is Severity.NOTE
    set_rule(world, first, severity=RULES[first].severity)
    assert settings.list_settings(store=world.store)["check_severity"] == f"{second}=note"


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [("level.score", "check_level_scores", "off"), ("competency.subject", "check_competency_gap", "0")],
)
def test_a_rule_turned_off_by_its_own_setting_is_turned_on(
    listed_world: World, rule: str, name: str, value: str
) -> None:
    world = listed_world
    settings.put_setting(store=world.store, actor=world.actor(), name=name, value=value)
    assert not listed(world, rule).enabled
    set_rule(world, rule, enabled=True)
    assert listed(world, rule).enabled


def test_an_unknown_rule_is_refused(listed_world: World) -> None:
    with pytest.raises(UserError) as error:
        set_rule(listed_world, "no.rule", enabled=False)
    assert error.value.code == "workflow.no_rule"


def test_every_rule_is_listed_with_group_and_words() -> None:
    found = rules.list_rules(store=None)
    assert [one.rule.id for one in found] == list(RULES)
    assert all(one.group and one.outline and one.basis for one in found)
    assert not any("{" in one.outline for one in found)


def test_drivers_and_roots_leave_and_come_back(listed_world: World) -> None:
    world = listed_world
    module = world.cast.tokens[SigningRole.SEAL].module
    settings.remove_module(store=world.store, actor=world.actor(), path=module.absolute())
    assert settings.list_modules(store=world.store) == ()
    before = settings.list_anchors(store=world.store)
    settings.remove_anchor(store=world.store, actor=world.actor(), der=before[0].der)
    assert before[0] not in settings.list_anchors(store=world.store)
    settings.trust_again(store=world.store, actor=world.actor(), der=before[0].der)
    assert set(settings.list_anchors(store=world.store)) == set(before)
    with pytest.raises(UserError):
        settings.trust_again(store=world.store, actor=world.actor(), der=b"no certificate")


def test_a_destination_is_paused_and_goes_on(listed_world: World) -> None:
    world = listed_world
    for paused in (True, False):
        settings.pause_destination(store=world.store, actor=world.actor(), name="usb", paused=paused)
        assert settings.destinations(store=world.store)[0].paused is paused


def test_a_picture_is_put_back(listed_world: World, tmp_path: Path) -> None:
    world = listed_world
    file = tmp_path / "chu-ky.png"
    file.write_bytes(png())
    school.set_picture(store=world.store, actor=world.actor(), holder="gv3a", file=file)
    kept = school.picture(store=world.store, actor=world.actor(), holder="GV3A")
    assert kept is not None
    school.put_picture(store=world.store, actor=world.actor(), holder="gv3a", content=None)
    assert school.picture(store=world.store, actor=world.actor(), holder="gv3a") is None
    school.put_picture(store=world.store, actor=world.actor(), holder="gv3a", content=kept)
    assert school.picture_holders(store=world.store) == ("gv3a",)


def test_nobody_else_changes_settings(listed_world: World) -> None:
    world, actor = listed_world, listed_world.actor(CHECKER)
    with world.store.reading() as session:
        before = changelog.entries(session, limit=1)
    for act in (
        lambda: school.forget_names(store=world.store, actor=actor, valid_from=DAY),
        lambda: school.set_code(store=world.store, actor=actor, code="94999001"),
        lambda: school.picture(store=world.store, actor=actor, holder=""),
        lambda: school.put_picture(store=world.store, actor=actor, holder="", content=None),
        lambda: rules.set_rule(store=world.store, actor=actor, rule=next(iter(RULES)), enabled=False),
        lambda: settings.remove_module(store=world.store, actor=actor, path=Path("x")),
        lambda: settings.remove_anchor(store=world.store, actor=actor, der=b""),
        lambda: settings.trust_again(store=world.store, actor=actor, der=b""),
        lambda: settings.pause_destination(store=world.store, actor=actor, name="usb", paused=True),
    ):
        with pytest.raises(NotAllowed):
            act()
    with world.store.reading() as session:
        assert changelog.entries(session, limit=1) == before
