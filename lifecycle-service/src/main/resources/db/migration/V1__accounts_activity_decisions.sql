-- What people and other systems told about accounts, for answering and for telling what really changed.
-- No contacts here: names and addresses pass through the outbox and stay with the outreach service.
create table account (
    id                text primary key,
    facts             jsonb  not null,
    revision          bigint not null,
    contacts_revision bigint not null default 0
);

-- The last tick of each partition: the only "now" that decisions know.
create table partition_clock (
    partition int primary key,
    at        timestamptz not null
);

-- One row for each account that anything was heard of. facts is null until the account is told.
create table journey (
    account   text primary key,
    partition int not null,
    facts     jsonb,
    stage     text,
    state     jsonb,
    summary   jsonb,
    next_due  timestamptz
);
create index journey_due on journey (partition, next_due) where next_due is not null;
create index journey_stage on journey (stage, account);

-- Who was active when: bit i of days says that the user was active on last_day - i. Exact for 64 days,
-- which covers the last closed month on every day of the running one.
create table user_activity (
    account  text   not null,
    user_id  text   not null,
    last_day date   not null,
    days     bigint not null,
    primary key (account, user_id)
);
create index user_activity_recent on user_activity (account, last_day);

-- Distinct users by events, per UTC day and month: kept in step with user_activity, one more for each new bit.
create table event_day (
    account text not null,
    day     date not null,
    users   int  not null,
    primary key (account, day)
);
create table event_month (
    account text not null,
    month   date not null,
    users   int  not null,
    primary key (account, month)
);

-- What instances counted themselves: the highest count of each period.
create table instance (
    account       text        not null,
    instance      text        not null,
    production    boolean     not null,
    version       text,
    last_ping_at  timestamptz not null,
    rolling_month int,
    primary key (account, instance)
);
create table ping_day (
    account  text not null,
    instance text not null,
    day      date not null,
    users    int  not null,
    primary key (account, instance, day)
);
create table ping_month (
    account      text        not null,
    instance     text        not null,
    month        date        not null,
    users        int,
    last_ping_at timestamptz not null,
    primary key (account, instance, month)
);

-- Features that the account has used, and the record that showed it first. told: a decision was made about it, or it is no news,
-- because it was in use when the instance was first heard of.
create table feature (
    account  text        not null,
    feature  text        not null,
    seen_at  timestamptz not null,
    source   text        not null,
    cause    text        not null,
    told     boolean     not null,
    primary key (account, feature)
);
create index feature_untold on feature (account) where not told;

-- Everything that was decided, as it was decided.
create table decision (
    id      text        primary key,
    account text        not null,
    at      timestamptz not null,
    type    text        not null,
    data    jsonb       not null,
    cause   text,
    seq     bigserial   not null
);
create index decision_account on decision (account, seq);
