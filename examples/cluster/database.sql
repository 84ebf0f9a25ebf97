-- Copyright 2026 The Penstock authors
-- SPDX-License-Identifier: Apache-2.0

-- The database of the hosts, made once, on the primary, with PENSTOCK_PASSWORD in the environment of
-- psql.
\getenv password PENSTOCK_PASSWORD
CREATE ROLE penstock LOGIN PASSWORD :'password';
CREATE DATABASE penstock OWNER penstock;

-- So that hosts see standbys; without it no answer says `replicated`.
GRANT pg_read_all_stats TO penstock;
