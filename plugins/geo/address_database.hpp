// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <maxminddb.h>

namespace geo_package
{

/// A database of IP addresses, of MaxMind's format 2, which is mapped into memory. Who replaces its
/// file renames another one to it. Used by many threads.
class address_database
{
public:
    /// A way into a record: names of members, or places in lists.
    using path = std::vector<std::string>;

    /// Opens a file. Throws std::runtime_error with its name.
    explicit address_database(const std::string& file);
    ~address_database();
    address_database(const address_database&) = delete;
    address_database& operator=(const address_database&) = delete;

    /// A record of the database.
    class record
    {
    public:
        /// Returns a text, a number or a boolean of it; nothing if none is there. Throws
        /// std::runtime_error if the database is broken.
        [[nodiscard]] std::optional<penstock::json::value> find(const path& at) const;

    private:
        friend class address_database;
        explicit record(MMDB_entry_s entry) : entry_(entry) {}

        MMDB_entry_s entry_;
    };

    /// Whether a text is an IP address, of version 4 or 6. [any thread]
    [[nodiscard]] static bool is_address(const std::string& text);

    /// Finds the record of the network that an address is in; it lives as long as the database.
    /// Throws std::runtime_error if the database is broken. [any thread]
    [[nodiscard]] std::optional<record> find(const std::string& address) const;

private:
    MMDB_s database_{};
};

} // namespace geo_package
