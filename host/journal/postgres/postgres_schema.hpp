// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/postgres/postgres_connection.hpp"

namespace penstock::host
{

/// Has a session look rows up by their indexes. Tables of what is pending are nearly empty when the
/// planner looks at them, and large when a host stands still: it would read them whole, for each
/// row, with the plan that it keeps. Throws medium_error.
void prefer_indexes(postgres_connection& to, postgres_connection::clock::time_point until);

/// Connects, and sees to it that a commit is answered when it is on the disk, whatever the database's
/// defaults say. Throws database_away.
void open_durably(postgres_connection& to, postgres_connection::clock::time_point until);

/// Makes the schema `penstock` if there is none. Throws medium_error; what does not pass is one of
/// another version.
void make_schema(postgres_connection& to, postgres_connection::clock::time_point until);

} // namespace penstock::host
