-- The shapes of programs: two versions of one digest differ at most in how they are written and in
-- their slots, numbers and texts. slots is a JSON array of [kind, value, start, end, parameter, shown];
-- digest is NULL for a source that has no shape. rules numbers the rules by which it was taken.
CREATE TABLE skill_shapes (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    rules INTEGER NOT NULL,
    digest TEXT,
    slots TEXT NOT NULL,
    PRIMARY KEY (name, version),
    FOREIGN KEY (name, version) REFERENCES skill_versions (name, version)
);

CREATE INDEX skill_shapes_by_digest ON skill_shapes (digest);
