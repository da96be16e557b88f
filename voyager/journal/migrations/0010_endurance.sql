-- What a long session needs beside the steps of the loop. Times are UTC, ISO 8601.

-- What broke that is no program's doing, and how it came right again.
CREATE TABLE faults (
    id           INTEGER PRIMARY KEY,
    run_id       INTEGER NOT NULL REFERENCES runs (id),
    at           TEXT NOT NULL,
    part         TEXT NOT NULL,               -- bot, host, server, agent, endpoint, disk, database, index, world, machine
    kind         TEXT NOT NULL,               -- ended, froze, kicked, unreachable, full, damaged, ...
    cause        TEXT NOT NULL,               -- a sentence
    over_at      TEXT,                        -- NULL while it lasts
    seconds      REAL,                        -- from when it was noticed to when play went on
    how          TEXT NOT NULL DEFAULT ''     -- what put it right, a sentence
);
CREATE INDEX faults_of_run ON faults (run_id);

-- Where the bot has been: a sample every few blocks or seconds of the world's time, and what happened there.
CREATE TABLE positions (
    id           INTEGER PRIMARY KEY,
    run_id       INTEGER NOT NULL REFERENCES runs (id),
    seconds      REAL NOT NULL,               -- of the run
    dimension    TEXT NOT NULL,
    x            REAL NOT NULL,
    y            REAL NOT NULL,
    z            REAL NOT NULL,
    kind         TEXT NOT NULL,               -- walked, found, died, chest, slept
    what         TEXT NOT NULL DEFAULT ''     -- of a find the item, of a death its cause
);
CREATE INDEX positions_of_run ON positions (run_id, id);

CREATE TABLE deaths (
    id           INTEGER PRIMARY KEY,
    run_id       INTEGER NOT NULL REFERENCES runs (id),
    task_id      INTEGER REFERENCES tasks (id),
    at           TEXT NOT NULL,
    seconds      REAL NOT NULL,               -- of the run
    cause        TEXT NOT NULL,               -- in the server's words
    dimension    TEXT NOT NULL,
    x            REAL NOT NULL,
    y            REAL NOT NULL,
    z            REAL NOT NULL,
    world_age_ticks INTEGER NOT NULL,         -- of the world's time, for how long dropped items live
    lost         TEXT NOT NULL,               -- JSON, items by name
    fetched      TEXT                         -- JSON, what was fetched back; NULL while nothing was tried
);
CREATE INDEX deaths_of_run ON deaths (run_id);

-- Containers the bot knows in a world, and what was in them when it looked last.
CREATE TABLE chests (
    world_id     INTEGER NOT NULL REFERENCES worlds (id),
    dimension    TEXT NOT NULL,
    x            INTEGER NOT NULL,
    y            INTEGER NOT NULL,
    z            INTEGER NOT NULL,
    items        TEXT NOT NULL,               -- JSON, items by name
    seen_at      TEXT NOT NULL,
    PRIMARY KEY (world_id, dimension, x, y, z)
) WITHOUT ROWID;

-- One row for each time a run was played without a break.
CREATE TABLE sittings (
    id           INTEGER PRIMARY KEY,
    run_id       INTEGER NOT NULL REFERENCES runs (id),
    started_at   TEXT NOT NULL,
    ended_at     TEXT,                        -- NULL while it lasts, or where it was cut off
    seconds      REAL NOT NULL DEFAULT 0,     -- of the clock, played
    world_seconds REAL NOT NULL DEFAULT 0,    -- of the world's time, played
    ending       TEXT NOT NULL DEFAULT ''     -- why it ended, a sentence
);
CREATE INDEX sittings_of_run ON sittings (run_id);

CREATE INDEX events_of_run ON events (run_id, type, id);
CREATE INDEX tasks_of_run ON tasks (run_id, iteration);
