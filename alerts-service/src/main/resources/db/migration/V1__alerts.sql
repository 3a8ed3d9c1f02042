-- What is known of an account, as far as alerts and the page need it. One row each, written by the owner of its partition.
create table account (
    id              text primary key,
    name            text,
    unlimited_seats boolean not null default false,
    renews_on       date,
    facts_at        timestamptz,
    stage           text,
    stage_since     timestamptz,
    usage_as_of     timestamptz,
    mau             int,
    seats           int,
    utilization     double precision,
    usage           double precision,
    -- Seat thresholds in percent: told and not armed again; and those whose loss is still to be told.
    seats_reached   int[] not null default '{}',
    seats_held      int[] not null default '{}',
    -- The seats at the last known utilization.
    seats_marked    int
);

-- The id is derived from the fact, so the primary key makes one alert of one fact.
create table alert (
    id          text        primary key,
    account     text        not null,
    kind        text        not null,
    at          timestamptz not null,
    title       text        not null,
    facts       jsonb       not null,
    topic       text        not null,
    channel     text        not null,
    audience    text[]      not null,
    caused_by   text        not null,
    recorded_at timestamptz not null default clock_timestamp()
);
create index alert_newest on alert (at desc, id desc);
create index alert_newest_of_account on alert (account, at desc, id desc);
create index alert_newest_of_kind on alert (kind, at desc, id desc);
create index alert_recorded on alert (recorded_at, id);

-- A chat message that is to be posted; written with the alert where its channel has a webhook.
create table delivery (
    seq        bigint generated always as identity unique,
    alert      text        not null references alert (id),
    channel    text        not null,
    state      text        not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    attempts   int         not null default 0,
    last_error text,
    changed_at timestamptz not null default now(),
    primary key (alert, channel)
);
create index delivery_next on delivery (channel, seq) where state = 'waiting';

-- When a channel takes its next message. Locking the row makes one replica the sender.
create table channel_pace (
    channel text        primary key,
    next_at timestamptz not null default now()
);

-- The latest tick: the time by which the page counts days.
create table clock (
    one boolean     primary key default true check (one),
    at  timestamptz not null
);
