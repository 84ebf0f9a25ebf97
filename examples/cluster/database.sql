-- Copyright 2026 The Penstock authors
-- SPDX-License-Identifier: Apache-2.0

-- The database of the hosts, on the primary, with PENSTOCK_PASSWORD in the environment of psql. What
-- is there already stays.

-- The password is in a statement, which no log is to have.
SET log_statement = none;
SET log_min_error_statement = panic;
SET client_min_messages = warning;
\getenv password PENSTOCK_PASSWORD
SELECT format('CREATE ROLE penstock LOGIN PASSWORD %L', :'password')
    WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'penstock') \gexec

-- So that hosts see standbys; without it no answer says `replicated`.
GRANT pg_read_all_stats TO penstock;

SELECT 'CREATE DATABASE penstock OWNER penstock'
    WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'penstock') \gexec
