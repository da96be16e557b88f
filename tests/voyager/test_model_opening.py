"""The models of a sitting, opened against an endpoint."""

from __future__ import annotations

from tests.voyager.sittings import LOGS, gives, sitting
from voyager.language_models import BudgetSettings, ModelSettings, Role
from voyager.language_models.replay.replay_server import ReplayServer
from voyager.opening.model_opening import open_models


def test_what_is_asked_to_find_out_about_an_endpoint_is_in_the_books_and_for_no_task(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("OPENAI_API_KEY", "any")
    with ReplayServer(()) as endpoint, sitting(tmp_path, gives(), LOGS) as one:
        settings = ModelSettings("m", endpoint.base_url)
        other = ModelSettings("other", endpoint.base_url)
        roles = {Role.PROPOSER: settings, Role.WRITER: settings, Role.CRITIC: other}
        open_models(roles, BudgetSettings(), one.told.append, lambda _: None, one.books.record)
        one.agent.play()
        asked = len(endpoint.probes)
        found = one.connection.execute(
            "SELECT role, COUNT(*), MIN(input_tokens) > 0 FROM model_calls"
            " WHERE purpose = 'probe' AND task_id IS NULL GROUP BY role ORDER BY role"
        ).fetchall()
    assert found == [("critic", asked // 2, 1), ("proposer", asked // 2, 1)]
