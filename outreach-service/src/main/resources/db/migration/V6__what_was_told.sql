-- How far this service has read what it told itself. Kept up while it runs; a database that was restored stands behind the topics,
-- and what it lacks is read before anything is sent.
create table told_position (
    topic       text   not null,
    partition   int    not null,
    next_offset bigint not null,
    primary key (topic, partition)
);

-- What was told of mails that this database has not planned yet: they are not sent again once they are.
create table told_outcome (
    delivery   text primary key,
    state      text        not null,
    message_id text,
    reason     text,
    at         timestamptz not null
);

-- A person has asked for the mail once more: what was told of it before does not count.
alter table delivery add column asked_again boolean not null default false;

-- Mails that came back, each once.
create table bounce (
    delivery text primary key references delivery,
    address  text,
    hard     boolean     not null,
    at       timestamptz not null,
    reason   text        not null
);
create index bounce_address on bounce (address, at);

-- Addresses that mails came back from; nothing is sent to one that is suppressed. To try it again, delete the row.
create table bounced_address (
    address    text primary key,
    hard       boolean     not null,
    soft_count int         not null,
    last_at    timestamptz not null,
    reason     text        not null,
    suppressed boolean     not null
);
