// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/net/message.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::rollout
{

[[nodiscard]] bool is_success(const http::response& answer) noexcept;

/// Returns whether the host says that it has changed nothing.
[[nodiscard]] bool is_certain_refusal(const http::response& answer) noexcept;

/// Returns what an answer says is wrong with a graph, or with the request if it is no success;
/// `address` is where it comes from.
[[nodiscard]] std::vector<problem> problems_in(const http::response& answer,
                                               const std::string& address);

/// What a host says of the state of a graph.
struct graph_state_answer
{
    std::string state = "in no known state";
    std::optional<std::string> deployed_tag; ///< of the version deployed last, if there was one
};

[[nodiscard]] graph_state_answer read_state(const http::response& answer);

/// Writes a revision as an ETag, in quotes.
[[nodiscard]] std::string tag_of_revision(std::string_view revision);

/// Returns the revision in an ETag.
[[nodiscard]] std::string revision_in(const std::string& tag);

/// Writes as much of the revision in an ETag as people need: `revision 1f2e3d4c5b6a`.
[[nodiscard]] std::string short_revision(const std::string& tag);

} // namespace penstock::host::rollout
