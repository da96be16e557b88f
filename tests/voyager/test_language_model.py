"""The real `openai` client against the replay server, over loopback HTTP."""

import contextlib
import socket
import threading
from typing import Any

import pytest

from voyager.errors import ModelRefusedError, ModelUnreachableError, SettingsError
from voyager.language_models import ModelSettings, OpenAiChatModel
from voyager.language_models.endpoint.endpoint_client import BEGUN_ANEW
from voyager.language_models.endpoint.openai_chat_model import nothing
from voyager.language_models.replay.replay_server import ReplayServer, Reply
from voyager.records import Spend

QUESTION = [{"role": "user", "content": "What next?"}]
AT_ONCE = {"retry-after-ms": "1"}


@pytest.fixture(autouse=True)
def no_settings_in_the_environment(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


@pytest.fixture
def ask():
    """Ask a server with these replies once; answers the server and what came back."""
    servers = []

    def run(*replies, on_text=nothing, **settings):
        server = ReplayServer(replies).start()
        servers.append(server)
        options: dict[str, Any] = {
            "model": "a-model",
            "timeout_seconds": 5.0,
            "max_retries": 0,
            "retry_seconds": 0.0,
            **settings,
        }
        model = OpenAiChatModel(ModelSettings(base_url=server.base_url, **options), on_text)
        try:
            return server, model.complete(QUESTION, purpose="test")
        except Exception as error:
            return server, error

    yield run
    for server in servers:
        server.close()


def test_an_answer_carries_text_tokens_and_model(ask):
    server, answer = ask(Reply(text="Dig.", input_tokens=7, output_tokens=3))
    assert (answer.text, answer.model, answer.finish_reason) == ("Dig.", "a-model", "stop")
    assert answer.spend == Spend(7, 3, None)
    (request,) = server.requests
    assert request.body["messages"] == QUESTION
    assert request.body["max_tokens"] == 4096
    assert "temperature" not in request.body


def test_the_cost_is_known_for_a_model_with_a_published_price(ask):
    _, answer = ask(Reply(input_tokens=1_000_000, output_tokens=0), model="gpt-4o-mini")
    assert answer.spend.cost == pytest.approx(0.15)


@pytest.mark.parametrize("model", ["gpt-oss-20b", "openai/gpt-oss-20b", "llama-3.1-8b-instruct"])
def test_a_model_one_can_run_oneself_has_no_seller_s_price(ask, model):
    assert ask(Reply(), model=model)[1].spend.cost is None


def test_without_usage_the_cost_is_unknown_and_not_nothing(ask):
    _, answer = ask(Reply(text="Dig.", usage=False), model="gpt-4o-mini")
    assert answer.spend == Spend(0, 0, None)


def test_the_key_of_the_environment_is_sent(ask, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret\n")
    server, _ = ask(Reply())
    assert server.requests[0].authorization == "Bearer sk-secret"


@pytest.mark.parametrize("reply", [Reply(no_choices=True), Reply(text=None)])
def test_an_answer_without_text_is_an_empty_one_that_was_paid_for(ask, reply):
    _, answer = ask(reply, streaming="off")
    assert answer.text == ""
    assert answer.spend.tokens == 120


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_a_refusal_is_final_and_says_who_refused_what(ask, status):
    server, error = ask(Reply(status=status, text="not you", repeat=True), max_retries=3)
    assert isinstance(error, ModelRefusedError)
    for part in (server.base_url, "a-model", str(status), "not you"):
        assert part in str(error)
    assert "\n" not in str(error)
    assert len(server.requests) == 1


def test_a_refusal_that_quotes_the_key_does_not_show_it(ask):
    _, error = ask(Reply(status=401, text="bad key sk-secret"), api_key="sk-secret")
    assert "sk-secret" not in str(error)
    assert "***" in str(error)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_failure_is_tried_again(ask, status):
    failure = Reply(status=status, headers=AT_ONCE)
    server, answer = ask(failure, failure, Reply(text="Dig."), max_retries=2)
    assert (answer.text, answer.retries, len(server.requests)) == ("Dig.", 2, 3)


@pytest.mark.parametrize("status", [429, 500])
def test_a_lasting_failure_ends_after_the_retries(ask, status):
    server, error = ask(Reply(status=status, headers=AT_ONCE, repeat=True), max_retries=2)
    assert isinstance(error, ModelUnreachableError)
    assert "tried 3 times" in str(error)
    assert len(server.requests) == 3


def test_silence_ends_with_the_timeout(ask):
    server, error = ask(Reply(hang=True), timeout_seconds=0.2)
    assert isinstance(error, ModelUnreachableError)
    assert "within 0.2 seconds" in str(error)
    assert server.base_url in str(error)


TEXT = "Dig straight down, and then up again."
BROKEN_STREAMS = [
    Reply(text=TEXT, cut_after=3),
    Reply(text=TEXT, cut_after=3, cut_quietly=True),
    Reply(text=TEXT, stray_line='data: {"choices": [{'),
    Reply(text=TEXT, stall_after=3),
]


def patience(reply):
    return {"timeout_seconds": 5.0 if reply.stall_after is None else 1.0}


@pytest.mark.parametrize("broken", BROKEN_STREAMS)
def test_a_stream_that_breaks_off_is_asked_for_again(ask, broken):
    shown = []
    whole = Reply(text=TEXT, repeat=True)
    _, answer = ask(
        broken,
        whole,
        max_retries=5,
        on_text=lambda purpose, piece: shown.append((purpose, piece)),
        **patience(broken),
    )
    assert (answer.text, answer.retries > 0) == (TEXT, True)
    *_, void = (number for number, one in enumerate(shown) if one == ("test", BEGUN_ANEW))
    assert "".join(piece for _, piece in shown[void:]) == TEXT
    assert any(piece for _, piece in shown[:void])


@pytest.mark.parametrize("broken", BROKEN_STREAMS)
def test_a_stream_that_breaks_off_every_time_is_given_up(ask, broken):
    reply = broken.model_copy(update={"repeat": True})
    server, error = ask(reply, max_retries=1, **patience(broken))
    assert isinstance(error, ModelUnreachableError)
    assert (error.outcome, error.retries, len(server.requests)) == ("dropped", 1, 2)
    assert "tried 2 times" in str(error)


def test_an_answer_in_one_piece_that_breaks_off_is_dropped_too(ask):
    _, error = ask(Reply(text="Dig down.", cut_after=30), streaming="off")
    assert error.outcome == "dropped"


def test_an_answer_that_drips_for_ever_ends(ask):
    reply = Reply(text="x" * 10_000, drip_seconds=0.1, repeat=True)
    _, error = ask(reply, answer_seconds=0.5, max_retries=9)
    assert (error.outcome, error.retries) == ("timed_out", 0)
    assert "did not finish its answer within 0.5 seconds" in str(error)


def test_headers_that_drip_for_ever_end_as_well():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        left = threading.Event()
        thread = threading.Thread(target=drip, args=(listener, left))
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        model = OpenAiChatModel(ModelSettings("m", url, answer_seconds=0.5, max_retries=9))
        with pytest.raises(ModelUnreachableError, match="did not finish"):
            model.complete(QUESTION, purpose="test")
        assert left.wait(30)
        thread.join(30)


def drip(listener, left):
    """A byte of a header every few moments, until the client leaves."""
    connection, _ = listener.accept()
    with connection, contextlib.suppress(OSError):
        connection.sendall(b"HTTP/1.1 200 OK\r\nX-Endless: ")
        while not left.wait(0.05):
            connection.sendall(b"x")
    left.set()


def test_the_answer_is_shown_as_it_comes_in(ask):
    shown = []
    _, answer = ask(
        Reply(text=TEXT, reasoning="Hm."),
        on_text=lambda purpose, piece: shown.append(piece),
    )
    assert len(shown) > 1
    assert "".join(shown) == answer.text == TEXT


@pytest.mark.parametrize("body", ["<html>Hello</html>", "[]", '{"ok": 1}'])
def test_rubbish_in_place_of_a_completion_points_at_the_base_url(ask, body):
    _, error = ask(Reply(body=body))
    assert isinstance(error, ModelUnreachableError)
    assert "base URL" in str(error)


def test_an_error_sent_with_status_200_is_told_and_tried_again(ask):
    body = '{"error": {"message": "the model behind is down", "code": 502}}'
    server, error = ask(Reply(body=body, repeat=True), max_retries=1)
    assert isinstance(error, ModelUnreachableError)
    assert "the model behind is down" in str(error)
    assert len(server.requests) == 2


def test_a_port_where_nobody_listens_is_named():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    model = OpenAiChatModel(ModelSettings("a-model", base_url=url, max_retries=0))
    with pytest.raises(ModelUnreachableError, match="Nothing answers at") as caught:
        model.complete(QUESTION, purpose="test")
    assert url in str(caught.value)


@pytest.mark.parametrize("url", ["localhost:8080/v1", "ftp://here/v1", "http://", "http://a:b/v1"])
def test_an_address_that_is_none_is_refused_before_any_call(url):
    with pytest.raises(SettingsError, match="no address"):
        OpenAiChatModel(ModelSettings("a-model", base_url=url))


def test_openai_itself_needs_a_key():
    with pytest.raises(SettingsError, match="set OPENAI_API_KEY"):
        OpenAiChatModel(ModelSettings("gpt-4o-mini"))


def test_a_key_does_not_show_in_the_settings():
    assert "sk-secret" not in repr(ModelSettings("a-model", api_key="sk-secret"))
