-- Where the clock stood when the latest tick came: what was due by then is late, and is looked at again before it is sent.
alter table partition_clock add column previous timestamptz not null default '-infinity';

-- When a mail that was claimed goes, by the clock that decides: on time, or late. Caps count it then.
alter table delivery add column counts_at timestamptz;
update delivery set counts_at = due_at where state not in ('planned', 'claimed', 'suppressed', 'failed');

-- What one person got of late, in whatever account. Finds planned mails by address, too.
drop index delivery_address;
create index delivery_address on delivery (address, counts_at);
