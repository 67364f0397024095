CREATE TABLE "idempotency_keys" (
	"account_sid" text COLLATE "C" NOT NULL,
	"key" text COLLATE "C" NOT NULL,
	"fingerprint" text COLLATE "C" NOT NULL,
	"response" text,
	"date_created" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "idempotency_keys_pk" PRIMARY KEY("account_sid","key")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"account_sid" text COLLATE "C" NOT NULL,
	"conversation_sid" text COLLATE "C" NOT NULL,
	"participant_sid" text COLLATE "C" NOT NULL,
	"chat_service_sid" text COLLATE "C" NOT NULL,
	"user_sid" text COLLATE "C",
	"address" text COLLATE "C",
	"found_by_identity" boolean NOT NULL,
	"muted" boolean NOT NULL,
	"last_read_message_index" integer,
	"newest_message_index" integer,
	"unread_count" integer,
	"date_activity" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "inbox_pk" PRIMARY KEY("account_sid","conversation_sid","participant_sid")
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"account_sid" text COLLATE "C" NOT NULL,
	"sid" text COLLATE "C" NOT NULL,
	"chat_service_sid" text COLLATE "C" NOT NULL,
	"conversation_sid" text COLLATE "C" NOT NULL,
	"index" integer NOT NULL,
	"author" text NOT NULL,
	"participant_sid" text COLLATE "C",
	"body" text,
	"attributes" text NOT NULL,
	"date_created" timestamp(3) with time zone NOT NULL,
	"date_updated" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "messages_pk" PRIMARY KEY("account_sid","sid"),
	CONSTRAINT "messages_index_uq" UNIQUE("account_sid","conversation_sid","index")
);
--> statement-breakpoint
DROP INDEX "participants_by_conversation";
--> statement-breakpoint
ALTER TABLE "users" DROP CONSTRAINT "users_identity_uq";
--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_identity_uq" UNIQUE("account_sid","identity","chat_service_sid");
--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_conversation_uq" UNIQUE("account_sid","conversation_sid","sid");
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "default_messaging_service_sid" text COLLATE "C";
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "default_inactive_timer" text;
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "default_closed_timer" text;
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "channels" text[] DEFAULT '{}' NOT NULL;
--> statement-breakpoint
ALTER TABLE "conversations" ALTER COLUMN "channels" DROP DEFAULT;
--> statement-breakpoint
UPDATE "conversations" c SET "channels" = t.channels FROM (
	SELECT "account_sid", "conversation_sid", array_agg(DISTINCT
		CASE WHEN coalesce("address", "projected_address") ~ '^(whatsapp|messenger|rcs|gbm|apple|email):'
			THEN split_part(coalesce("address", "projected_address"), ':', 1) ELSE 'sms' END) AS channels
	FROM "participants" WHERE "address" IS NOT NULL OR "projected_address" IS NOT NULL
	GROUP BY "account_sid", "conversation_sid"
) t WHERE c."account_sid" = t."account_sid" AND c."sid" = t."conversation_sid";
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "last_message_index" integer DEFAULT -1 NOT NULL;
--> statement-breakpoint
ALTER TABLE "conversations" ALTER COLUMN "last_message_index" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "newest_message_index" integer;
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "newest_message_date" timestamp(3) with time zone;
--> statement-breakpoint
ALTER TABLE "participants" ADD COLUMN "conversation_date_created" timestamp(3) with time zone;
--> statement-breakpoint
UPDATE "participants" p SET "conversation_date_created" = c."date_created" FROM "conversations" c
	WHERE c."account_sid" = p."account_sid" AND c."sid" = p."conversation_sid";
--> statement-breakpoint
ALTER TABLE "participants" ALTER COLUMN "conversation_date_created" SET NOT NULL;
--> statement-breakpoint
INSERT INTO "inbox" ("account_sid", "conversation_sid", "participant_sid", "chat_service_sid", "user_sid", "address",
	"found_by_identity", "muted", "last_read_message_index", "unread_count", "date_activity")
	SELECT p."account_sid", p."conversation_sid", p."sid", p."chat_service_sid", p."user_sid", p."address",
		p."lookup_identity" IS NOT NULL, p."notification_level" = 'muted', p."last_read_message_index",
		CASE WHEN p."last_read_message_index" IS NOT NULL THEN 0 END, c."date_activity"
	FROM "participants" p JOIN "conversations" c ON c."account_sid" = p."account_sid" AND c."sid" = p."conversation_sid";
--> statement-breakpoint
ALTER TABLE "services" ADD COLUMN "reachability_enabled" boolean DEFAULT false NOT NULL;
--> statement-breakpoint
ALTER TABLE "services" ALTER COLUMN "reachability_enabled" DROP DEFAULT;
--> statement-breakpoint
ALTER TABLE "idempotency_keys" ADD CONSTRAINT "idempotency_keys_account_fk" FOREIGN KEY ("account_sid") REFERENCES "public"."accounts"("account_sid") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "inbox" ADD CONSTRAINT "inbox_participant_fk" FOREIGN KEY ("account_sid","conversation_sid","participant_sid") REFERENCES "public"."participants"("account_sid","conversation_sid","sid") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_fk" FOREIGN KEY ("account_sid","conversation_sid") REFERENCES "public"."conversations"("account_sid","sid") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "idempotency_keys_by_date" ON "idempotency_keys" USING btree ("date_created");
--> statement-breakpoint
CREATE INDEX "inbox_by_user" ON "inbox" USING btree ("account_sid","user_sid","date_activity","conversation_sid","unread_count") WHERE "inbox"."user_sid" is not null;
--> statement-breakpoint
CREATE INDEX "inbox_by_address" ON "inbox" USING btree ("account_sid","chat_service_sid","address","date_activity","conversation_sid","participant_sid") WHERE "inbox"."address" is not null;
--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_role_fk" FOREIGN KEY ("account_sid","role_sid") REFERENCES "public"."roles"("account_sid","sid") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_role_fk" FOREIGN KEY ("account_sid","role_sid") REFERENCES "public"."roles"("account_sid","sid") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "participants_by_address_creation" ON "participants" USING btree ("account_sid","chat_service_sid","address","conversation_date_created","conversation_sid","sid") WHERE "participants"."address" is not null;
--> statement-breakpoint
CREATE INDEX "participants_by_user_creation" ON "participants" USING btree ("account_sid","user_sid","conversation_date_created","conversation_sid") WHERE "participants"."user_sid" is not null;
--> statement-breakpoint
CREATE INDEX "participants_by_role" ON "participants" USING btree ("account_sid","role_sid") WHERE "participants"."role_sid" is not null;
--> statement-breakpoint
CREATE INDEX "users_by_role" ON "users" USING btree ("account_sid","role_sid");
--> statement-breakpoint
-- Of empty tables it would make the planner take them for empty until it is told otherwise.
DO $$ BEGIN
	IF EXISTS (SELECT FROM "inbox") THEN
		ANALYZE "conversations";
		ANALYZE "participants";
		ANALYZE "inbox";
	END IF;
END $$;
