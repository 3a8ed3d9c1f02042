-- What mails say besides names: as it was told, kept with what it led to.
alter table occasion add column facts jsonb not null default '{}';
alter table occurrence add column facts jsonb not null default '{}';

-- The date from which touchpoints count, the last summary of usage, and the recaps of the two latest months.
alter table account add column started_on date;
alter table account add column usage jsonb;
alter table account add column recaps jsonb not null default '[]';
update account set started_on = (facts ->> 'contractClosedOn')::date;

-- When the campaign would have it sent; due_at is later where quiet hours and caps say so, and waits_because says which.
alter table delivery add column wanted_at timestamptz;
update delivery set wanted_at = due_at;
alter table delivery alter column wanted_at set not null;
alter table delivery add column waits_because text;
-- Waits for a person to release it: not to be taken by a sender.
alter table delivery add column held boolean not null default false;

-- Taken by a sender, and certainly not handed over yet.
alter table delivery drop constraint delivery_state_check;
alter table delivery add constraint delivery_state_check check (state in
    ('planned', 'claimed', 'sending', 'sent', 'suppressed', 'bounced', 'failed', 'unknown'));
