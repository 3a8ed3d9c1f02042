-- The highest counter of each feature that the pings of the month carried; those at zero are left out. Of pings before this version,
-- nobody kept any.
alter table ping_month add column features jsonb not null default '{}';
