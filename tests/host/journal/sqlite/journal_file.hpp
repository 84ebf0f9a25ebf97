// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/journal/sqlite/sqlite_file.hpp"

#include <filesystem>

namespace penstock::host::testing
{

inline void change(const std::filesystem::path& file, const char* sql)
{
    sqlite_file(file, sqlite_file::use::writing, "").execute(sql);
}

} // namespace penstock::host::testing
