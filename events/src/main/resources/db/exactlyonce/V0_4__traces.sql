-- The trace that an event is part of, to be told with it; null where nobody collects traces.
alter table outbox add column trace_parent text;
