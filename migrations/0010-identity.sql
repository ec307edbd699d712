-- Sign-in tables in better-auth 1.7's shape (column names mapped in modules/identity/sign-in.ts, checked by its test).
-- Only better-auth writes passwords, session tokens and second-factor secrets here.
create extension if not exists btree_gist;

create table auth_user (
  id uuid primary key,
  name text not null,
  email text not null,
  email_verified boolean not null default false,
  image text,
  username text not null,
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint auth_user_email_once unique (email),
  constraint auth_user_username_once unique (username),
  constraint auth_user_username_folded check (username = lower(username))
);

-- Sliding idle time is measured from updated_at, the absolute end is expires_at: two limits, two columns.
create table auth_session (
  id uuid primary key,
  user_id uuid not null references auth_user (id) on delete cascade,
  token text not null,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint auth_session_token_once unique (token),
  constraint auth_session_absolute_end check (expires_at <= created_at + interval '12 hours')
);
create index auth_session_user on auth_session (user_id);
create index auth_session_expires_at on auth_session (expires_at);

create table auth_credential (
  id uuid primary key,
  user_id uuid not null references auth_user (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint auth_credential_once unique (user_id, provider_id)
);

create table auth_verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index auth_verification_identifier on auth_verification (identifier);

create table auth_second_factor (
  id uuid primary key,
  user_id uuid not null references auth_user (id) on delete cascade,
  secret text not null,
  backup_codes text not null,
  verified boolean not null default false,
  failed_verification_count integer not null default 0,
  locked_until timestamptz,
  constraint auth_second_factor_once unique (user_id)
);

-- A TOTP code opens one session only (ASVS 6.5.1): better-auth accepts it for its whole time window.
create table auth_used_code (
  account uuid not null references auth_user (id) on delete cascade,
  code text not null,
  used_at timestamptz not null,
  primary key (account, code)
);

-- Failed sign-ins by account name and by address. Unlogged: losing the counters in a crash costs nothing.
create unlogged table auth_attempt (
  key text primary key,
  failures integer not null,
  since timestamptz not null
);
create index auth_attempt_since on auth_attempt (since);

-- Who the account's holder is and where they work today. Units are organisation slugs; the organisation module is
-- below this one in the import order, so there is no foreign key.
create table account_profile (
  account uuid primary key references auth_user (id) on delete cascade,
  full_name text not null check (full_name <> ''),
  search_name text not null,
  position text not null,
  unit text not null,
  agency text not null,
  centre text,
  counter text,
  disabled boolean not null default false,
  -- Set while a one-time password is in force: after it, sign-in is refused; before it, only a change of password is allowed.
  one_time_until timestamptz,
  created_at timestamptz not null
);
create index account_profile_by_name on account_profile (search_name, account);
create index account_profile_by_unit on account_profile (unit);

create table account_grant (
  id uuid primary key,
  account uuid not null references auth_user (id) on delete cascade,
  role text not null,
  scope text not null check (scope in ('own', 'unit', 'agency', 'centre', 'province')),
  unit text,
  valid_from timestamptz not null,
  valid_to timestamptz,
  granted_by text not null,
  reason text not null check (reason <> ''),
  revoked_by text,
  revoke_reason text,
  constraint account_grant_period check (valid_to is null or valid_to >= valid_from),
  constraint account_grant_anchor check (unit is not null or scope = 'province'),
  -- Nobody grants to himself.
  constraint account_grant_by_another check (granted_by <> account::text),
  constraint account_grant_once exclude using gist (
    account with =, role with =, scope with =, (coalesce(unit, '')) with =, tstzrange(valid_from, valid_to) with &&
  ),
  -- A system administrator holds no right on dossier content, so no other role at the same time.
  constraint account_grant_system_alone exclude using gist (
    account with =, (case when role = 'SYSTEM_ADMIN' then 1 else 0 end) with <>, tstzrange(valid_from, valid_to) with &&
  )
);
create index account_grant_account on account_grant (account);

-- For a period, the roles of one officer are also exercised by another (leave, business trip).
create table account_delegation (
  id uuid primary key,
  from_account uuid not null references auth_user (id) on delete cascade,
  to_account uuid not null references auth_user (id) on delete cascade,
  roles text[] not null check (cardinality(roles) > 0),
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  reason text not null check (reason <> ''),
  started_by text not null,
  ended_by text,
  constraint account_delegation_period check (valid_to >= valid_from),
  constraint account_delegation_to_another check (from_account <> to_account),
  constraint account_delegation_once exclude using gist (
    from_account with =, to_account with =, tstzrange(valid_from, valid_to) with &&
  )
);
create index account_delegation_to on account_delegation (to_account);
