// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <amqp.h>

namespace amqp_package
{

/// The headers of a message, as meta of a packet becomes them: texts, numbers and truth values as
/// they are, lists and objects as JSON text. It views the texts of the meta. [any thread]
class field_table
{
public:
    /// The most bytes that headers may take.
    static constexpr std::size_t most_bytes = 16 * 1024;

    field_table() = default;

    /// Makes them of meta, without what a message tells elsewhere, as its type, and without names
    /// that begin with `x-`, which are the broker's. Throws std::invalid_argument for what does not
    /// fit into headers.
    explicit field_table(const penstock::json::object& meta);
    field_table(field_table&&) = default;
    field_table& operator=(field_table&&) = default;
    ~field_table() = default;

    /// The same as the library takes it; it views this.
    [[nodiscard]] amqp_table_t table() const;

private:
    void add(std::string_view name, const penstock::json::value& value);

    mutable std::vector<amqp_table_entry_t> entries_; // the library takes them, and changes nothing
    std::deque<std::string> texts_;                   // of lists and objects
    std::size_t bytes_ = 0;
};

/// Makes JSON of the headers of a message; what JSON has no kind for is a text or null.
[[nodiscard]] penstock::json::object json_of(const amqp_table_t& table);

} // namespace amqp_package
