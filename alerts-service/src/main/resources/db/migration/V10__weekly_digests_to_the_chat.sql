-- A weekly digest on its way to the chat; written with it where the chat has a place for it.
create table digest_delivery (
    digest     text        primary key references digest (id),
    state      text        not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
    attempts   int         not null default 0,
    next_at    timestamptz not null default now(),
    last_error text
);
create index digest_delivery_next on digest_delivery (next_at, digest) where state = 'waiting';
