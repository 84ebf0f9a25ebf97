// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/json_pointer.hpp"
#include "host/base/problem_list.hpp"

#include <penstock/json.hpp>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// What a text value of a graph's parameters stands for: `"${env:NAME}"`, `"${secret:NAME}"`.
struct reference
{
    enum class source
    {
        environment,
        secret
    };

    source from;
    std::string name;
};

/// Returns the value behind a reference, or nothing if there is none.
using resolver = std::function<std::optional<std::string>(const reference&)>;

/// Reads a text as a reference; nothing if it is an ordinary text. Only whole values are.
[[nodiscard]] std::optional<reference> parse_reference(std::string_view text);

/// Adds a problem for each text of a value, and each name of a member, that has `${env:` or
/// `${secret:` in it and is no reference: it would be taken literally.
void refuse_partial_references(const json::value& value, const json_place& at,
                               problem_list& problems);

/// Returns whether a value is a reference or contains one.
[[nodiscard]] bool has_references(const json::value& value);

/// Returns the value with its references resolved. Where `schema` (of a parameter) asks for
/// something else than text, the text behind a reference is read as JSON. What cannot be resolved
/// is told with its place, never with the value.
[[nodiscard]] json::value resolve_references(const json::value& value, const json::object& schema,
                                             const resolver& resolve, const json_place& at,
                                             problem_list& problems);

/// Adds a problem for each secret of a parameter's value that is written out in the graph, as the
/// parameter's `schema` tells which texts are secrets. Never tells the value.
void refuse_written_secrets(const json::value& value, const json::object& schema,
                            const json_place& at, problem_list& problems);

/// Appends the secrets in a parameter's value whose references have been resolved.
void collect_secrets(const json::value& resolved, const json::object& schema,
                     std::vector<std::string>& secrets);

/// Returns a text with `***` in place of each of the secrets that is long enough to be known again.
[[nodiscard]] std::string without_secrets(std::string text,
                                          const std::vector<std::string>& secrets);

} // namespace penstock::host
