-- One text for SQLite and PostgreSQL. ${bytes} is a byte string, ${name} text that sorts by its bytes, as ids do in Java.
-- Times are milliseconds since 1970-01-01, enumerations their names, weights and moments little-endian.

CREATE TABLE federation (
    id ${name} NOT NULL PRIMARY KEY,
    fingerprint ${bytes} NOT NULL,
    created_at BIGINT NOT NULL,
    began_at BIGINT,
    epoch BIGINT NOT NULL,
    stage TEXT,
    needed INTEGER,
    retry_at BIGINT,
    step TEXT,
    round_number BIGINT,
    attempt INTEGER,
    train_rounds INTEGER,
    scores TEXT,
    stop_converged INTEGER,
    stop_reason TEXT
);

CREATE TABLE spec (
    federation ${name} NOT NULL REFERENCES federation (id),
    revision INTEGER NOT NULL,
    body ${bytes} NOT NULL,
    PRIMARY KEY (federation, revision)
);

CREATE TABLE device (
    federation ${name} NOT NULL REFERENCES federation (id),
    id ${name} NOT NULL,
    role TEXT NOT NULL,
    example_count BIGINT NOT NULL,
    status TEXT NOT NULL,
    status_since BIGINT NOT NULL,
    statistics_rejected INTEGER NOT NULL,
    PRIMARY KEY (federation, id)
);

CREATE TABLE round (
    federation ${name} NOT NULL REFERENCES federation (id),
    number BIGINT NOT NULL,
    attempt INTEGER NOT NULL,
    step TEXT NOT NULL,
    kind TEXT NOT NULL,
    base_version BIGINT NOT NULL,
    announcement ${bytes} NOT NULL,
    opened_at BIGINT NOT NULL,
    deadline_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    closed_at BIGINT,
    contributors TEXT,
    selected INTEGER NOT NULL,
    declined INTEGER,
    rejected INTEGER,
    loss DOUBLE PRECISION,
    bytes_up BIGINT,
    bytes_up_float32 BIGINT,
    PRIMARY KEY (federation, number, attempt)
);

CREATE TABLE participation (
    federation ${name} NOT NULL,
    number BIGINT NOT NULL,
    attempt INTEGER NOT NULL,
    device ${name} NOT NULL,
    answer TEXT,
    code TEXT,
    detail TEXT NOT NULL,
    decline_reason TEXT,
    example_count BIGINT NOT NULL,
    packet_bytes BIGINT NOT NULL,
    float32_bytes BIGINT NOT NULL,
    answered_at BIGINT,
    payload ${bytes},
    PRIMARY KEY (federation, number, attempt, device),
    FOREIGN KEY (federation, number, attempt) REFERENCES round (federation, number, attempt) ON DELETE CASCADE
);

CREATE TABLE model_version (
    federation ${name} NOT NULL,
    version BIGINT NOT NULL,
    base_version BIGINT,
    restored_from BIGINT,
    round_number BIGINT,
    attempt INTEGER,
    revision INTEGER NOT NULL,
    weights ${bytes} NOT NULL,
    committed_at BIGINT NOT NULL,
    PRIMARY KEY (federation, version),
    FOREIGN KEY (federation, revision) REFERENCES spec (federation, revision)
);

CREATE TABLE optimizer_state (
    federation ${name} NOT NULL PRIMARY KEY REFERENCES federation (id),
    optimizer TEXT NOT NULL,
    steps BIGINT NOT NULL,
    moment_count INTEGER NOT NULL,
    moments ${bytes} NOT NULL
);

CREATE TABLE evaluation (
    federation ${name} NOT NULL REFERENCES federation (id),
    version BIGINT NOT NULL,
    train_round INTEGER NOT NULL,
    evaluated_at BIGINT NOT NULL,
    PRIMARY KEY (federation, version)
);

CREATE TABLE evaluation_sums (
    federation ${name} NOT NULL,
    version BIGINT NOT NULL,
    role TEXT NOT NULL,
    task TEXT NOT NULL,
    outputs INTEGER NOT NULL,
    sums ${bytes} NOT NULL,
    PRIMARY KEY (federation, version, role),
    FOREIGN KEY (federation, version) REFERENCES evaluation (federation, version) ON DELETE CASCADE
);

-- Who may write, on PostgreSQL: expires_at is by the database's clock, and fence rises with each new holder.
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    fence BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
