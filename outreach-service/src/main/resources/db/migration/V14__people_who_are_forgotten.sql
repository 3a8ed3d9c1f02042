-- Who left is found by a hash of the address: it holds in whatever account the person comes back, and names nobody who was erased.
-- A hash can be guessed by whoever has the table and a list of addresses; that is what remains.
create function hash_of_address(address text) returns bytea
    language sql immutable strict parallel safe
    as 'select sha256(convert_to(address, ''UTF8''))';

alter table opt_out add column address_hash bytea;
update opt_out set address_hash = hash_of_address(address);
alter table opt_out drop column address;
create index opt_out_address on opt_out (address_hash);

-- Whom somebody had erased, for those who have to account for it.
create table erasure (
    number       bigint generated always as identity primary key,
    address_hash bytea       not null,
    by_whom      text        not null,
    mails        int         not null,
    recorded_at  timestamptz not null default now()
);
