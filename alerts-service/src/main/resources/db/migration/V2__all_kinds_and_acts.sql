-- What the further kinds of alerts and the weekly digest need to know of an account.
alter table account
    add column partition int,
    add column segment text,
    add column technical_advisor text,
    add column account_executive text,
    add column closed_on date,
    -- The first day of the contract term that runs, and for which term low utilization was told or looked at by a tick.
    add column term_started_on date,
    add column low_told_for date,
    add column low_looked_for date,
    -- The last crossing of the usage target that was told, and whether usage has been clear of it since.
    add column usage_told text check (usage_told in ('reached', 'lost')),
    add column usage_clear boolean not null default false,
    -- The closed month that the last usage summary counted.
    add column usage_month text,
    add column health text,
    add column health_score double precision,
    add column health_at timestamptz,
    -- When time alone may raise an alert.
    add column next_due timestamptz;
create index account_due on account (partition, next_due) where next_due is not null;
create index account_of_advisor on account (technical_advisor) where technical_advisor is not null;
create index account_of_executive on account (account_executive) where account_executive is not null;

-- What people do with an alert. A later alert of the same matter and direction that is not more severe comes in the state of
-- the one before.
alter table alert
    add column matter text,
    add column direction text not null default '',
    add column severity int not null default 0,
    add column state text not null default 'open' check (state in ('open', 'acknowledged', 'snoozed')),
    add column state_at timestamptz,
    add column snoozed_until timestamptz,
    add column assignee text,
    -- The alert whose state it came in.
    add column covered_by text;
create index alert_of_matter on alert (account, matter, at desc) where matter is not null;
create index alert_in_state on alert (state, at desc, id desc);
create index alert_of_assignee on alert (assignee, at desc, id desc) where assignee is not null;
create index alert_snoozed on alert (snoozed_until) where state = 'snoozed';

-- Every act on an alert, for good.
create table alert_act (
    seq         bigint generated always as identity primary key,
    alert       text        not null references alert (id),
    act         text        not null check (act in ('acknowledge', 'snooze', 'assign', 'comment', 'reopen', 'wake')),
    who         text        not null,
    at          timestamptz not null,
    -- Until when, to whom, or what was said.
    until       timestamptz,
    assignee    text,
    comment     text,
    recorded_at timestamptz not null default clock_timestamp()
);
create index alert_act_of_alert on alert_act (alert, seq);
