// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/postgres/postgres_connection.hpp"

namespace penstock::host
{

/// Connects, and sees to it that a commit is answered when it is on the disk, whatever the database's
/// defaults say. Throws database_away.
void open_durably(postgres_connection& to, postgres_connection::clock::time_point until);

/// Makes the schema `penstock` if there is none. Throws medium_error; what does not pass is one of
/// another version.
void make_schema(postgres_connection& to, postgres_connection::clock::time_point until);

} // namespace penstock::host
