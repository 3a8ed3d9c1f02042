-- What people recorded about the term, until whoever tells the account tells a date at least as late.
alter table account
    add column recorded_renews_on      date,
    add column recorded_seats          int,
    add column recorded_extended_until date;

-- What was recorded before, where it still stands in the facts.
update account
set recorded_renews_on = (facts ->> 'renewsOn')::date, recorded_seats = (act.body ->> 'seats')::int
from (
    select distinct on (account) account, body from account_act where act = 'renewal' order by account, seq desc
) act
where act.account = account.id and act.body ->> 'renewsOn' = facts ->> 'renewsOn';
update account
set recorded_extended_until = (facts ->> 'extendedUntil')::date
from (
    select distinct on (account) account, body from account_act where act = 'extension' order by account, seq desc
) act
where act.account = account.id and act.body ->> 'until' = facts ->> 'extendedUntil';
