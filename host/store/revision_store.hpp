// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// One revision of a graph file that was kept.
struct kept_revision
{
    std::string revision;
    std::chrono::system_clock::time_point time; ///< to the millisecond; when it was kept last
    std::size_t bytes = 0;
};

/// Keeps what graph files were, in a folder for each graph, each revision once:
/// `NAME/MILLISECONDS-REVISION.json`, milliseconds since 1970, 15 digits. [one thread at a time]
class revision_store
{
public:
    /// The folders are made when they are needed.
    explicit revision_store(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Keeps a text as the newest revision, unless it is that already, and lets go of all but the
    /// newest `most`; says what failed. `graph` is a graph's name. The order is that of the calls,
    /// whatever the clock does.
    [[nodiscard]] std::optional<problem> add(std::string_view graph, std::string_view text,
                                             std::chrono::system_clock::time_point now,
                                             std::size_t most) const;

    /// All revisions of a graph, the newest first.
    [[nodiscard]] std::vector<kept_revision> list(std::string_view graph) const;

    /// The text of one revision, or nothing.
    [[nodiscard]] std::optional<std::string> read(std::string_view graph,
                                                  std::string_view revision) const;

    /// Removes all revisions of a graph; says what failed.
    [[nodiscard]] std::optional<problem> remove(std::string_view graph) const;

private:
    [[nodiscard]] std::filesystem::path folder_of(std::string_view graph) const;
    [[nodiscard]] std::filesystem::path file_of(std::string_view graph,
                                                const kept_revision& kept) const;

    std::filesystem::path folder_;
};

} // namespace penstock::host
