-- Questions about the game with their answers, found again by meaning.
CREATE TABLE game_answers (
    id         INTEGER PRIMARY KEY,
    version    TEXT NOT NULL,              -- the game's
    question   TEXT NOT NULL,
    answer     TEXT NOT NULL,
    embedder   TEXT NOT NULL,              -- which one made the embedding
    embedding  BLOB NOT NULL,              -- of the question: 32-bit floats, little-endian, of length 1
    at         TEXT NOT NULL,
    UNIQUE (version, question)
);
