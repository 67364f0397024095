CREATE TABLE "accounts" (
	"account_sid" text COLLATE "C" NOT NULL,
	"friendly_name" text NOT NULL,
	"auth_token_cipher" text NOT NULL,
	"default_service_sid" text COLLATE "C" NOT NULL,
	"date_created" timestamp(3) with time zone NOT NULL,
	"date_updated" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "accounts_pk" PRIMARY KEY("account_sid")
);
--> statement-breakpoint
CREATE TABLE "api_keys" (
	"sid" text COLLATE "C" NOT NULL,
	"account_sid" text COLLATE "C" NOT NULL,
	"friendly_name" text NOT NULL,
	"secret_cipher" text NOT NULL,
	"date_created" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "api_keys_pk" PRIMARY KEY("sid")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"account_sid" text COLLATE "C" NOT NULL,
	"sid" text COLLATE "C" NOT NULL,
	"chat_service_sid" text COLLATE "C" NOT NULL,
	"messaging_service_sid" text COLLATE "C",
	"friendly_name" text,
	"unique_name" text COLLATE "C",
	"attributes" text NOT NULL,
	"state" text NOT NULL,
	"timer_inactive" integer NOT NULL,
	"timer_closed" integer NOT NULL,
	"date_inactive" timestamp(3) with time zone,
	"date_closed" timestamp(3) with time zone,
	"email_address" text,
	"email_name" text,
	"created_by" text NOT NULL,
	"participant_count" integer NOT NULL,
	"non_chat_count" integer NOT NULL,
	"date_activity" timestamp(3) with time zone NOT NULL,
	"date_created" timestamp(3) with time zone NOT NULL,
	"date_updated" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "conversations_pk" PRIMARY KEY("account_sid","sid"),
	CONSTRAINT "conversations_state_ck" CHECK ("conversations"."state" in ('active', 'inactive', 'closed'))
);
--> statement-breakpoint
CREATE TABLE "participants" (
	"account_sid" text COLLATE "C" NOT NULL,
	"sid" text COLLATE "C" NOT NULL,
	"chat_service_sid" text COLLATE "C" NOT NULL,
	"conversation_sid" text COLLATE "C" NOT NULL,
	"identity" text COLLATE "C",
	"lookup_identity" text COLLATE "C",
	"user_sid" text COLLATE "C",
	"address" text COLLATE "C",
	"proxy_address" text COLLATE "C",
	"projected_address" text COLLATE "C",
	"binding_active" boolean NOT NULL,
	"role_sid" text COLLATE "C",
	"attributes" text NOT NULL,
	"last_read_message_index" integer,
	"last_read_timestamp" timestamp(3) with time zone,
	"notification_level" text NOT NULL,
	"date_created" timestamp(3) with time zone NOT NULL,
	"date_updated" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "participants_pk" PRIMARY KEY("account_sid","sid"),
	CONSTRAINT "participants_who_ck" CHECK ("participants"."identity" is not null or "participants"."address" is not null or "participants"."projected_address" is not null),
	CONSTRAINT "participants_user_ck" CHECK (("participants"."identity" is null) = ("participants"."user_sid" is null)),
	CONSTRAINT "participants_level_ck" CHECK ("participants"."notification_level" in ('default', 'muted'))
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"account_sid" text COLLATE "C" NOT NULL,
	"sid" text COLLATE "C" NOT NULL,
	"chat_service_sid" text COLLATE "C" NOT NULL,
	"friendly_name" text NOT NULL,
	"type" text NOT NULL,
	"permissions" text[] NOT NULL,
	"date_created" timestamp(3) with time zone NOT NULL,
	"date_updated" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "roles_pk" PRIMARY KEY("account_sid","sid"),
	CONSTRAINT "roles_type_ck" CHECK ("roles"."type" in ('conversation', 'service'))
);
--> statement-breakpoint
CREATE TABLE "services" (
	"account_sid" text COLLATE "C" NOT NULL,
	"sid" text COLLATE "C" NOT NULL,
	"friendly_name" text NOT NULL,
	"default_conversation_role_sid" text COLLATE "C" NOT NULL,
	"default_conversation_creator_role_sid" text COLLATE "C" NOT NULL,
	"default_chat_service_role_sid" text COLLATE "C" NOT NULL,
	"date_created" timestamp(3) with time zone NOT NULL,
	"date_updated" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "services_pk" PRIMARY KEY("account_sid","sid")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"account_sid" text COLLATE "C" NOT NULL,
	"sid" text COLLATE "C" NOT NULL,
	"chat_service_sid" text COLLATE "C" NOT NULL,
	"identity" text COLLATE "C" NOT NULL,
	"friendly_name" text,
	"role_sid" text COLLATE "C" NOT NULL,
	"attributes" text NOT NULL,
	"is_online" boolean,
	"is_notifiable" boolean,
	"date_created" timestamp(3) with time zone NOT NULL,
	"date_updated" timestamp(3) with time zone NOT NULL,
	CONSTRAINT "users_pk" PRIMARY KEY("account_sid","sid"),
	CONSTRAINT "users_identity_uq" UNIQUE("account_sid","chat_service_sid","identity")
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD CONSTRAINT "conversations_service_fk" FOREIGN KEY ("account_sid","chat_service_sid") REFERENCES "public"."services"("account_sid","sid") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_conversation_fk" FOREIGN KEY ("account_sid","conversation_sid") REFERENCES "public"."conversations"("account_sid","sid") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "participants" ADD CONSTRAINT "participants_user_fk" FOREIGN KEY ("account_sid","user_sid") REFERENCES "public"."users"("account_sid","sid") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_service_fk" FOREIGN KEY ("account_sid","chat_service_sid") REFERENCES "public"."services"("account_sid","sid") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "services" ADD CONSTRAINT "services_account_fk" FOREIGN KEY ("account_sid") REFERENCES "public"."accounts"("account_sid") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_service_fk" FOREIGN KEY ("account_sid","chat_service_sid") REFERENCES "public"."services"("account_sid","sid") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_unique_name_uq" ON "conversations" USING btree ("account_sid","chat_service_sid","unique_name") WHERE "conversations"."unique_name" is not null;--> statement-breakpoint
CREATE INDEX "conversations_by_activity" ON "conversations" USING btree ("account_sid","chat_service_sid","date_activity","sid");--> statement-breakpoint
CREATE INDEX "conversations_by_creation" ON "conversations" USING btree ("account_sid","chat_service_sid","date_created","sid");--> statement-breakpoint
CREATE INDEX "conversations_by_state_activity" ON "conversations" USING btree ("account_sid","chat_service_sid","state","date_activity","sid");--> statement-breakpoint
CREATE INDEX "conversations_by_state_creation" ON "conversations" USING btree ("account_sid","chat_service_sid","state","date_created","sid");--> statement-breakpoint
CREATE INDEX "conversations_due_inactive" ON "conversations" USING btree ("date_inactive") WHERE "conversations"."state" = 'active' and "conversations"."date_inactive" is not null;--> statement-breakpoint
CREATE INDEX "conversations_due_closed" ON "conversations" USING btree ("date_closed") WHERE "conversations"."state" <> 'closed' and "conversations"."date_closed" is not null;--> statement-breakpoint
CREATE INDEX "conversations_due_inactive_by_account" ON "conversations" USING btree ("account_sid","date_inactive") WHERE "conversations"."state" = 'active' and "conversations"."date_inactive" is not null;--> statement-breakpoint
CREATE INDEX "conversations_due_closed_by_account" ON "conversations" USING btree ("account_sid","date_closed") WHERE "conversations"."state" <> 'closed' and "conversations"."date_closed" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "participants_identity_uq" ON "participants" USING btree ("account_sid","chat_service_sid","identity","conversation_sid") WHERE "participants"."identity" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "participants_binding_uq" ON "participants" USING btree ("account_sid","address","proxy_address") WHERE "participants"."proxy_address" is not null and "participants"."binding_active";--> statement-breakpoint
CREATE UNIQUE INDEX "participants_native_uq" ON "participants" USING btree ("account_sid","conversation_sid","address") WHERE "participants"."address" is not null and "participants"."proxy_address" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "participants_projected_uq" ON "participants" USING btree ("account_sid","conversation_sid","projected_address") WHERE "participants"."projected_address" is not null;--> statement-breakpoint
CREATE INDEX "participants_by_conversation" ON "participants" USING btree ("account_sid","conversation_sid","sid");--> statement-breakpoint
CREATE INDEX "participants_by_lookup_identity" ON "participants" USING btree ("account_sid","chat_service_sid","lookup_identity","conversation_sid","sid") WHERE "participants"."lookup_identity" is not null;--> statement-breakpoint
CREATE INDEX "participants_by_address" ON "participants" USING btree ("account_sid","chat_service_sid","address","conversation_sid","sid") WHERE "participants"."address" is not null;--> statement-breakpoint
CREATE INDEX "participants_by_user" ON "participants" USING btree ("account_sid","user_sid","conversation_sid") WHERE "participants"."user_sid" is not null;--> statement-breakpoint
CREATE INDEX "roles_by_service" ON "roles" USING btree ("account_sid","chat_service_sid","sid");--> statement-breakpoint
CREATE INDEX "users_by_service" ON "users" USING btree ("account_sid","chat_service_sid","sid");