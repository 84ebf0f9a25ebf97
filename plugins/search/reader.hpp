// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sqlite.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace search_package
{

/// One document that was found.
struct hit
{
    std::string id;
    penstock::json::object fields;
    penstock::json::array lists; ///< names of the fields that are one value though a list
    double score;                ///< higher is better
};

/// The error of a question that takes too long.
class question_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Reads one database beside its writer. [any thread, one at a time]
class reader
{
public:
    explicit reader(std::string path);

    /// Returns the best documents that match what was typed, the best first; none while there is no
    /// database. Throws database_error, or question_error if it takes longer than `time`. Blocks.
    std::vector<hit> search(std::string_view typed, std::int64_t limit,
                            std::chrono::milliseconds time);

private:
    struct session
    {
        explicit session(const std::string& path);
        connection database;
        statement search;
    };

    [[nodiscard]] bool exists() const;

    std::string path_;
    std::optional<session> session_;
};

} // namespace search_package
