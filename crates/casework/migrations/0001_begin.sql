-- The first form of the store. Instants are seconds of China's civil time, money is fen, digests are hexadecimal.

CREATE TABLE trail (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    organisation TEXT NOT NULL,
    role TEXT NOT NULL,
    origin TEXT NOT NULL,
    act TEXT NOT NULL,
    outcome TEXT NOT NULL,
    kind TEXT NOT NULL,
    object TEXT NOT NULL,
    was TEXT,
    became TEXT,
    why TEXT NOT NULL,
    previous TEXT NOT NULL,
    digest TEXT NOT NULL
);
CREATE INDEX trail_object ON trail (object, seq);
CREATE INDEX trail_account ON trail (account, seq);

CREATE TABLE trail_head (
    one BIGINT PRIMARY KEY,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    digest TEXT NOT NULL
);
INSERT INTO trail_head (one, seq, at, digest)
    VALUES (1, 0, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- What a repeated request is answered with.
CREATE TABLE answered (
    account TEXT NOT NULL,
    request TEXT NOT NULL,
    digest TEXT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, request)
);
CREATE INDEX answered_at ON answered (at);

CREATE TABLE organisation (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    region TEXT NOT NULL,
    department TEXT NOT NULL,
    fixmedins_code TEXT,
    version BIGINT NOT NULL
);
CREATE INDEX organisation_region ON organisation (region, id);

-- `person` is the same for all accounts of one human being: a keyed digest, never a number.
CREATE TABLE account (
    id TEXT PRIMARY KEY,
    person TEXT NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisation (id),
    role TEXT NOT NULL,
    clearance BIGINT NOT NULL,
    certificate TEXT,
    certificate_until BIGINT,
    password TEXT NOT NULL,
    totp TEXT,
    totp_step BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    failed_at BIGINT NOT NULL DEFAULT 0,
    locked_until BIGINT NOT NULL,
    disabled BIGINT NOT NULL,
    must_change BIGINT NOT NULL DEFAULT 0,
    commission TEXT,
    created BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX account_organisation ON account (organisation, id);
CREATE INDEX account_person ON account (person, id);

CREATE TABLE session (
    digest TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES account (id),
    origin TEXT NOT NULL,
    second_factor BIGINT NOT NULL,
    begun BIGINT NOT NULL,
    seen BIGINT NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account);

-- A clue, a case, a transfer, a complaint: whatever goes through the states of a machine.
CREATE TABLE matter (
    id TEXT PRIMARY KEY,
    machine TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    region TEXT NOT NULL,
    organisation TEXT NOT NULL,
    department TEXT NOT NULL,
    seat TEXT NOT NULL,
    secrecy BIGINT NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    institution TEXT NOT NULL,
    amount BIGINT NOT NULL,
    score BIGINT NOT NULL,
    grade TEXT NOT NULL,
    -- Of a clue of a run: the rule's folder and its severity, 1 to 3.
    rule TEXT NOT NULL DEFAULT '',
    severity BIGINT NOT NULL DEFAULT 0,
    parent TEXT,
    origin_key TEXT UNIQUE,
    -- With whom the next step lies; empty where it lies with those who work on the matter.
    waiting_for TEXT NOT NULL DEFAULT '',
    -- The earliest end of a limit that is still owed, also where it has passed; `next_end` is the next that time brings, looked at when it is past.
    due BIGINT,
    next_end BIGINT,
    begun BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    ended BIGINT,
    -- Number of the trail's record by which it was last written: who read up to one finds all that changed since.
    touched BIGINT NOT NULL DEFAULT 0,
    -- What it came from as it was handed over, and what the acts made of it: JSON.
    origin TEXT NOT NULL,
    facts TEXT NOT NULL
);
CREATE INDEX matter_place ON matter (machine, region, state, changed);
CREATE INDEX matter_owner ON matter (machine, organisation, state, changed);
-- A page of a list in each order: of all, and of one region.
CREATE INDEX matter_by_change ON matter (machine, changed, id);
CREATE INDEX matter_change ON matter (changed, id);
CREATE INDEX matter_by_score ON matter (machine, score, id);
CREATE INDEX matter_by_amount ON matter (machine, amount, id);
CREATE INDEX matter_by_due ON matter (machine, (due IS NULL), due, id);
-- What stands in a state, the most urgent first: the list that is asked for most.
CREATE INDEX matter_state_due ON matter (machine, state, (due IS NULL), due, id);
CREATE INDEX matter_region_change ON matter (machine, region, changed, id);
CREATE INDEX matter_region_score ON matter (machine, region, score, id);
CREATE INDEX matter_region_amount ON matter (machine, region, amount, id);
CREATE INDEX matter_region_due ON matter (machine, region, (due IS NULL), due, id);
CREATE INDEX matter_due ON matter (due);
-- Groups of people are few among the clues.
CREATE INDEX matter_group ON matter (machine, score, id) WHERE subject_kind = 'group';
CREATE INDEX matter_next_end ON matter (next_end) WHERE next_end IS NOT NULL;
CREATE INDEX matter_touched ON matter (touched);
CREATE INDEX matter_waiting ON matter (organisation, waiting_for, due) WHERE waiting_for <> '';
CREATE INDEX matter_subject ON matter (subject, machine);
CREATE INDEX matter_institution ON matter (institution, machine);
CREATE INDEX matter_parent ON matter (parent);
CREATE INDEX matter_rule ON matter (rule, machine);

-- Items of the negative list that a clue's rule covers.
CREATE TABLE cover (
    matter TEXT NOT NULL REFERENCES matter (id),
    item TEXT NOT NULL,
    PRIMARY KEY (matter, item)
);
CREATE INDEX cover_item ON cover (item, matter);

-- What an account keeps of how it looks at lists: JSON by place.
CREATE TABLE saved_view (
    account TEXT NOT NULL REFERENCES account (id),
    place TEXT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account, place)
);

