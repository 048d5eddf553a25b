"""While the journal cannot be written every door says so, calmly, and nothing has happened."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

from board.core.roles import Role
from tests.web.front import Front


def test_a_locked_database_is_503_and_passes(front: Front) -> None:
    body = {"car": {"plate": "京A12345"}}
    seq = front.desk.shop.seq
    front.simulated.update(now="2026-11-23T12:00:00+08:00", rate=600.0)
    with front.as_program(Role.advisor) as program, front.as_person("li") as li:
        front.clock.pass_by(600)
        front.access.forget()
        locker = sqlite3.connect(str(front.engine.url.database), isolation_level=None)
        locker.execute("BEGIN IMMEDIATE")
        with ThreadPoolExecutor(3) as threads:
            post, get = program.post, li.get
            asked = threads.submit(post, "/api/v1/commands/receive_job", json=body, timeout=30)
            ready = threads.submit(get, "/readyz", timeout=30)
            known = threads.submit(get, "/who", timeout=30)
            answers = [one.result() for one in (asked, ready, known)]
        assert [answer.status_code for answer in answers] == [503, 503, 503]
        assert answers[0].json()["code"] == "journal_unavailable"
        told = answers[1].json()
        assert "locked" in told["degraded"]["journal"]
        assert told["clock"] == front.simulated, "time goes on all the same"
        assert front.desk.shop.seq == seq
        locker.execute("ROLLBACK")
        locker.close()
        assert program.post("/api/v1/commands/receive_job", json=body).status_code == 200
        assert li.get("/who").json()["person"] == "li"
