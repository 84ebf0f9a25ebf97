// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/data/acknowledgement.hpp"
#include "host/api/data/data_graph.hpp"
#include "host/base/sha256.hpp"
#include "host/net/content/media_type.hpp"
#include "host/net/message.hpp"

#include <memory>
#include <optional>
#include <string>
#include <typeinfo>

namespace penstock::host::api
{

/// What a request for data is about, as far as its header tells.
struct data_finding final : http::finding, data_graph
{
    ack_wish wish;
    std::optional<http::media_type> type; ///< of a body
    bool is_page = false;                 ///< it is a GET to a graph that makes whole answers
    std::string key;                      ///< that makes a repetition harmless; or empty
    std::weak_ptr<running_graph> kept;    ///< while a body is on its way, which may take hours
    sha256_digest fingerprint{};

    /// Keeps the media type, which follows from the header alone.
    void let_go() noexcept override
    {
        graph.reset();
        version.reset();
        kept.reset();
        key.clear();
    }

    /// Returns what was found if it is one of these, or null. The class is final, so that it is
    /// enough to compare it: a dynamic_cast takes 260 instructions, twice a request.
    [[nodiscard]] static data_finding* of(http::finding* found) noexcept
    {
        if (found == nullptr || typeid(*found) != typeid(data_finding))
            return nullptr;
        return static_cast<data_finding*>(found);
    }

    /// Returns what was found if it is one of these, or makes one in its place.
    [[nodiscard]] static data_finding& in(std::shared_ptr<http::finding>& found)
    {
        if (of(found.get()) == nullptr)
            found = std::make_shared<data_finding>();
        return static_cast<data_finding&>(*found);
    }
};

} // namespace penstock::host::api
