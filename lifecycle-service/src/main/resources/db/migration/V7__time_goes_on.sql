-- Why the last look at an account failed; null where it did not. The account stays as it was and is looked at again a day later.
alter table journey add column problem text;
create index journey_problem on journey (account) where problem is not null;

-- The policy that decided last in a partition: where another one is to decide, every account of the partition is looked at again.
alter table partition_clock add column policy text;
update partition_clock set policy = (select version from policy_version where in_force);
