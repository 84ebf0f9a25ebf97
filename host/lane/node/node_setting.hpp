// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/utf8.hpp"
#include "host/graph/reference.hpp"
#include "host/lane/counters.hpp"
#include "host/lane/lane_services.hpp"
#include "host/lane/plan.hpp"

#include <penstock/detail/dead_letter_reason.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace penstock::host
{

/// What the parts of a node know of it: its plan, its rank, its lane with the fibers, and where it
/// counts. Outlives them.
struct node_setting
{
    const planned_node& plan;
    std::size_t rank;
    lane_services& lane;
    scheduler& fibers;
    node_counters& counters;

    /// A text as it may be shown: UTF-8, without the secrets that the component was given.
    [[nodiscard]] std::string shown(std::string text) const
    {
        text = repair_utf8(std::move(text));
        return plan.secrets.empty() ? text : without_secrets(std::move(text), plan.secrets);
    }

    /// The text of an exception or a verb as the reason that is kept and shown: there is one, and
    /// it is no longer than the limit.
    [[nodiscard]] std::string reason(std::string text) const
    {
        return text.empty() ? detail::no_reason(plan.name)
                            : shorten_utf8(shown(std::move(text)), lane.limits().reason);
    }
};

} // namespace penstock::host
