-- A mail is marked and then ended. The mark changes nothing that an index has, so that PostgreSQL writes the row beside its former
-- self and no index: hence an index of what is not at an end instead of one for each state, and one by a time that the mark does
-- not change unless the mail is late.
alter table delivery
    add column ended boolean not null generated always as (state not in ('planned', 'sending')) stored,
    add column counted_at timestamptz not null generated always as (coalesce(counts_at, due_at)) stored;

drop index delivery_due;
drop index delivery_sending;
create index delivery_due on delivery (partition, due_at) where not ended;

drop index delivery_address;
create index delivery_address on delivery (address, counted_at);

-- An occurrence is of one account and campaign, and the recipient is the contact where there is one: (occurrence, step, recipient)
-- says the same.
alter table delivery drop constraint delivery_account_campaign_occurrence_contact_step_key;

-- Room for what is being sent.
alter table delivery set (fillfactor = 80);
