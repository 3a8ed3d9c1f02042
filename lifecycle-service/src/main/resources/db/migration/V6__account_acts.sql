-- What people did to the facts of accounts. id is that of the facts event by which it was told.
create table account_act (
    id      text        primary key,
    account text        not null,
    act     text        not null,
    author  text        not null,
    note    text,
    at      timestamptz not null,
    body    jsonb       not null,
    seq     bigserial   not null
);
create index account_act_account on account_act (account, seq);
