-- The time of each partition: that of its latest tick or event. The only clock that decides.
create table partition_clock (
    partition int primary key,
    now       timestamptz not null
);

-- What the topics told about an account.
create table account (
    id               text primary key,
    partition        int  not null,
    facts            jsonb,
    facts_at         timestamptz,
    stage            text,
    stage_since      timestamptz,
    onboarding_since timestamptz,
    contacts_at      timestamptz,
    -- When time alone changes something for the account; null: never.
    next_due         timestamptz
);
create index account_next_due on account (partition, next_due) where next_due is not null;

-- Personal data: names and addresses are here and in delivery.address, opt_out.address, nowhere else.
create table contact (
    account  text   not null references account,
    id       text   not null,
    name     text   not null,
    email    text   not null,
    roles    text[] not null,
    timezone text,
    primary key (account, id)
);

-- What happened at an account and may start campaigns.
create table occasion (
    account text        not null references account,
    id      text        not null,
    trigger text        not null,
    at      timestamptz not null,
    seen_at timestamptz not null,
    primary key (account, id)
);

-- A campaign that started for an account.
create table occurrence (
    key           text primary key,
    account       text        not null references account,
    campaign      text        not null,
    series        text        not null,
    version       int         not null,
    occasion      text        not null,
    triggered_at  timestamptz not null,
    opened_at     timestamptz not null,
    roles_judged  boolean     not null,
    ended_because text,
    -- How many mails were decided on: what the deliveries must add up to.
    eligible      int         not null default 0
);
create index occurrence_account on occurrence (account);

-- The ledger: each mail that was decided on, and what became of it.
create table delivery (
    id         text primary key,
    account    text        not null references account,
    partition  int         not null,
    campaign   text        not null,
    occurrence text        not null references occurrence,
    step       text        not null,
    contact    text,
    -- The contact, or role:<role> or occurrence where there is none.
    recipient  text        not null,
    address    text,
    state      text        not null check (state in
        ('planned', 'sending', 'sent', 'suppressed', 'bounced', 'failed', 'unknown')),
    due_at     timestamptz not null,
    -- When it got into its state, in event time.
    decided_at timestamptz not null,
    reason     text,
    cause      text,
    message_id text,
    attempts   int         not null default 0,
    -- For the mail server's sake, in real time; decides nothing but the next attempt.
    not_before timestamptz not null default '-infinity',
    taken_by   text,
    taken_at   timestamptz,
    unique (account, campaign, occurrence, contact, step),
    unique (occurrence, step, recipient)
);
create index delivery_due on delivery (partition, due_at) where state = 'planned';
create index delivery_sending on delivery (partition) where state = 'sending';
create index delivery_account on delivery (account, decided_at desc);
create index delivery_address on delivery (address) where state = 'planned';

-- Who wants no more mails. By address, so that it holds in whatever role and account the person comes back.
create table opt_out (
    account text        not null,
    contact text        not null,
    address text,
    at      timestamptz not null,
    primary key (account, contact)
);
create index opt_out_address on opt_out (address);

-- What readers answered. The id is derived from the answer, so that a repetition is none.
create table response (
    id         text primary key,
    kind       text        not null,
    account    text        not null,
    contact    text        not null,
    campaign   text        not null,
    occurrence text        not null,
    step       text        not null,
    score      int check (score between 0 and 10),
    comment    text,
    at         timestamptz not null
);
create index response_account on response (account, at desc);
