-- What the page of an account shows, made from topics alone. Reading them again makes the same rows.
create table account_facts (
    account text        primary key,
    at      timestamptz not null,
    facts   jsonb       not null
);

-- Who is there, as ids and roles: {"c-1": ["champion"]}. Names and addresses are not kept here.
create table account_people (
    account text        primary key,
    at      timestamptz not null,
    people  jsonb       not null
);

-- The last summary of each day. A day without a row: nothing had changed since the day before.
create table usage_day (
    account       text             not null,
    day           date             not null,
    as_of         timestamptz      not null,
    month         date,
    mau           int,
    seats         int,
    utilization   double precision,
    usage         double precision,
    dau_mean      double precision,
    rolling_mau   int,
    month_to_date int,
    primary key (account, day)
);

-- Closed months; days: [{"day": "2025-03-01", "users": 41}], those that are known.
create table usage_month (
    account  text             not null,
    month    date             not null,
    mau      int,
    dau_mean double precision,
    events   bigint,
    change   double precision,
    features jsonb            not null,
    days     jsonb            not null,
    primary key (account, month)
);

-- Everything that happened, with what caused it. rank: among entries of one instant, causes come before their effects.
-- record: where it stands in its topic.
create table timeline (
    account   text        not null,
    id        text        not null,
    at        timestamptz not null,
    rank      int         not null,
    kind      text        not null,
    title     text        not null,
    detail    text,
    caused_by text,
    record    text        not null,
    type      text        not null,
    data      jsonb       not null,
    primary key (account, id)
);
create index timeline_newest on timeline (account, at desc, rank desc, id desc);
create index timeline_newest_of_kind on timeline (account, kind, at desc, rank desc, id desc);
create index timeline_caused on timeline (account, caused_by);
create index alert_caused on alert (caused_by);
