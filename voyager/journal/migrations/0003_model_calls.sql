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
-- asked for again holds all its answers, parted by '[asked again]'. What has no such row had cost nothing.
INSERT INTO model_calls
    (id, run_id, task_id, at, role, purpose, model, messages, input_tokens, output_tokens, cost)
SELECT s.id, s.run_id, s.task_id, COALESCE(t.started_at, r.started_at),
    CASE s.purpose WHEN 'propose' THEN 'proposer' WHEN 'write' THEN 'writer' ELSE s.purpose END,
    s.purpose, s.model, '[]', s.input_tokens, s.output_tokens, s.cost
FROM spend s JOIN runs r ON r.id = s.run_id LEFT JOIN tasks t ON t.id = s.task_id;

-- A prompt was kept as '[system]', a text, '[user]', a text.
CREATE TEMPORARY TABLE prompts AS
SELECT attempt_id,
    CASE WHEN parted > 0 THEN SUBSTR(prompt, 10, parted - 10) END AS system_text,
    CASE WHEN parted > 0 THEN SUBSTR(prompt, parted + 9) ELSE prompt END AS user_text
FROM (
    SELECT id AS attempt_id, prompt, CASE WHEN prompt LIKE '[system]' || CHAR(10) || '%'
        THEN INSTR(prompt, CHAR(10, 10) || '[user]' || CHAR(10)) ELSE 0 END AS parted
    FROM attempts WHERE prompt IS NOT NULL
);

INSERT INTO model_texts (hash, text)
SELECT sha256(text), text FROM (
    SELECT system_text AS text FROM prompts WHERE system_text IS NOT NULL
    UNION SELECT user_text FROM prompts
);

-- `parted` is where the first of several answers ends, 0 for a single one.
CREATE TEMPORARY TABLE asked AS
SELECT attempt_id, task_id, number, answers, answer, parted,
    SUM(answers) OVER (PARTITION BY task_id ORDER BY number) AS last_call,
    CASE WHEN s.id IS NULL THEN JSON_ARRAY(JSON_OBJECT('role', 'user', 'content', u.id))
        ELSE JSON_ARRAY(JSON_OBJECT('role', 'system', 'content', s.id),
            JSON_OBJECT('role', 'user', 'content', u.id)) END AS messages
FROM (
    SELECT id AS attempt_id, task_id, number, answer,
        INSTR(answer, CHAR(10, 10) || '[asked again]' || CHAR(10, 10)) AS parted,
        1 + (LENGTH(answer) - LENGTH(REPLACE(
            answer, CHAR(10, 10) || '[asked again]' || CHAR(10, 10), ''))) / 17 AS answers
    FROM (SELECT id, task_id, number, COALESCE(answer, '') AS answer
        FROM attempts WHERE prompt IS NOT NULL)
) JOIN prompts USING (attempt_id)
JOIN model_texts u ON u.hash = sha256(user_text)
LEFT JOIN model_texts s ON system_text IS NOT NULL AND s.hash = sha256(COALESCE(system_text, ''));

CREATE TEMPORARY TABLE written AS
SELECT id AS call_id, task_id, ROW_NUMBER() OVER (PARTITION BY task_id ORDER BY id) AS nth
FROM spend WHERE purpose = 'write' AND task_id IS NOT NULL;
CREATE INDEX temp.written_of_task ON written (task_id, nth);

UPDATE model_calls SET attempt = asked.number, messages = asked.messages,
    answer = CASE
        WHEN nth = last_call AND parted > 0 THEN SUBSTR(asked.answer, parted + 17)
        WHEN nth = last_call THEN asked.answer
        WHEN nth = last_call - answers + 1 THEN SUBSTR(asked.answer, 1, parted - 1)
        ELSE '' END
FROM asked JOIN written ON written.task_id = asked.task_id
    AND nth BETWEEN last_call - answers + 1 AND last_call
WHERE model_calls.id = written.call_id
    AND EXISTS (SELECT 1 FROM written w WHERE w.task_id = asked.task_id AND w.nth = last_call);

INSERT INTO model_calls (run_id, task_id, attempt, at, role, purpose, model, messages, answer, cost)
SELECT t.run_id, a.task_id, a.number, a.started_at, 'writer', 'write', a.model, asked.messages,
    asked.answer, 0
FROM asked JOIN attempts a ON a.id = asked.attempt_id JOIN tasks t ON t.id = a.task_id
WHERE NOT EXISTS (SELECT 1 FROM written w WHERE w.task_id = asked.task_id AND w.nth = last_call);

DROP TABLE prompts;
DROP TABLE asked;
DROP TABLE written;
DROP TABLE spend;

-- Without a model the answer was the reason why nothing was written.
ALTER TABLE attempts ADD COLUMN problem TEXT NOT NULL DEFAULT '';
UPDATE attempts SET problem = answer WHERE prompt IS NULL AND answer IS NOT NULL;
ALTER TABLE attempts DROP COLUMN prompt;
ALTER TABLE attempts DROP COLUMN answer;
