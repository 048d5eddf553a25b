"""A question of one process is answered by another through the database, and soon forgotten."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from board.inquiries import Inquiries

NOW = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def test_a_question_is_answered_once_and_asked_again_waits_again(engine: Engine) -> None:
    inquiries = Inquiries(engine)
    inquiries.ask("main", "how?", NOW)
    inquiries.ask("main", "what?", NOW + timedelta(seconds=1))
    inquiries.ask("main", "how?", NOW)
    assert inquiries.open("main") == ["how?", "what?"]
    assert (inquiries.open("other"), inquiries.answer_to("main", "how?")) == ([], None)
    inquiries.answer("main", "how?", "so")
    assert inquiries.open("main") == ["what?"]
    assert inquiries.answer_to("main", "how?") == "so"
    inquiries.ask("main", "how?", NOW + timedelta(seconds=2))
    assert inquiries.answer_to("main", "how?") is None
    inquiries.ask("main", "and now?", NOW + timedelta(seconds=90))
    inquiries.forget("main", NOW + timedelta(seconds=30))
    assert inquiries.open("main") == ["and now?"]
