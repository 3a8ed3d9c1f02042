-- Whether a record that was passed over, or the reason for that, holds a text anywhere: in its key, its value or a header, as UTF-8,
-- whatever the case of its ASCII letters. For the erasure of a person; reads the whole row.
create function holds_text(letter dead_letter, wanted text) returns boolean language sql stable
return position(encode(convert_to(lower(wanted), 'UTF8'), 'escape') in lower(
    encode(coalesce(letter.key, ''), 'escape') || ' '
    || encode(coalesce(letter.value, ''), 'escape') || ' '
    || coalesce((select string_agg(encode(header, 'escape'), ' ') from unnest(letter.header_values) as header), '') || ' '
    || encode(convert_to(letter.reason, 'UTF8'), 'escape'))) > 0;
