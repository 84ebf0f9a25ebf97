// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <bitset>
#include <string>
#include <string_view>
#include <vector>

namespace files_package
{

/// A pattern of paths. `*` stands for any characters but `/`, `?` for one of them, `[a-z]` and
/// `[!a-z]` for one of a set of ASCII, `\` takes the next character as it is, `**` stands for
/// anything, and `**/` also for nothing. A pattern without `/` is one of the last name of a path. A
/// value type. [any thread]
class glob
{
public:
    /// Throws std::invalid_argument for an empty pattern and for a set without its end.
    explicit glob(std::string_view pattern);

    /// Returns whether a path, relative to the folder that is read, is one of the pattern. The time
    /// it takes is at most the product of both lengths.
    [[nodiscard]] bool matches(std::string_view path) const;

    /// Returns whether a text has characters that make it a pattern.
    [[nodiscard]] static bool is_one(std::string_view text) noexcept;

private:
    enum class kind
    {
        set,          // one byte of `of`
        continuation, // the rest of a character that is not ASCII; also nothing
        star,         // bytes but '/'; also nothing
        anything,     // any bytes; also nothing
        folders       // any bytes and a '/'; also nothing
    };

    struct token
    {
        kind what;
        std::bitset<256> of{};
    };

    void add_any();
    void add_byte(char byte);
    void add_set(std::string_view& rest);
    void enter(std::vector<bool>& states, std::size_t at) const;

    std::vector<token> tokens_;
    bool is_of_names_;
};

/// Which files are read: those that one of `include` matches, or all if there is none, but not those
/// that one of `exclude` matches. A value type.
struct selection
{
    std::vector<glob> include;
    std::vector<glob> exclude;

    [[nodiscard]] bool takes(std::string_view path) const;

    /// Returns whether a folder is left out, with all that is in it.
    [[nodiscard]] bool leaves_out(std::string_view folder) const;
};

} // namespace files_package
