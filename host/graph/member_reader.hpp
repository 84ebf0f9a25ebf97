// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem_list.hpp"

#include <penstock/json.hpp>

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

namespace penstock::host
{

/// Reads the members of JSON objects by kind, and collects a problem, with its pointer, for each
/// that is missing or of another kind. Each `pointer` is that of the object.
class member_reader
{
public:
    /// `problems` outlives the reader.
    explicit member_reader(problem_list& problems) : problems_(problems) {}

    /// Adds a problem at `pointer`.
    void complain(const std::string& pointer, std::string message, std::string expected);

    /// Adds a problem that tells the kind of `value`, or the value itself where it is short.
    void wrong_kind(const std::string& pointer, const json::value& value, const char* expected);

    /// Adds a problem for each key that is not one of `known`.
    void known_keys(const json::object& of, const std::string& pointer,
                    std::initializer_list<const char*> known);

    /// Sets `out` to the text under `key`; false if there is none.
    bool text(const json::object& of, const std::string& pointer, const char* key,
              std::string& out);

    /// The object under `key`; null if there is none.
    [[nodiscard]] const json::object* object(const json::object& of, const std::string& pointer,
                                             const char* key, bool required);

    /// The whole number under `key`, from `least` to `most`.
    [[nodiscard]] std::optional<std::uint64_t> number(const json::object& of,
                                                      const std::string& pointer, const char* key,
                                                      std::uint64_t least, std::uint64_t most);

    /// Returns whether there is no use in reading on: no further problem would be told.
    [[nodiscard]] bool is_full() const noexcept { return problems_.is_full(); }

private:
    problem_list& problems_;
};

/// A value as a problem shows it: as it stands where it is short, else its kind.
[[nodiscard]] std::string shown(const json::value& value);

} // namespace penstock::host
