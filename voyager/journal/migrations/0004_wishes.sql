-- What people tell a playing agent: advice or a wish, and what it answered.
CREATE TABLE wishes (
    id        INTEGER PRIMARY KEY,
    world_id  INTEGER NOT NULL REFERENCES worlds (id),
    told_at   TEXT NOT NULL,
    text      TEXT NOT NULL,
    status    TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'taken', 'withdrawn')),
    reply     TEXT NOT NULL DEFAULT '',
    taken_at  TEXT                         -- the first task that begins after it is the one it led to
);
CREATE INDEX wishes_of_world ON wishes (world_id, status);
