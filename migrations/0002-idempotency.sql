-- First answers by idempotency key, kept 30 days. The row is written in the transaction of the effect, so that a repeat
-- after a crash finds either both or neither.
create table idempotency (
  account text not null,
  key text not null,
  operation text not null,
  request_hash bytea not null,
  status integer not null,
  answer text not null,
  created_at timestamptz not null,
  constraint idempotency_pkey primary key (account, key)
);
create index idempotency_created_at on idempotency (created_at);
