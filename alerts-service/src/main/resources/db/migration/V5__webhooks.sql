-- The endpoints that were ever set, and how they stand. A parked one gets nothing until somebody resumes it.
create table webhook_endpoint (
    name          text        primary key,
    state         text        not null default 'open' check (state in ('open', 'parked')),
    -- When it is asked again.
    next_at       timestamptz not null default now(),
    -- Since when it has taken nothing; null when it took the last message.
    failing_since timestamptz,
    problem       text,
    sent          bigint      not null default 0
);

-- A message for an endpoint; written with its alert. tries: since it was last asked for.
create table webhook_delivery (
    id         bigint      generated always as identity primary key,
    endpoint   text        not null,
    -- The id that receivers know it by: that of the alert, or one of its own for a test.
    message    text        not null,
    alert      text        references alert (id),
    body       text        not null,
    state      text        not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    tries      int         not null default 0,
    next_at    timestamptz not null default now(),
    created_at timestamptz not null default now(),
    unique (endpoint, message)
);
create index webhook_due on webhook_delivery (endpoint, next_at, id) where state = 'waiting';
create index webhook_failed on webhook_delivery (endpoint, id) where state = 'failed';
create index webhook_newest on webhook_delivery (endpoint, id desc);

-- Every attempt, for good. status: null when there was no answer.
create table webhook_attempt (
    delivery    bigint      not null references webhook_delivery (id),
    number      int         not null,
    at          timestamptz not null,
    status      int,
    answer      text        not null,
    took_millis bigint      not null,
    primary key (delivery, number)
);
