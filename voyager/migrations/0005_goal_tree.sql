-- A large goal as a tree of smaller ones. What was replaced stays, as 'revised'.
CREATE TABLE goal_nodes (
    id           INTEGER PRIMARY KEY,
    run_id       INTEGER NOT NULL REFERENCES runs (id),
    parent_id    INTEGER REFERENCES goal_nodes (id),  -- NULL: the whole goal
    position     INTEGER NOT NULL,                    -- among its siblings, in the order of doing
    description  TEXT NOT NULL,
    goal         TEXT,                                -- JSON of curriculum.Goal; NULL: what its children say
    status       TEXT NOT NULL CHECK (status IN ('open', 'passed', 'failed', 'revised')),
    critique     TEXT NOT NULL DEFAULT '',            -- why it failed or was revised
    changed_at   TEXT NOT NULL
);
CREATE INDEX goal_nodes_of_run ON goal_nodes (run_id, parent_id, position);
