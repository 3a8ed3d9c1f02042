-- The portfolio: one row an account, with all that the page lists, filters and sorts by, so that it reads no other table. Made from
-- topics alone; reading them again makes the same rows.
create table portfolio (
    account           text primary key,
    name              text,
    segment           text,
    products          text[]           not null default '{}',
    unlimited_seats   boolean          not null default false,
    technical_advisor text,
    account_executive text,
    closed_on         date,
    renews_on         date,
    facts_at          timestamptz,
    stage             text,
    stage_since       timestamptz,
    usage_as_of       timestamptz,
    mau               int,
    seats             int,
    utilization       double precision,
    usage             double precision,
    rolling_mau       int,
    health            text             not null default 'unknown',
    health_score      double precision,
    health_since      timestamptz,
    -- The scores at the latest changes of the level, the latest last; null where none was known.
    health_scores     double precision[] not null default '{}',
    search            text generated always as (lower(coalesce(name, '') || ' ' || account)) stored
);
create index portfolio_of_advisor on portfolio (technical_advisor) where technical_advisor is not null;
create index portfolio_of_executive on portfolio (account_executive) where account_executive is not null;

-- What was heard before there was this table.
insert into portfolio (account, name, unlimited_seats, renews_on, facts_at, stage, stage_since, usage_as_of, mau, seats,
                       utilization, usage)
select id, name, unlimited_seats, renews_on, facts_at, stage, stage_since, usage_as_of, mau, seats, utilization, usage
from account;