-- What happened to the clocks of a matter, one clock for each limit; for each of several things, by their number, where a limit says so, else 0.
CREATE TABLE event (
    matter TEXT NOT NULL REFERENCES matter (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    act TEXT NOT NULL,
    limit_id TEXT NOT NULL,
    item BIGINT NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (matter, seq)
);

-- Organisations that a matter was handed to.
CREATE TABLE handed (
    matter TEXT NOT NULL REFERENCES matter (id),
    organisation TEXT NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (matter, organisation)
);
CREATE INDEX handed_organisation ON handed (organisation, matter);

CREATE TABLE member (
    matter TEXT NOT NULL REFERENCES matter (id),
    account TEXT NOT NULL REFERENCES account (id),
    recused BIGINT NOT NULL,
    PRIMARY KEY (matter, account)
);
CREATE INDEX member_account ON member (account, matter);
-- The few that somebody is recused from, whom every list leaves out: not looked for among the many that he works on.
CREATE INDEX member_recused ON member (account, matter) WHERE recused = 1;

-- What statistics count: entered by the act that it comes from and never changed, so that a past quarter stays what it was.
CREATE TABLE tally (
    matter TEXT NOT NULL REFERENCES matter (id),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    what TEXT NOT NULL,
    region TEXT NOT NULL,
    amount BIGINT NOT NULL,
    -- Whom it is about, where each counts once: an institution, a person; or which rule.
    subject TEXT NOT NULL,
    PRIMARY KEY (matter, seq)
);
CREATE INDEX tally_at ON tally (at, what);
CREATE INDEX tally_matter ON tally (matter, what);

-- Tables of a past period as they were reported, with corrections since: JSON.
CREATE TABLE closed_table (
    ledger TEXT NOT NULL,
    period TEXT NOT NULL,
    region TEXT NOT NULL,
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (ledger, period, region)
);

-- A draw: the digest of its seed first, then seed, lists and result as JSON.
CREATE TABLE draw (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    organisation TEXT NOT NULL,
    commitment TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    draws TEXT NOT NULL,
    drawn_at BIGINT
);
CREATE INDEX draw_organisation ON draw (organisation, at);

-- Breaches, one for each clock, which no later act washes away.
CREATE TABLE breach (
    matter TEXT NOT NULL REFERENCES matter (id),
    limit_id TEXT NOT NULL,
    item BIGINT NOT NULL,
    since BIGINT NOT NULL,
    entry TEXT NOT NULL,
    entered BIGINT NOT NULL,
    PRIMARY KEY (matter, limit_id, item)
);
CREATE INDEX breach_since ON breach (since);

-- A line of a claim whose money a case counts; no second case can count it.
CREATE TABLE counted_line (
    line TEXT PRIMARY KEY,
    matter TEXT NOT NULL REFERENCES matter (id)
);
CREATE INDEX counted_line_matter ON counted_line (matter);

-- A file of a matter, named by its id on disk. A newer version is a file of its own that names the one it replaces.
CREATE TABLE attachment (
    id TEXT PRIMARY KEY,
    matter TEXT NOT NULL REFERENCES matter (id),
    title TEXT NOT NULL,
    version BIGINT NOT NULL,
    replaces TEXT UNIQUE,
    bytes BIGINT NOT NULL,
    sm3 TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    -- What it was taken from: rule, run and line, empty where it was not.
    rule TEXT NOT NULL,
    run TEXT NOT NULL,
    line TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    UNIQUE (matter, sm3)
);

CREATE TABLE paper (
    matter TEXT NOT NULL REFERENCES matter (id),
    template TEXT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT,
    -- The file that it is, named by its id on disk; it lies there sealed, under a key that is a value of the vault.
    file TEXT NOT NULL UNIQUE,
    file_key TEXT NOT NULL,
    -- Digest of what lies there; the others are of the paper itself.
    sealed_sm3 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    sm3 TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    -- Digests of template and record, and which fields were entered by hand: JSON.
    detail TEXT NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (matter, template, version)
);
CREATE INDEX paper_number ON paper (number);

-- Values that somebody entered for the papers of a matter because its facts do not hold them; nothing personal.
CREATE TABLE entered (
    matter TEXT NOT NULL REFERENCES matter (id),
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    at BIGINT NOT NULL,
    account TEXT NOT NULL,
    PRIMARY KEY (matter, field)
);

-- Numbers given out, by series and year.
CREATE TABLE series (
    series TEXT NOT NULL,
    year BIGINT NOT NULL,
    last BIGINT NOT NULL,
    PRIMARY KEY (series, year)
);

-- Numbers of letters of transfer that were told of a transfer, each once.
CREATE TABLE letter (
    organisation TEXT NOT NULL REFERENCES organisation (id),
    number TEXT NOT NULL,
    matter TEXT NOT NULL REFERENCES matter (id),
    PRIMARY KEY (organisation, number)
);

-- Personal data under keys that are not here. Each value belongs to the matter that it was sealed for; `match_digest` is keyed.
CREATE TABLE sealed (
    token TEXT PRIMARY KEY,
    matter TEXT NOT NULL REFERENCES matter (id),
    kind TEXT NOT NULL,
    match_digest TEXT NOT NULL,
    key_id TEXT NOT NULL,
    envelope TEXT NOT NULL,
    created BIGINT NOT NULL
);
CREATE UNIQUE INDEX sealed_match ON sealed (matter, kind, match_digest);
CREATE INDEX sealed_key ON sealed (key_id, token);

-- Who informed, under keys of its own.
CREATE TABLE informant (
    token TEXT PRIMARY KEY,
    matter TEXT NOT NULL REFERENCES matter (id),
    kind TEXT NOT NULL,
    match_digest TEXT NOT NULL,
    key_id TEXT NOT NULL,
    envelope TEXT NOT NULL,
    created BIGINT NOT NULL
);
CREATE UNIQUE INDEX informant_match ON informant (matter, kind, match_digest);
CREATE INDEX informant_key ON informant (key_id, token);

-- What another department delivered of people: for what, and until which day it may be used.
CREATE TABLE delivery (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    organisation TEXT NOT NULL REFERENCES organisation (id),
    region TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    -- What it may be used for, with spaces between.
    purposes TEXT NOT NULL,
    until BIGINT NOT NULL,
    why TEXT NOT NULL,
    at BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    refused BIGINT NOT NULL,
    -- When its rows were deleted.
    ended BIGINT
);
CREATE INDEX delivery_organisation ON delivery (organisation, at);
CREATE INDEX delivery_until ON delivery (until);

-- Its rows: a keyed digest of a certificate number and days, never who it is.
CREATE TABLE delivered (
    delivery TEXT NOT NULL REFERENCES delivery (id),
    number BIGINT NOT NULL,
    person TEXT NOT NULL,
    begins BIGINT NOT NULL,
    ends BIGINT,
    PRIMARY KEY (delivery, number)
);
CREATE INDEX delivered_person ON delivered (person);

-- How many sealed values an account opened on a day.
CREATE TABLE opening (
    account TEXT NOT NULL REFERENCES account (id),
    day BIGINT NOT NULL,
    opened BIGINT NOT NULL,
    PRIMARY KEY (account, day)
);

-- Exports of personal data, each asked for by one person, approved by another and taken once.
CREATE TABLE bulk_export (
    id TEXT PRIMARY KEY,
    organisation TEXT NOT NULL REFERENCES organisation (id),
    query TEXT NOT NULL,
    purpose TEXT NOT NULL,
    state TEXT NOT NULL,
    asker TEXT NOT NULL REFERENCES account (id),
    asked BIGINT NOT NULL,
    decider TEXT,
    decided BIGINT,
    until BIGINT,
    taken BIGINT,
    rows_taken BIGINT
);
CREATE INDEX bulk_export_organisation ON bulk_export (organisation, asked);

-- Values that a site set over the shipped ones: parameters, calendars, closed quarters.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    version BIGINT NOT NULL,
    changed BIGINT NOT NULL
);

-- Work on the lake that somebody asked for: an import, a run, a proof, the handing over of clues. `asked` and `report` are JSON.
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES account (id),
    organisation TEXT NOT NULL,
    -- The matter that it proves; empty for work on the whole lake.
    matter TEXT NOT NULL,
    asked TEXT NOT NULL,
    at BIGINT NOT NULL,
    begun BIGINT,
    ended BIGINT,
    done BIGINT NOT NULL,
    whole BIGINT NOT NULL,
    exit_code BIGINT,
    report TEXT NOT NULL,
    -- The last words of the program.
    words TEXT NOT NULL
);
CREATE INDEX job_state ON job (state, at);
CREATE INDEX job_at ON job (at);
CREATE INDEX job_matter ON job (matter, at);
