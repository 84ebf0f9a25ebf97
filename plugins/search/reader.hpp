// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "question.hpp"
#include "settings.hpp"
#include "sqlite.hpp"
#include "tokens.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace search_package
{

/// The error of a question that takes too long, or that names what the index does not have.
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

    /// Answers a question, all of it by the same state of the index; with nothing while there is no
    /// database. Throws database_error; question_error if it takes longer than its `time`, or names
    /// a field that has no column or no values in this index. Blocks.
    [[nodiscard]] answer ask(const question& asked);

private:
    // A connection, and what was known of the index when it was opened.
    struct session
    {
        explicit session(const std::string& path);

        connection database;
        settings with;
        tokenizer words;
        std::int64_t schema; // SQLite's version of it
        std::map<std::string, statement> statements;

        [[nodiscard]] statement& prepared(const std::string& sql);
        [[nodiscard]] bool is_outdated();
    };

    struct search;

    [[nodiscard]] bool exists() const;

    std::string path_;
    std::optional<session> session_;
};

} // namespace search_package
