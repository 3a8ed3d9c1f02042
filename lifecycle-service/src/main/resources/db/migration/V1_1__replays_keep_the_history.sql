-- What was decided stays as it was decided: a replay makes counts and journeys anew, and no history.
create trigger nothing_new_in_a_replay before insert on decision for each row
    when (current_setting('stagecoach.replay', true) = 'on') execute function nothing_new_in_a_replay();
