-- Which mails a sender has at hand before it marks them is its own affair: they are planned until the mark, so that a mail is
-- written twice on its way and not three times, and a crash before the mark leaves nothing to tidy up.
update delivery set state = 'planned', claim = null, taken_by = null, counts_at = null where state = 'claimed';
alter table delivery drop constraint delivery_state_check;
alter table delivery add constraint delivery_state_check check (state in
    ('planned', 'sending', 'sent', 'suppressed', 'bounced', 'failed', 'unknown'));

drop index delivery_at_hand;
create index delivery_sending on delivery (partition) where state = 'sending';
