"""`voyager.toml`: models by role, budgets and the rest; every mistake in it is one sentence."""

from __future__ import annotations

import pytest

from voyager.errors import SettingsError
from voyager.language_models import Amount, Role
from voyager.opening.configuration import Configuration, configuration_of, read_configuration
from voyager.opening.settings import PlaySettings

WHOLE = """
[model]
name = "small"
base_url = "http://127.0.0.1:8080/v1"
api_key_variable = "MY_KEY"
temperature = 0.2

[roles.writer]
name = "large"
max_output_tokens = 9000

[budget]
run = "5 USD"
hour = "200k tokens"
when_spent = "stop"

[attempts]
limit = 6
other_writer_after = 3

[writer]
candidates = 3
look_up_rounds = 2

[critic]
votes = 3
"""


def written(tmp_path, text):
    file = tmp_path / "voyager.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_role_has_its_own_model_and_the_rest_of_the_common_one(tmp_path):
    found = read_configuration(written(tmp_path, WHOLE))
    assert set(found.models) == set(Role)
    writer, critic = found.models[Role.WRITER], found.models[Role.CRITIC]
    assert (writer.model, writer.max_output_tokens, writer.temperature) == ("large", 9000, 0.2)
    assert (critic.model, critic.base_url) == ("small", "http://127.0.0.1:8080/v1")
    assert critic.api_key_variable == "MY_KEY"
    assert (found.budget.run, found.budget.hour) == (Amount(5, "USD"), Amount(200_000, "tokens"))
    assert found.budget.when_spent == "stop"
    assert (found.attempts.limit, found.attempts.other_writer_after) == (6, 3)
    assert (found.writer.candidates, found.writer.look_up_rounds) == (3, 2)
    assert found.critic.votes == 3


def test_what_the_command_line_names_counts_for_every_role(tmp_path):
    found = read_configuration(written(tmp_path, WHOLE), "other", "http://h/v1")
    assert {(s.model, s.base_url) for s in found.models.values()} == {("other", "http://h/v1")}


def test_a_role_alone_makes_the_others_need_a_model_too(tmp_path):
    file = written(tmp_path, '[roles.writer]\nname = "large"')
    with pytest.raises(SettingsError, match="names no model"):
        read_configuration(file)


def test_without_a_file_nothing_is_set_and_a_model_may_be_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read_configuration(None) == Configuration()
    assert read_configuration(None, "m").models[Role.WRITER].model == "m"
    written(tmp_path, WHOLE)
    assert read_configuration(None).models[Role.WRITER].model == "large"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[model", "is not TOML"),
        ("[modell]", "did you mean model"),
        ("model = 3", "as a section"),
        ("[model]\nname = 3", "name cannot be 3"),
        ('[model]\nnam = "m"', "did you mean name"),
        ('[model]\nname = "m"\ntools = true', "tools cannot be true"),
        ('[model]\nname = "m"\nkey = "sk-1"', "does not belong in a file"),
        ('[model]\nname = "m"\napi_key_variable = "sk-1"', "not the key itself"),
        ('[roles]\nwriter = "m"', "as a section, [roles.writer]"),
        ('[roles.writer]\nname = "m"', "no model for the proposer"),
        ("[budget]\nrun = 5", "write it with its unit"),
        ('[model]\nname = "m"\ntemperatur = 1', "did you mean temperature"),
        ('[model]\nname = "m"\napi_key = "sk-1"', "does not belong in a file"),
        ('[model]\nname = "m"\n[roles]\nwriter = 3', "as a section"),
        ('[model]\nname = "m"\n[roles.author]\nname = "n"', "'author' is not known"),
        ('[budget]\nrun = "lots"', "is no amount"),
        ('[budget]\nwhen_spent = "cry"', "when_spent cannot be 'cry'"),
        ("[attempts]\nlimit = 0", "limit cannot be 0"),
        ("[critic]\nvotes = 2", "an odd number"),
        ("[writer]\ncandidates = 0", "candidates cannot be 0"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_with_its_place(tmp_path, text, said):
    file = written(tmp_path, text)
    with pytest.raises(SettingsError) as told:
        read_configuration(file)
    assert said in str(told.value)
    assert str(file) in str(told.value)
    assert "sk-1" not in str(told.value)


@pytest.mark.parametrize(
    "option", [{"budget": "1 USD"}, {"candidates": 2}, {"base_url": "http://h/v1"}]
)
def test_what_is_about_a_model_needs_one(tmp_path, monkeypatch, option):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match="--model"):
        configuration_of(PlaySettings(tmp_path, **option))
    assert configuration_of(PlaySettings(tmp_path, model="m", **option)).models


def test_a_file_that_is_not_there_or_not_text_is_told(tmp_path):
    with pytest.raises(SettingsError, match="cannot be read"):
        read_configuration(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        read_configuration(tmp_path / "bad.toml")
