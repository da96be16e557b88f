-- What each program did, step by step.
ALTER TABLE executions ADD COLUMN trace TEXT NOT NULL DEFAULT '[]';
