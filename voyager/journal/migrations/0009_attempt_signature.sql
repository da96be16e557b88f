-- How an attempt's program declares its entry, in one line, as its skill is told of; '' where nobody noted it.
ALTER TABLE attempts ADD COLUMN signature TEXT NOT NULL DEFAULT '';
