-- Records that went no further: usage that was rejected (usage.quarantine), and what other services passed over (their dead letters).
-- Counted, not kept: a row for each reason and day however many there are. reason: without the values that were found there. origin:
-- the path on which usage came; of a dead letter, the topic that it was in. last_place: where the latest can be read.
create table reject (
    topic        text        not null,
    origin       text        not null,
    reason       text        not null,
    day          date        not null,
    records      bigint      not null,
    last_at      timestamptz not null,
    last_place   text        not null,
    last_account text,
    primary key (topic, day, origin, reason)
);
