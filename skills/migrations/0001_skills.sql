-- Every version of every skill ever added. Rows are never removed; what changes is their status and
-- statistics. calls is a JSON array of names, contract and parameters are JSON objects; the contract's
-- type and name stand in columns of their own, to be looked up by.
CREATE TABLE skill_versions (
    name TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    source TEXT NOT NULL,
    signature TEXT NOT NULL,
    description TEXT NOT NULL,
    when_to_use TEXT NOT NULL,
    calls TEXT NOT NULL,
    contract TEXT NOT NULL,
    contract_type TEXT,
    contract_name TEXT,
    parameters TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('candidate', 'verified', 'quarantined', 'retired')),
    successes INTEGER NOT NULL DEFAULT 0,
    failures INTEGER NOT NULL DEFAULT 0,
    run_id INTEGER,
    task TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    writer TEXT NOT NULL,
    model TEXT,
    game_version TEXT NOT NULL,
    added_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    PRIMARY KEY (name, version)
);

CREATE INDEX skill_versions_by_contract ON skill_versions (contract_type, contract_name);

-- The version that a skill's name stands for.
CREATE TABLE skills (
    name TEXT NOT NULL PRIMARY KEY,
    active_version INTEGER NOT NULL,
    FOREIGN KEY (name, active_version) REFERENCES skill_versions (name, version)
);

-- One row that counts the changes the index must follow, so that being in step is cheap to see.
CREATE TABLE skill_revision (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL
);

INSERT INTO skill_revision VALUES (1, 0);

CREATE TRIGGER skill_added AFTER INSERT ON skills
BEGIN
    UPDATE skill_revision SET revision = revision + 1;
END;

CREATE TRIGGER skill_activated AFTER UPDATE ON skills
BEGIN
    UPDATE skill_revision SET revision = revision + 1;
END;

CREATE TRIGGER skill_removed AFTER DELETE ON skills
BEGIN
    UPDATE skill_revision SET revision = revision + 1;
END;

CREATE TRIGGER skill_changed AFTER UPDATE OF status, description, when_to_use ON skill_versions
BEGIN
    UPDATE skill_revision SET revision = revision + 1;
END;
