// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace xml_package
{

/// The path of elements that are records: `item`, `list/item`, or from the root `/rss/channel/item`.
/// A step `*` fits each name; one without a prefix fits a name with any.
class record_path
{
public:
    /// Returns what is wrong with a path, as a problem of a parameter says it; empty: nothing.
    [[nodiscard]] static std::string problem_of(std::string_view path);

    /// The path of the outermost element alone.
    record_path() : steps_{"*"}, is_from_root_(true) {}

    /// A path that has no problem. `//` before its first step says what is so without it.
    explicit record_path(std::string_view path);

    /// Whether an element is a record: the names of all elements around it, and its own.
    [[nodiscard]] bool fits(const std::vector<std::string>& names) const;

private:
    std::vector<std::string> steps_;
    bool is_from_root_;
};

} // namespace xml_package
