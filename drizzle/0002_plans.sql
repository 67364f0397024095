-- A statement is planned for any account, so its plan has to hold for the largest: going by the average over all accounts, of one that
-- is larger all rows would be read, and hardly one expected. Nor may a plan hang on how many conversations are in a state.
DO $$
DECLARE
	each record;
BEGIN
	FOR each IN
		SELECT attrelid::regclass AS "table", attname AS "column" FROM pg_attribute
		WHERE attrelid = ANY ('{services,roles,users,api_keys,conversations,participants,inbox,messages,idempotency_keys}'::regclass[])
			AND attname IN ('account_sid', 'chat_service_sid')
	LOOP
		EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET (n_distinct = 1)', each."table", each."column");
	END LOOP;
END $$;
--> statement-breakpoint
ALTER TABLE "conversations" ALTER COLUMN "state" SET (n_distinct = 1000);
--> statement-breakpoint
-- Heeded by the next analysis. Of empty tables it would make the planner take them for empty until it is told otherwise.
DO $$ BEGIN
	IF EXISTS (SELECT FROM "conversations") OR EXISTS (SELECT FROM "users") THEN
		ANALYZE "users";
		ANALYZE "conversations";
		ANALYZE "participants";
		ANALYZE "inbox";
		ANALYZE "messages";
	END IF;
END $$;
