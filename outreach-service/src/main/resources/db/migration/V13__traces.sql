-- The trace that the mails of an occurrence are part of, when it began with an event of one; null where nobody collects traces.
alter table occurrence add column trace_parent text;
