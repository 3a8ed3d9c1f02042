-- Whose weekly digest is due when.
create table digest_owner (
    owner    text        primary key,
    next_due timestamptz not null
);
create index digest_owner_due on digest_owner (next_due);

-- What each was told. The id is derived from owner and date; what is sent, and where it is, is kept elsewhere, by this id.
create table digest (
    id          text        primary key,
    owner       text        not null,
    -- The owner's date on which it was due, and the instant.
    date        date        not null,
    at          timestamptz not null,
    -- As digest.Digest has it: sections with lines.
    content     jsonb       not null,
    recorded_at timestamptz not null default clock_timestamp(),
    unique (owner, date)
);
create index digest_newest on digest (at desc, owner);
