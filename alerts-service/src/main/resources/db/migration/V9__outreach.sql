-- What became of the mails of each campaign is counted from an index alone, however long the histories are.
alter table timeline add column campaign text generated always as (data ->> 'campaign') stored;
create index timeline_of_campaign on timeline (campaign, type, detail) where campaign is not null;
create index timeline_doubts on timeline (at) where type = 'stagecoach.outreach.message-unknown.v1';
