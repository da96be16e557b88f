"""The log of another process does not grow for ever."""

from __future__ import annotations

from mc_server.bounded_log import begin_anew_when_large, last_words


def test_a_large_log_is_begun_anew_under_the_hands_of_who_writes_it(tmp_path):
    log, old = tmp_path / "server.log", tmp_path / "server.log.1"
    with log.open("ab", buffering=0) as opened:
        for text in (b"first " * 10, b"second " * 10):
            opened.write(text)
            begin_anew_when_large(log, 50)
            assert (log.read_bytes(), old.read_bytes()) == (b"", text)
        opened.write(b"third")
    begin_anew_when_large(log, 50)
    assert (log.read_bytes(), old.read_bytes()) == (b"third", b"second " * 10)


def test_a_log_that_is_not_there_or_cannot_be_kept_is_left_alone(tmp_path):
    begin_anew_when_large(tmp_path / "none.log", 0)
    (tmp_path / "server.log").write_bytes(b"some")
    (tmp_path / "server.log.1").mkdir()
    begin_anew_when_large(tmp_path / "server.log", 0)
    assert (tmp_path / "server.log").read_bytes() == b"some"


def test_the_last_words_of_a_process_are_a_plain_line(tmp_path):
    log = tmp_path / "server.log"
    assert last_words(log) == last_words(None) == ""
    log.write_bytes(b"Starting\nOut of \x1b[31mmemory\x1b[0m\r\n> \x1b[1G\x1b[1G\n\n")
    assert last_words(log) == "Out of memory"
