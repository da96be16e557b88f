-- Every question put to a language model, with its answer, and what that cost. It takes the place of
-- `spend` and of the prompts and answers that were kept with the attempts.

CREATE TABLE model_texts (                 -- a prompt's parts come again and again: each is kept once
    id    INTEGER PRIMARY KEY,
    hash  BLOB NOT NULL UNIQUE,            -- SHA-256 of the text
    text  TEXT NOT NULL
);

CREATE TABLE model_calls (
    id             INTEGER PRIMARY KEY,
    run_id         INTEGER NOT NULL REFERENCES runs (id),
    task_id        INTEGER REFERENCES tasks (id),   -- NULL until the task that it led to is there
    attempt        INTEGER,                -- the attempt's number within the task; NULL for none
    at             TEXT NOT NULL,
    role           TEXT NOT NULL,
    purpose        TEXT NOT NULL,
    model          TEXT,
    messages       TEXT NOT NULL,          -- JSON: the protocol's messages, {"content": N} N of model_texts
    tools          TEXT NOT NULL DEFAULT '[]',      -- JSON: the names of the tools that were offered
    answer         TEXT NOT NULL DEFAULT '',
    tool_calls     TEXT NOT NULL DEFAULT '[]',      -- JSON: [{"id", "name", "arguments"}]
    finish_reason  TEXT NOT NULL DEFAULT 'stop',
    outcome        TEXT NOT NULL DEFAULT 'answered',  -- answered, empty, cut_off, refused, rejected, overflow,
                                           -- timed_out, rate_limited, dropped, unreachable, malformed
    error          TEXT NOT NULL DEFAULT '',        -- a sentence, where there is no answer
    retries        INTEGER NOT NULL DEFAULT 0,
    seconds        REAL NOT NULL DEFAULT 0,
    input_tokens   INTEGER NOT NULL DEFAULT 0,
    output_tokens  INTEGER NOT NULL DEFAULT 0,
    cost           REAL,                   -- US dollars; NULL when the price is unknown
    estimated      INTEGER NOT NULL DEFAULT 0       -- 1: the endpoint told no tokens; they go by the length
);
CREATE INDEX model_calls_of_task ON model_calls (task_id, attempt);
CREATE INDEX model_calls_of_run ON model_calls (run_id);
CREATE INDEX model_calls_by_time ON model_calls (at);

-- Every row of `spend` was one call. Which attempt it was for is told by the order: an attempt that was
-- asked for again holds all its answers, parted by '[asked again]'.
INSERT INTO model_calls
    (id, run_id, task_id, at, role, purpose, model, messages, input_tokens, output_tokens, cost)
SELECT s.id, s.run_id, s.task_id, COALESCE(t.started_at, r.started_at),
    CASE s.purpose WHEN 'propose' THEN 'proposer' WHEN 'write' THEN 'writer' ELSE s.purpose END,
    s.purpose, s.model, '[]', s.input_tokens, s.output_tokens, s.cost
FROM spend s JOIN runs r ON r.id = s.run_id LEFT JOIN tasks t ON t.id = s.task_id;

INSERT INTO model_texts (hash, text)
SELECT DISTINCT sha256(prompt), prompt FROM attempts WHERE prompt IS NOT NULL;

CREATE TEMPORARY TABLE asked AS
SELECT attempt_id, task_id, number, answers,
    SUM(answers) OVER (PARTITION BY task_id ORDER BY number) AS last_call
FROM (
    SELECT id AS attempt_id, task_id, number, 1 + (LENGTH(COALESCE(answer, ''))
        - LENGTH(REPLACE(COALESCE(answer, ''), '[asked again]', ''))) / 13 AS answers
    FROM attempts WHERE prompt IS NOT NULL
);

CREATE TEMPORARY TABLE written AS
SELECT id AS call_id, task_id, ROW_NUMBER() OVER (PARTITION BY task_id ORDER BY id) AS nth
FROM spend WHERE purpose = 'write' AND task_id IS NOT NULL;

UPDATE model_calls SET attempt = asked.number
FROM asked JOIN written ON written.task_id = asked.task_id
    AND written.nth BETWEEN asked.last_call - asked.answers + 1 AND asked.last_call
WHERE model_calls.id = written.call_id;

UPDATE model_calls SET answer = COALESCE(attempts.answer, ''),
    messages = '[{"role": "user", "content": '
        || (SELECT id FROM model_texts WHERE hash = sha256(attempts.prompt)) || '}]'
FROM asked JOIN written ON written.task_id = asked.task_id AND written.nth = asked.last_call
    JOIN attempts ON attempts.id = asked.attempt_id
WHERE model_calls.id = written.call_id;

INSERT INTO model_calls (run_id, task_id, attempt, at, role, purpose, model, messages, answer, cost)
SELECT t.run_id, a.task_id, a.number, a.started_at, 'writer', 'write', a.model,
    '[{"role": "user", "content": '
        || (SELECT id FROM model_texts WHERE hash = sha256(a.prompt)) || '}]',
    COALESCE(a.answer, ''), 0
FROM asked JOIN attempts a ON a.id = asked.attempt_id JOIN tasks t ON t.id = a.task_id
WHERE NOT EXISTS (
    SELECT 1 FROM written WHERE written.task_id = asked.task_id AND written.nth = asked.last_call
);

DROP TABLE asked;
DROP TABLE written;
DROP TABLE spend;

-- Without a model the answer was the reason why nothing was written.
ALTER TABLE attempts ADD COLUMN problem TEXT NOT NULL DEFAULT '';
UPDATE attempts SET problem = answer WHERE prompt IS NULL AND answer IS NOT NULL;
ALTER TABLE attempts DROP COLUMN prompt;
ALTER TABLE attempts DROP COLUMN answer;
