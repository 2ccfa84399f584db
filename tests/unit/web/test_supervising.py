"""A leader's wish over the control socket."""

from __future__ import annotations

import getpass

from fs_control.errors import UserMistake
from fs_control.records import SuperviseWish


def test_C7_a_wish_is_passed_on_in_the_name_of_the_user_at_the_other_end(ask, control):
    assert ask("POST", "/agents/801/supervision/whisper", {"leader": "802"}) == (200, {"done": True})
    assert control.supervised == [("802", "801", SuperviseWish.WHISPER, getpass.getuser())]


def test_C7_who_is_no_leader_is_forbidden(ask, control):
    control.refusal = UserMistake("supervise_no_right", leader="802")
    assert ask("POST", "/agents/801/supervision/listen", {"leader": "802"})[0] == 403


def test_C7_a_wish_that_does_not_exist_names_the_nearest(ask, control):
    status, answer = ask("POST", "/agents/801/supervision/wisper", {"leader": "802"})
    assert (status, answer["code"], answer["values"]["nearest"]) == (404, "supervise_wish_unknown", "whisper")


def test_C7_a_body_without_a_leader_or_with_more_is_refused(ask, control):
    assert ask("POST", "/agents/801/supervision/listen", {})[0] == 422
    assert ask("POST", "/agents/801/supervision/listen", {"leader": "802", "more": 1})[0] == 422
    assert ask("POST", "/agents/801/supervision/listen", {"leader": "80\n2"})[0] == 422
    assert control.supervised == []
