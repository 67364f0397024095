-- Distributes the tables of Parley over a Citus cluster, by account. No migration: it is applied by hand, on the
-- coordinator, after the migrations, and again after each upgrade; what is distributed already is left alone.
--
--   psql "$DATABASE_URL" --set ON_ERROR_STOP=1 --file drizzle/citus.sql

do $$ begin
  if not exists (select from pg_extension where extname = 'citus') then
    raise exception 'this database lacks the extension citus: nothing was distributed'
      using hint = 'Name citus in shared_preload_libraries, restart, and run CREATE EXTENSION citus.';
  end if;
  if to_regclass('public.accounts') is null then
    raise exception 'this database lacks the tables of Parley: nothing was distributed'
      using hint = 'Start Parley once, which migrates the database.';
  end if;
end $$;

-- Found before its account is known, hence on every node.
select create_reference_table('api_keys')
  where not exists (select from pg_dist_partition where logicalrelid = 'api_keys'::regclass);

-- 32 shards: a power of two, two to four times the cores that the cluster is ever expected to have. Parents come first.
select create_distributed_table('accounts', 'account_sid', colocate_with => 'none', shard_count => 32)
  where not exists (select from pg_dist_partition where logicalrelid = 'accounts'::regclass);
select create_distributed_table('idempotency_keys', 'account_sid', colocate_with => 'accounts')
  where not exists (select from pg_dist_partition where logicalrelid = 'idempotency_keys'::regclass);
select create_distributed_table('services', 'account_sid', colocate_with => 'accounts')
  where not exists (select from pg_dist_partition where logicalrelid = 'services'::regclass);
select create_distributed_table('roles', 'account_sid', colocate_with => 'accounts')
  where not exists (select from pg_dist_partition where logicalrelid = 'roles'::regclass);
select create_distributed_table('users', 'account_sid', colocate_with => 'accounts')
  where not exists (select from pg_dist_partition where logicalrelid = 'users'::regclass);
select create_distributed_table('conversations', 'account_sid', colocate_with => 'accounts')
  where not exists (select from pg_dist_partition where logicalrelid = 'conversations'::regclass);
select create_distributed_table('participants', 'account_sid', colocate_with => 'accounts')
  where not exists (select from pg_dist_partition where logicalrelid = 'participants'::regclass);
select create_distributed_table('messages', 'account_sid', colocate_with => 'accounts')
  where not exists (select from pg_dist_partition where logicalrelid = 'messages'::regclass);
select create_distributed_table('inbox', 'account_sid', colocate_with => 'accounts')
  where not exists (select from pg_dist_partition where logicalrelid = 'inbox'::regclass);
