-- Where several programs were written for one attempt: each, with how it fared. The one that was chosen is
-- the attempt's program as well.
CREATE TABLE candidates (
    id             INTEGER PRIMARY KEY,
    task_id        INTEGER NOT NULL REFERENCES tasks (id),
    attempt        INTEGER NOT NULL,       -- the attempt's number within the task
    number         INTEGER NOT NULL,       -- from 1, in the order written
    chosen         INTEGER NOT NULL,
    why            TEXT NOT NULL,          -- why it was chosen, or not
    source         TEXT NOT NULL,
    entry          TEXT NOT NULL,
    description    TEXT NOT NULL DEFAULT '',
    outcome        TEXT,                   -- of its execution; NULL where it was not run
    error          TEXT,                   -- JSON of ProgramError
    passed         INTEGER,
    evidence       TEXT NOT NULL DEFAULT '[]',
    seconds        REAL,
    UNIQUE (task_id, attempt, number)
);
