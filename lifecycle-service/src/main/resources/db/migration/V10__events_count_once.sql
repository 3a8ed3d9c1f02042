-- Which events counted lately, so that none counts twice: of each partition number and day of receipt, eight bytes for account and id
-- of each. A batch adds a row; rows are merged when there are many, and deleted when their day is over for good.
create table event_receipt (
    seq bigint generated always as identity primary key,
    partition int not null,
    day date not null,
    level smallint not null,
    ids bytea not null
);
create index event_receipt_day on event_receipt (partition, day, level);
-- Nothing compresses hashes.
alter table event_receipt alter column ids set storage external;
