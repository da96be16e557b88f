"""What a recording may hold, and which reply a request gets."""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from voyager.language_models.replay.replay_server import (
    RecordedRequest,
    ReplayServer,
    Reply,
    read_replies,
)

COMPLETIONS = Path(__file__).parents[1] / "data" / "completions"


def request(prompt):
    return RecordedRequest("/v1/chat/completions", {"messages": [{"content": prompt}]}, None)


def test_a_reply_is_found_by_text_in_the_prompt_else_in_order():
    server = ReplayServer([Reply(match="stone", text="s"), Reply(text="1"), Reply(text="2")])
    answers = [server.take(request(prompt)).text for prompt in ("wood", "stone", "wood")]
    server.close()
    assert answers == ["1", "s", "2"]
    assert server.unused == ()


def test_a_request_that_no_reply_fits_is_refused():
    server = ReplayServer([Reply(match="stone")])
    assert server.take(request("wood")).status == 400
    server.close()


def test_a_bad_line_of_a_recording_is_named(tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text('{"text": "fine"}\n\n{"txt": "typo"}\n')
    with pytest.raises(ValueError, match=r"bad\.jsonl, line 3: txt"):
        read_replies(path)


def test_every_recording_kept_here_can_be_read():
    recordings = sorted(COMPLETIONS.glob("*.jsonl"))
    assert recordings
    for path in recordings:
        assert read_replies(path)


def test_it_serves_from_the_command_line(tmp_path):
    path = tmp_path / "one.jsonl"
    path.write_text('{"text": "hello"}\n')
    command = [sys.executable, "-m", "voyager.language_models.replay.replay_server", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            base_url = process.stdout.readline().strip()
            body = json.dumps({"model": "m", "messages": [{"role": "user", "content": "hi"}]})
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(f"{base_url}/chat/completions", body.encode(), timeout=60) as answer:
                choices = json.load(answer)["choices"]
        finally:
            process.terminate()
    assert choices[0]["message"]["content"] == "hello"
