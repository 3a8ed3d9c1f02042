-- Records that are passed over, with all that came with them. kind: 'unreadable', not of the contract, or 'inapplicable', which
-- the service failed to apply for a reason in the record. Names, values and keys of foreign records need not be text.
alter table dead_letter
    add column kind          text not null default 'unreadable',
    add column key           bytea,
    add column header_names  bytea[],
    add column header_values bytea[];

-- A dead letter goes out under its own key and headers, and may have no value. added_at: how long something has waited.
alter table outbox
    add column key           bytea,
    add column header_names  bytea[],
    add column header_values bytea[],
    add column added_at      timestamptz not null default now(),
    alter column value drop not null;
