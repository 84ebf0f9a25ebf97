// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// The drafts of the editor, one text for each graph, in a folder of its own:
/// `NAME.json`. The graph itself need not be there. [one thread at a time]
class draft_store
{
public:
    /// The folder is made when the first draft is saved.
    explicit draft_store(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// How many drafts there are.
    [[nodiscard]] std::size_t count() const;

    /// The text as it was saved, or nothing.
    [[nodiscard]] std::optional<std::string> read(std::string_view graph) const;

    /// Replaces the draft on the disk; says what failed. `graph` is a graph's name.
    [[nodiscard]] std::optional<problem> save(std::string_view graph, std::string_view text) const;

    /// Removes the draft, if there is one; says what failed.
    [[nodiscard]] std::optional<problem> remove(std::string_view graph) const;

private:
    [[nodiscard]] std::filesystem::path file_of(std::string_view graph) const;

    std::filesystem::path folder_;
};

} // namespace penstock::host
