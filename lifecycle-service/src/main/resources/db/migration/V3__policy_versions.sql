-- Every policy that was ever in force, so that the version in a decision can be looked up.
-- since: the last tick before it came into force for the first time; null when that was before the first tick.
create table policy_version (
    version  text    primary key,
    policy   jsonb   not null,
    since    timestamptz,
    in_force boolean not null
);
create unique index policy_version_in_force on policy_version (in_force) where in_force;
