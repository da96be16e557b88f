-- What the last sitting of a run was played with, so that it can be played again: JSON of
-- `voyager/opening/kept_settings.py`, without anything that is secret or of one machine alone.
ALTER TABLE runs ADD COLUMN settings TEXT NOT NULL DEFAULT '{}';
