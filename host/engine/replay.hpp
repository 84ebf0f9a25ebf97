// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"
#include "host/engine/entry.hpp"
#include "host/journal/journal_entry.hpp"
#include "host/journal/letters/dead_letter.hpp"

#include <penstock/json.hpp>

#include <boost/system/result.hpp>

#include <memory>
#include <optional>

namespace penstock::host
{

/// Where a dead letter's packet goes in again.
enum class replay_from
{
    node, ///< the input of the node that failed
    start ///< the adapters: the whole request, or the edited packet
};

/// Makes the entry that has a dead letter's packet processed again, with the ids it had: a
/// publisher that knows them writes nothing twice. `edited` stands for the packet if it is given.
/// `original` is the request it came with, if that is still there.
[[nodiscard]] boost::system::result<std::unique_ptr<entry>, problem>
make_replay(const dead_letter& of, replay_from from, const json::object* edited,
            const std::optional<journal_entry>& original);

} // namespace penstock::host
