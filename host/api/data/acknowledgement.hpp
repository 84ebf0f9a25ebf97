// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/receipt.hpp"
#include "host/lane/plan.hpp"
#include "host/net/answer/completion.hpp"
#include "host/net/message.hpp"
#include "host/net/refusal.hpp"

#include <penstock/json.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string_view>

namespace penstock::host::api
{

/// When an answer to data is due.
enum class acknowledgement
{
    memory,     ///< at once
    durable,    ///< once the entry is on disk
    replicated, ///< once it, or all that came of it, is on the disk of a second machine
    processed   ///< once all packets made from it are done
};

/// What a client asked for with `?ack=` and `&wait=`.
struct ack_wish
{
    acknowledgement level = acknowledgement::memory;
    std::chrono::milliseconds wait = std::chrono::seconds(10);
    bool waits = false; ///< until the request is processed
};

/// Reads the wish, or says why it cannot be granted: 400, or 503 if `kept` does not make things as
/// safe. `replicated` waits until the request is processed where the journal does not replicate,
/// but the graph does.
[[nodiscard]] http::checked<ack_wish> read_wish(const http::request& asked, acknowledgement usual,
                                                const journal& kept, const plan& graph,
                                                std::chrono::milliseconds longest_wait);

/// Answers a request that is kept; if it is to be processed first, when its
/// time is up: with 503 if `has_concluded` by then, which outlives the answer, and the end of the
/// host takes the entry along. `replicates` says of the journal that it is on a second machine; with
/// 503 if that was asked for and is not so.
void acknowledge(const std::shared_ptr<const receipt>& of, const ack_wish& wish, bool replicates,
                 http::completion::clock::time_point until, const std::atomic<bool>& has_concluded,
                 const http::reply& answer);

/// Answers 202: accepted, and its fate is found at the receipt. What is only promised to be in
/// memory is not said to be durable, even if it is by now. As acknowledge(), with 503.
[[nodiscard]] http::response accepted(const receipt& of, acknowledgement promised,
                                      bool replicates = false);

/// Answers 200: done, with the counts; or 503, if it was promised that several machines have what
/// came of it, and that is not so. The receipt is done.
[[nodiscard]] http::response processed(const receipt& of, acknowledgement promised);

/// Writes what is known of a receipt: `state` is `pending`, or `done` with the counts.
[[nodiscard]] json::object receipt_json(const receipt& of);

} // namespace penstock::host::api
