// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <hs/hs.h>

namespace extract_package
{

/// How terms are looked for.
struct dictionary_options
{
    bool ignore_case = true;
    bool whole_words = true; ///< no letter, digit or underscore beside a term that ends in one
};

/// The terms of a file, all of which are looked for at once. Used by many threads.
class dictionary
{
    struct release
    {
        void operator()(hs_database_t* database) const { hs_free_database(database); }
        void operator()(hs_scratch_t* room) const { hs_free_scratch(room); }
    };

public:
    /// What one look into a text needs, of this dictionary alone.
    using room = std::unique_ptr<hs_scratch_t, release>;

    /// Reads terms, one a line; lines of white space are skipped. Throws std::runtime_error with
    /// the file's name if it cannot be read, has no term, or has more than 1,000,000 or 256 MiB.
    /// [a stack of full size; takes seconds for 100,000 terms]
    dictionary(const std::string& path, const dictionary_options& options);

    /// Makes a room. Throws std::runtime_error if the library fails. [any thread]
    [[nodiscard]] room make_room() const;

    /// Calls `found` with the terms in a text, as they stand in the file, in order of their ends,
    /// until it returns false. Throws std::runtime_error if the library fails. [any thread; one
    /// call at a time with a room]
    void find(std::string_view text, const room& with,
              const std::function<bool(const std::string&)>& found) const;

    [[nodiscard]] std::size_t size() const noexcept { return terms_.size(); }

private:
    struct term
    {
        std::string text;
        std::size_t size;    // of what is looked for
        bool begins_in_word; // so that no word may end before it
        bool ends_in_word;
    };

    void compile(const std::vector<std::string>& wanted);

    dictionary_options options_;
    std::vector<term> terms_;
    std::unique_ptr<hs_database_t, release> database_;
    room room_; // of which others are copies
};

} // namespace extract_package
