// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/sql.hpp"

namespace penstock::host
{

std::string select(std::string_view columns, std::string_view rest)
{
    std::string sql = "SELECT ";
    return sql.append(columns).append(" FROM ").append(rest);
}

std::string insert_into(std::string_view verb, std::string_view table, std::string_view columns)
{
    std::string sql(verb);
    sql.append(" INTO ").append(table).append("(").append(columns).append(") VALUES(?");
    for (const char each : columns)
        if (each == ',')
            sql.append(", ?");
    return sql.append(")");
}

} // namespace penstock::host
