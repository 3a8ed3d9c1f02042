-- Users by events have numbers, dense within their account, and a day is the set of the numbers of its users: one small row for
-- each 8192 numbers, bit i of users (bit 0 is the lowest of the first byte) being number page * 8192 + i. What is written grows with
-- account-days and not with user-days, and any day, however old, can be corrected.
create table account_user (
    account text not null,
    user_id text not null,
    number  int  not null,
    primary key (account, user_id)
);
create table user_day (
    account text  not null,
    day     date  not null,
    page    int   not null,
    users   bytea not null,
    primary key (account, day, page)
);

insert into account_user (account, user_id, number)
select account, user_id, row_number() over (partition by account order by user_id) - 1 from user_activity;

insert into user_day (account, day, page, users)
select account, day, page, string_agg(set_byte('\x00', 0, bits), ''::bytea order by byte)
from (
    -- Every byte up to the last one that holds a user, zero where there is none.
    select account, day, page, byte, coalesce(sum(bit), 0)::int as bits
    from (
        select account, day, page, generate_series(0, max(byte)) as byte
        from (
            select account, last_day - back as day, number / 8192 as page, (number % 8192) / 8 as byte
            from user_activity join account_user using (account, user_id), generate_series(0, 63) as back
            where (days >> back) & 1 = 1
        ) as active
        group by account, day, page
    ) as every
    left join (
        select account, last_day - back as day, number / 8192 as page, (number % 8192) / 8 as byte, 1 << (number % 8) as bit
        from user_activity join account_user using (account, user_id), generate_series(0, 63) as back
        where (days >> back) & 1 = 1
    ) as active using (account, day, page, byte)
    group by account, day, page, byte
) as packed
group by account, day, page;

drop table user_activity;

-- Events of the day, and how many of them there were with which feature.
alter table event_day
    add column events   bigint not null default 0,
    add column features jsonb  not null default '{}';

alter table instance add column first_ping_at timestamptz;
update instance set first_ping_at = last_ping_at;
alter table instance alter column first_ping_at set not null;

-- What led to a decision, down to the record. baseline_of: the instance whose first ping reported the feature already.
alter table feature
    add column baseline_of     text,
    add column cause_topic     text,
    add column cause_partition int,
    add column cause_offset    bigint;
alter table decision
    add column cause_topic     text,
    add column cause_partition int,
    add column cause_offset    bigint;

-- How often usage was told, which numbers the next time, and the last month whose recap was told.
alter table journey
    add column summaries int not null default 0,
    add column recapped  date;
