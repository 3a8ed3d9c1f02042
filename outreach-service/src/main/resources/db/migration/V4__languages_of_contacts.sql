-- What a person likes to read, as a BCP 47 tag; null where it is not known.
alter table contact add column language text;
