-- The journal: everything the agent did, and where it stands. Times are UTC, ISO 8601.

CREATE TABLE worlds (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE,        -- as given with --world; HOST:PORT on a foreign server
    server      TEXT NOT NULL,               -- 'embedded' or HOST:PORT
    seed        INTEGER,                     -- of an embedded world
    created_at  TEXT NOT NULL
);

CREATE TABLE runs (
    id          INTEGER PRIMARY KEY,
    world_id    INTEGER NOT NULL REFERENCES worlds (id),
    goal        TEXT,                        -- an item's name; NULL plays open-ended
    version     TEXT NOT NULL,               -- the game's
    username    TEXT NOT NULL,
    model       TEXT,                        -- NULL plays without a language model
    status      TEXT NOT NULL CHECK (status IN ('playing', 'stopped', 'finished', 'stuck', 'failed')),
    reason      TEXT NOT NULL DEFAULT '',
    seconds     REAL NOT NULL DEFAULT 0,     -- played, over all sittings
    inventory   TEXT NOT NULL DEFAULT '{}',  -- as last observed
    started_at  TEXT NOT NULL,
    ended_at    TEXT
);

CREATE TABLE tasks (
    id          INTEGER PRIMARY KEY,
    run_id      INTEGER NOT NULL REFERENCES runs (id),
    iteration   INTEGER NOT NULL,            -- from 1, within the run
    description TEXT NOT NULL,
    goal        TEXT NOT NULL,               -- JSON of curriculum.Goal
    why         TEXT NOT NULL,
    proposer    TEXT NOT NULL,
    status      TEXT NOT NULL CHECK (status IN ('open', 'passed', 'failed')),
    critique    TEXT NOT NULL DEFAULT '',
    seconds     REAL NOT NULL DEFAULT 0,
    started_at  TEXT NOT NULL,
    ended_at    TEXT
);
CREATE UNIQUE INDEX one_open_task_per_run ON tasks (run_id) WHERE status = 'open';

CREATE TABLE attempts (
    id          INTEGER PRIMARY KEY,
    task_id     INTEGER NOT NULL REFERENCES tasks (id),
    number      INTEGER NOT NULL,            -- from 1, within the task
    status      TEXT NOT NULL CHECK (status IN ('running', 'judged', 'interrupted', 'unwritten')),
    entry       TEXT NOT NULL,
    arguments   TEXT NOT NULL,
    source      TEXT NOT NULL,
    calls       TEXT NOT NULL,
    writer      TEXT NOT NULL,
    model       TEXT,
    reused      INTEGER NOT NULL,            -- 1: a skill called as it stands, nothing written
    prompt      TEXT,
    answer      TEXT,
    started_at  TEXT NOT NULL,
    UNIQUE (task_id, number)
);

CREATE TABLE executions (
    attempt_id  INTEGER PRIMARY KEY REFERENCES attempts (id),
    outcome     TEXT NOT NULL,
    error       TEXT,
    result      TEXT,
    calls       TEXT NOT NULL,
    events      TEXT NOT NULL,
    chat        TEXT NOT NULL,
    before      TEXT NOT NULL,
    after       TEXT NOT NULL,
    seconds     REAL NOT NULL
);

-- A verdict belongs to an attempt, or to a task whose goal held before anything was tried.
CREATE TABLE verdicts (
    id          INTEGER PRIMARY KEY,
    task_id     INTEGER NOT NULL REFERENCES tasks (id),
    attempt_id  INTEGER UNIQUE REFERENCES attempts (id),
    passed      INTEGER NOT NULL,
    critic      TEXT NOT NULL,
    evidence    TEXT NOT NULL,
    critique    TEXT NOT NULL
);

CREATE INDEX verdicts_of_task ON verdicts (task_id);

CREATE TABLE milestones (
    id          INTEGER PRIMARY KEY,
    run_id      INTEGER NOT NULL REFERENCES runs (id),
    name        TEXT NOT NULL,               -- an item held for the first time in this world
    iteration   INTEGER NOT NULL,
    seconds     REAL NOT NULL
);

CREATE TABLE spend (
    id            INTEGER PRIMARY KEY,
    run_id        INTEGER NOT NULL REFERENCES runs (id),
    task_id       INTEGER REFERENCES tasks (id),
    purpose       TEXT NOT NULL,
    model         TEXT,
    input_tokens  INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL,
    cost          REAL                       -- US dollars; NULL when the price is unknown
);

CREATE INDEX spend_of_task ON spend (task_id);

CREATE TABLE events (
    id        INTEGER PRIMARY KEY,
    run_id    INTEGER NOT NULL REFERENCES runs (id),
    at        TEXT NOT NULL,
    type      TEXT NOT NULL,
    data      TEXT NOT NULL
);
