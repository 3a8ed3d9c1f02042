-- What people decided about mails: doubts resolved, approvals given and refused. Never changed.
create table verdict (
    number      bigint generated always as identity primary key,
    -- The id of a delivery, the key of an occurrence, or the id of a campaign.
    target      text        not null,
    kind        text        not null check (kind in ('sent', 'send-again', 'not-sent', 'release', 'reject')),
    by_whom     text        not null,
    reason      text        not null,
    mails       int         not null,
    -- In event time; null where a verdict touched accounts of several partitions.
    at          timestamptz,
    recorded_at timestamptz not null default now()
);
create index verdict_target on verdict (target, number);
