-- Where this service stands in each topic. Moves in the transaction of the batch it belongs to.
create table consumed_offset (
    topic       text   not null,
    partition   int    not null,
    next_offset bigint not null,
    primary key (topic, partition)
);

-- Events that are decided but not published yet. Written with the decision, deleted once Kafka has acknowledged.
create table outbox (
    seq          bigserial primary key,
    id           text        not null,
    type         text        not null,
    topic        text        not null,
    source       text        not null,
    account      text,
    time         timestamptz not null,
    causation_id text,
    value        bytea       not null
);

-- Records that are no events of the contract: kept for a person, and passed over.
create table dead_letter (
    topic       text   not null,
    partition   int    not null,
    at_offset   bigint not null,
    reason      text   not null,
    value       bytea,
    recorded_at timestamptz not null default now(),
    primary key (topic, partition, at_offset)
);
