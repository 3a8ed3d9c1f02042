-- A mail that is claimed is not handed over yet; one that is being sent may have been.
-- Each claim of a mail has a number of its own: who holds an older one does not hand it over any more.
create sequence delivery_claim;
alter table delivery add column claim bigint;

drop index delivery_sending;
create index delivery_at_hand on delivery (partition) where state in ('claimed', 'sending');

drop index delivery_address;
create index delivery_address on delivery (address) where state in ('planned', 'claimed');
