// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "postgres/database_server.hpp"
#include "run_entry.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace published_table
{

namespace json = penstock::json;
using penstock::packet;

/// The server of all tests of a program, which runs until the program ends.
inline database_server& server()
{
    static database_server one;
    one.start();
    return one;
}

/// A table that is made anew: `t`, unless it has another name.
struct fresh_table
{
    explicit fresh_table(const std::string& columns, std::string called = "t")
        : name(std::move(called))
    {
        server().ask("DROP TABLE IF EXISTS " + name + "; CREATE TABLE " + name + " (" + columns +
                     ")");
    }

    /// Its rows as JSON, sorted by that.
    [[nodiscard]] std::vector<std::string> rows() const
    {
        return server().ask("SELECT row_to_json(r)::text FROM " + name + " r ORDER BY 1");
    }

    std::string name;
};

/// Publishes to the table `t`; `more` of the parameters.
inline penstock::testing::result publish(std::vector<packet> given, json::object more = {})
{
    json::object params{{"connection", server().connection()}, {"table", "t"}};
    for (const auto& [name, value] : more)
        params[name] = value;
    return run_entry(postgres_package::publish_entry, params, std::move(given));
}

inline packet with(json::object fields)
{
    return packet(std::move(fields));
}

inline packet order_to_delete(std::string_view id)
{
    packet made;
    made.set_meta("requestmethod", "DELETE");
    made.set_meta("id", id);
    return made;
}

inline const json::object by_id{{"key", json::array{"id"}}};

} // namespace published_table
