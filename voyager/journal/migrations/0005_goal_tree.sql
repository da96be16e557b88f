-- A large goal as a tree of smaller ones. What was replaced stays, as 'revised'.
CREATE TABLE goal_nodes (
    run_id       INTEGER NOT NULL REFERENCES runs (id),
    number       INTEGER NOT NULL,                    -- within the run; 1: the whole goal
    parent       INTEGER,                             -- a number; NULL for the whole goal
    position     INTEGER NOT NULL,                    -- among its siblings, in the order of doing
    description  TEXT NOT NULL,
    goal         TEXT,                                -- JSON of curriculum.Goal; NULL: what its parts say
    status       TEXT NOT NULL CHECK (status IN ('open', 'passed', 'failed', 'revised')),
    critique     TEXT NOT NULL DEFAULT '',            -- why it failed
    since        INTEGER NOT NULL DEFAULT 0,          -- tasks that had ended in the world before its turn
    revisions    INTEGER NOT NULL DEFAULT 0,          -- how often its parts were replaced
    changed_at   TEXT NOT NULL,
    PRIMARY KEY (run_id, number),
    FOREIGN KEY (run_id, parent) REFERENCES goal_nodes (run_id, number)
);
