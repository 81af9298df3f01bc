"""Desks at which people sit down: a password each that works, who has come, and a desk without old alarms."""

from __future__ import annotations

import json
from http.client import HTTPConnection
from typing import Any

from openline.cli.playing.cast import Cast
from openline.cli.playing.seats import Seat, Seats, password
from openline.desk.passwords import MIN_CHARACTERS, check


def ask(seat: Seat, what: str, body: dict[str, Any], cookie: str = "") -> tuple[int, str]:
    """A request as a browser makes it: status and cookie."""
    connection = HTTPConnection(seat.desk.removeprefix("http://"), timeout=20)
    try:
        headers = {"origin": seat.desk, "content-type": "application/json", "cookie": cookie}
        connection.request("POST", f"/api/v1/{what}", json.dumps(body), headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, (answer.getheader("set-cookie") or "").partition(";")[0]
    finally:
        connection.close()


def test_whoever_signs_in_takes_a_side_once_and_finds_no_old_alarm(cast: Cast) -> None:
    seats = Seats(cast)
    (seat,) = seats.seats
    assert (seat.party, seat.officer, seat.desk) == ("South", "Cole", cast.posts["South"].desk)
    assert seats.taken() == [], "setting the password is no sitting down"
    assert ask(seat, "sign-in", {"officer": "Cole", "password": "wrong"})[0] == 401
    status, cookie = ask(seat, "sign-in", {"officer": "cole", "password": seat.password})
    assert status == 200
    assert cast.processes.until(seats.taken, "somebody at South") == ["South"]
    assert ask(seat, "note", {"number": 1}, cookie)[0] == 404, "the alarm of the line that was proposed is noted"
    assert ask(seat, "sign-in", {"officer": "cole", "password": seat.password})[0] == 200
    seats._looked = 0.0
    assert seats.taken() == []


def test_passwords_differ_and_can_be_typed() -> None:
    made = {password() for _ in range(50)}
    assert len(made) == 50
    for each in made:
        check(each, "Hale")
        assert len(each) >= MIN_CHARACTERS
        assert each.replace("-", "").isalpha()
