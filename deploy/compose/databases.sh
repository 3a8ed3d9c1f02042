# Run by PostgreSQL's entry point when it has made the cluster: a database for each service, which its own user alone may open.

# Nobody signs in as postgres but from within the container.
psql -v ON_ERROR_STOP=1 --username postgres --dbname postgres --command 'alter role postgres password null'

for service in lifecycle outreach alerts; do
    psql -v ON_ERROR_STOP=1 --username postgres --dbname postgres --set service="$service" <<'SQL'
\set password `cat /run/secrets/:service-database-password`
create role :"service" login password :'password';
create database :"service" owner :"service";
revoke all on database :"service" from public;
SQL
done
