-- The items that every success of a version yielded, to find skills by what they get. Derived, like
-- the contracts themselves, and written with them.
CREATE TABLE skill_yields (
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (item, name, version)
) WITHOUT ROWID;

CREATE INDEX skill_yields_by_skill ON skill_yields (name, version);
