-- A person can leave one kind of mails or all. kind null: all, of whatever kind. A row that is undone is deleted; what was said
-- and taken back stays in response.
alter table opt_out add column kind text;
alter table opt_out drop constraint opt_out_pkey;
create unique index opt_out_once on opt_out (account, contact, coalesce(kind, ''));

-- Which kind the campaigns in force are of, written at each start. A campaign that is not here is of no known kind: then an
-- opt-out from any kind holds for it.
create table campaign_kind (
    campaign text primary key,
    kind     text not null
);

-- Answers in their order: the last one of a reader to a mail counts. mail_kind: what an unsubscription is about; null: all.
alter table response add column number bigint generated always as identity;
alter table response add column mail_kind text;
create index response_campaign on response (campaign, number);
create index response_reader on response (account, contact, number);
