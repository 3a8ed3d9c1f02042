-- Campaigns with their templates as they were in each version: what began on a version goes on with it.
create table campaign_version (
    id            text        not null,
    version       int         not null,
    -- Of what decides and what is read: the file without comments and description, and the templates.
    hash          text        not null,
    content       text        not null,
    -- The texts of the templates by the names of their files.
    templates     jsonb       not null,
    first_seen_at timestamptz not null default now(),
    primary key (id, version)
);
create index occurrence_campaign on occurrence (campaign, version);
