"""The parties as posts: lines that take exercise traffic alone, offices published, faults that begin and end."""

from __future__ import annotations

from openline.cli.playing import orders
from openline.cli.playing.cast import Cast, roster
from openline.exercises.incident import Fault, Holder, Office, Party
from openline.post import requests
from openline.post.call.offices import read_roster


def test_lines_take_exercise_traffic_alone(cast: Cast) -> None:
    for post in cast.posts.values():
        assert post.ask(requests.LineStatus(line="strait"))["classes"] == ["exercise"]


def test_offices_are_published(cast: Cast) -> None:
    value, _ = orders.carry_out(cast.posts["South"].home, ["office", "list", "strait"])
    offices = {each["post"]: [office["office"] for office in each["offices"]] for each in value["members"]}
    assert offices["North"] == ["Chief"]


def test_a_roster_is_as_its_file_would_be() -> None:
    name = 'The "Chief", 1\\2\x7f'
    holders = (Holder(name="A", from_="2020-01-01", until="2021-01-01"), Holder(name="B", from_="2021-01-01"))
    party = Party(name="X", officer="Y", office=(Office(name=name, holders=holders, deputies=("D1", "D2")),))
    (office,) = read_roster(roster(party))[0].offices
    assert (office.name, list(office.deputies)) == (name, ["D1", "D2"])
    assert [each.name for each in office.holders] == ["A", "B"]


def linked(cast: Cast) -> bool:
    north, south = cast.posts.values()
    for post in (north, south):
        post.line = "strait"
    return north.linked("South") and south.linked("North")


def send(cast: Cast, text: str) -> str:
    value, why = orders.carry_out(cast.posts["North"].home, ["send", "strait", text])
    assert why == ""
    return str(value["id"])


def test_a_path_is_cut_and_whole_again(cast: Cast) -> None:
    fault = Fault(at="1m", cut=("North", "South"))
    assert cast.breaks(fault) == "The path between North and South is cut."
    cut = send(cast, "Into the cut.")
    assert cast.mends(fault) == "The path between North and South is whole again."
    cast.processes.until(lambda: cast.posts["South"].has(cut) and linked(cast), "what was said into the cut")


def test_a_path_is_slow_for_a_while(cast: Cast) -> None:
    fault = Fault(at="1m", slow=("South", "North"), bits_per_second=9_600)
    assert "9600 bits a second" in cast.breaks(fault)
    slow = send(cast, "Slowly.")
    cast.processes.until(lambda: cast.posts["South"].has(slow), "what went slowly")
    cast.mends(fault)


def test_a_post_is_down_and_runs_again(cast: Cast) -> None:
    fault = Fault(at="1m", down="North")
    for _ in range(2):
        assert cast.breaks(fault) == "The post of North is down."
        assert cast.down == {"North"}
    cast.processes.check()
    for _ in range(2):
        assert cast.mends(fault) == "The post of North runs again."
        assert cast.down == set()
    cast.processes.until(lambda: linked(cast), "the link")
