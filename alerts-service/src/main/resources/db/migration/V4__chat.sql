-- The chat takes what waits one by one, or many in one message. All channels that reach the same place share a row of
-- channel_pace, named after the first of them.
alter table delivery add column created_at timestamptz not null default now();
-- The message that carried the alert, as the chat names it; with a digest, the same for many.
alter table delivery add column message text;
alter table delivery add constraint delivery_message check (state <> 'sent' or message is not null) not valid;
create index delivery_failed on delivery (channel) where state = 'failed';

alter table channel_pace add column messages bigint not null default 0;
alter table channel_pace add column alerts bigint not null default 0;
-- Why nothing is posted; null when the last attempt succeeded.
alter table channel_pace add column problem text;
alter table channel_pace add column problem_since timestamptz;

-- An account's alerts in a place are a thread: its first message is the one that later ones answer.
create table chat_thread (
    place      text        not null,
    account    text        not null,
    message    text        not null,
    started_at timestamptz not null default clock_timestamp(),
    primary key (place, account)
);
