-- What people did and what was decided are one history: numbered together, so that those of the same tick have an order too.
-- An act of before comes first in its tick.
update account_act set seq = seq - 1 - (select max(seq) from account_act);
alter table account_act alter column seq set default nextval(pg_get_serial_sequence('decision', 'seq'));

-- Histories are read by time, the newest first, from any entry on.
create index decision_history on decision (account, at, seq);
drop index decision_account;
create index account_act_history on account_act (account, at, seq);
drop index account_act_account;
