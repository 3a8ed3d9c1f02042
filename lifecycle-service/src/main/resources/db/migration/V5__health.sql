-- The level of an account, for lists. It follows from the journey, so that the two can never differ.
alter table journey
    add column health text generated always as (coalesce(state -> 'health' ->> 'level', 'unknown')) stored;
create index journey_health on journey (health, account);

-- The score of an account at the end of each day on which it changed; score is null where nothing was known.
create table health_day (
    account text not null,
    day     date not null,
    level   text not null,
    score   double precision,
    primary key (account, day)
);
