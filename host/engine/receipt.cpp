// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/receipt.hpp"

#include <utility>

namespace penstock::host
{

receipt::receipt(issue what, std::string graph, clock::time_point accepted)
    : issue_(what), graph_(std::move(graph)), accepted_(accepted)
{
}

receipt::receipt(const kept_receipt& kept)
    : issue_{0, kept.id}, graph_(kept.graph), accepted_(kept.accepted), durable_(kept.durable)
{
    receipt_result result;
    result.delivered = kept.delivered;
    result.dropped = kept.dropped;
    result.failed = kept.failed;
    result.dead_count = kept.dead_count;
    if (!kept.more.empty())
    {
        json::object more = parse_json(kept.more, own_text).as_object();
        if (json::value* dead = more.if_contains("dead"))
            for (json::value& each : dead->as_array())
                result.dead.push_back(std::move(each.as_object()));
        if (json::value* packets = more.if_contains("packets"))
        {
            result.replied = true;
            result.packets = std::move(packets->as_array());
        }
        result.truncated = more.contains("truncated");
        if (const json::value* replicated = more.if_contains("replicated"))
            result.replicated = replicated->to_number<std::uint64_t>();
    }
    finish(std::move(result));
}

void receipt::finish(receipt_result result)
{
    whole_ = std::exchange(result.whole, std::nullopt);
    result_ = std::move(result);
    done_.store(true, std::memory_order_release);
}

void receipt::tell()
{
    if (const auto tell = std::exchange(tell_, nullptr))
        tell(*this);
    whole_.reset();
}

kept_receipt to_kept(const receipt& done)
{
    const receipt_result& result = done.result();
    kept_receipt kept;
    kept.id = done.id();
    kept.graph = done.graph();
    kept.accepted = done.accepted();
    kept.durable = done.is_durable();
    kept.delivered = result.delivered;
    kept.dropped = result.dropped;
    kept.failed = result.failed;
    kept.dead_count = result.dead_count;
    json::object more;
    if (!result.dead.empty())
        more["dead"] = json::array(result.dead.begin(), result.dead.end());
    if (result.replied)
        more["packets"] = result.packets;
    if (result.truncated)
        more["truncated"] = true;
    if (result.replicated != 0)
        more["replicated"] = result.replicated;
    if (!more.empty())
        kept.more = write_json(more);
    return kept;
}

receipt_result discarded()
{
    receipt_result result;
    result.dropped = 1;
    return result;
}

} // namespace penstock::host
