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
    cost           REAL                    -- US dollars; NULL when the price is unknown
);
CREATE INDEX model_calls_of_task ON model_calls (task_id, attempt);
CREATE INDEX model_calls_of_run ON model_calls (run_id);
