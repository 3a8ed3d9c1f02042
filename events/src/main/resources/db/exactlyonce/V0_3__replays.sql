-- Up to where a partition is read again, to make anew what was made of it: nothing leaves the service a second time, see
-- docs/decisions/0003. 0: it is not.
alter table consumed_offset add column replay_until bigint not null default 0;

-- For tables that tell or record what was decided: a replay adds nothing to them.
create function nothing_new_in_a_replay() returns trigger language plpgsql as $$
begin
    return null;
end
$$;
create trigger nothing_new_in_a_replay before insert on outbox for each row
    when (current_setting('stagecoach.replay', true) = 'on') execute function nothing_new_in_a_replay();
