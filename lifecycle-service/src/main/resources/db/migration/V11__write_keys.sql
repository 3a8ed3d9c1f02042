-- The keys with which usage may be sent: the one table of truth, which usage-ingest follows on the topic write-keys. facts is what the
-- topic has, with hashes and without secrets; changes says who did what and when; revision numbers them.
create table write_key (
    id       text   primary key,
    facts    jsonb  not null,
    changes  jsonb  not null,
    revision bigint not null
);
