-- What skills were used for and what came of it, what was learned from that, and what became of them.

-- One row for each time the function of a skill ran, whoever called it. kind: `learned` (the attempt
-- that the skill came of), `reused` (a task's program), `called` (by another program), `exercised` (in
-- the gym). passed is NULL where nobody could tell. arguments, before, after (NULL when it was cut off)
-- and environment are JSON; seed is the world's, where it is an embedded one.
CREATE TABLE skill_uses (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('learned', 'reused', 'called', 'exercised')),
    run_id INTEGER,
    attempt_id INTEGER,
    seed INTEGER,
    arguments TEXT NOT NULL,
    passed INTEGER,
    outcome TEXT NOT NULL,
    error_code TEXT,
    error TEXT,
    seconds REAL NOT NULL,
    before TEXT NOT NULL,
    after TEXT,
    environment TEXT NOT NULL,
    used_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    FOREIGN KEY (name, version) REFERENCES skill_versions (name, version)
);

CREATE INDEX skill_uses_by_skill ON skill_uses (name, version, id);
CREATE INDEX skill_uses_by_result ON skill_uses (name, version, passed, id);
CREATE INDEX skill_uses_by_attempt ON skill_uses (attempt_id);

-- What the uses of a version teach, as JSON; derived from them, and written anew with each new one.
-- words is that for people and for the search index.
CREATE TABLE skill_contracts (
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    contract TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (name, version),
    FOREIGN KEY (name, version) REFERENCES skill_versions (name, version)
);

-- What became of a skill, one row a change, never removed. change is a word of `Change`
-- (skills/history.py). because_of names the skill for whose sake this one was quarantined with it.
CREATE TABLE skill_changes (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    change TEXT NOT NULL,
    reason TEXT NOT NULL,
    because_of TEXT,
    run_id INTEGER,
    changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

CREATE INDEX skill_changes_by_skill ON skill_changes (name, id);

INSERT INTO skill_changes (name, version, change, reason, run_id, changed_at)
SELECT name, version, status, 'task: ' || task, run_id, added_at FROM skill_versions;

-- What a skill is also called: names of skills that were merged into it, and words people use.
CREATE TABLE skill_names (
    other_name TEXT NOT NULL,
    name TEXT NOT NULL REFERENCES skills (name),
    PRIMARY KEY (other_name, name)
);

CREATE INDEX skill_names_by_skill ON skill_names (name, other_name);

-- A pinned skill is not changed by the agent itself; a banned one is never used, whatever comes.
ALTER TABLE skills ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE skills ADD COLUMN banned INTEGER NOT NULL DEFAULT 0;

-- Which skills changed in what the search index holds of them, each by its last change: the index
-- reads what came after the change that it is in step with. Numbers are never used again.
CREATE TABLE skill_index_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE
);

DROP TRIGGER skill_added;
DROP TRIGGER skill_activated;
DROP TRIGGER skill_removed;
DROP TRIGGER skill_changed;
DROP TABLE skill_revision;

-- Not REPLACE: inside a trigger the firing statement's OR IGNORE would take its place.
CREATE TRIGGER skill_added AFTER INSERT ON skills
BEGIN
    DELETE FROM skill_index_changes WHERE name = new.name;
    INSERT INTO skill_index_changes (name) VALUES (new.name);
END;

CREATE TRIGGER skill_activated AFTER UPDATE OF active_version ON skills
BEGIN
    DELETE FROM skill_index_changes WHERE name = new.name;
    INSERT INTO skill_index_changes (name) VALUES (new.name);
END;

CREATE TRIGGER skill_removed AFTER DELETE ON skills
BEGIN
    DELETE FROM skill_index_changes WHERE name = old.name;
    INSERT INTO skill_index_changes (name) VALUES (old.name);
END;

CREATE TRIGGER skill_changed AFTER UPDATE OF status, description, when_to_use ON skill_versions
BEGIN
    DELETE FROM skill_index_changes WHERE name = new.name;
    INSERT INTO skill_index_changes (name) VALUES (new.name);
END;

CREATE TRIGGER skill_contract_added AFTER INSERT ON skill_contracts
BEGIN
    DELETE FROM skill_index_changes WHERE name = new.name;
    INSERT INTO skill_index_changes (name) VALUES (new.name);
END;

CREATE TRIGGER skill_contract_changed AFTER UPDATE OF contract ON skill_contracts
WHEN old.contract <> new.contract
BEGIN
    DELETE FROM skill_index_changes WHERE name = new.name;
    INSERT INTO skill_index_changes (name) VALUES (new.name);
END;

CREATE TRIGGER skill_named AFTER INSERT ON skill_names
BEGIN
    DELETE FROM skill_index_changes WHERE name = new.name;
    INSERT INTO skill_index_changes (name) VALUES (new.name);
END;

CREATE TRIGGER skill_unnamed AFTER DELETE ON skill_names
BEGIN
    DELETE FROM skill_index_changes WHERE name = old.name;
    INSERT INTO skill_index_changes (name) VALUES (old.name);
END;
