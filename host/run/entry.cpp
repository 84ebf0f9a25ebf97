// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/run/entry.hpp"

#include "host/run/receipt.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/json.hpp>

#include <string_view>
#include <utility>

namespace penstock::host
{

namespace
{

// Everything of a packet but its data, which may be large and stays as it is.
json::object without_data(const packet& of)
{
    if (of.fields().empty()) // as of every body that comes in by HTTP
        return {{"meta", of.meta()}};
    if (of.data().empty())
        return to_json(of);
    packet bare;
    bare.merge(of, keep_meta::yes);
    return to_json(bare);
}

bytes joined(const std::vector<entry_packet>& packets)
{
    if (packets.size() == 1)
        return packets.front().content.data();
    std::string all;
    for (const entry_packet& each : packets)
        all += each.content.data().view();
    return bytes(std::move(all));
}

} // namespace

void identify(entry& of, std::shared_ptr<host::receipt> receipt)
{
    of.id = receipt->id();
    of.receipt = std::move(receipt);
    for (std::size_t i = 0; i < of.packets.size() && !of.has_ids; ++i)
        detail::packet_access::set_id(of.packets[i].content,
                                      detail::packet_access::child_id(of.id, 0, i));
}

record to_record(const entry& of, std::string_view graph)
{
    json::array packets;
    for (const entry_packet& each : of.packets)
    {
        json::object form = without_data(each.content);
        if (of.has_ids)
            form["id"] = each.content.id().text();
        packets.push_back({{"packet", std::move(form)},
                           {"media", each.media},
                           {"size", each.content.data().size()}});
    }
    json::object head{{"packets", std::move(packets)}};
    if (!of.source.empty())
    {
        head["source"] = of.source;
        head["port"] = of.source_port;
    }
    if (!of.node.empty())
    {
        head["node"] = of.node;
        head["input"] = of.port;
    }
    if (of.has_ids)
        head["has_ids"] = true;
    record made;
    made.graph = graph;
    made.key = of.key;
    made.accepted = std::chrono::system_clock::now();
    write_json(head, made.head);
    made.body = joined(of.packets);
    made.size = of.bytes;
    made.idempotency_key = of.idempotency_key;
    made.fingerprint = of.fingerprint;
    return made;
}

std::unique_ptr<entry> to_entry(const record& kept)
{
    const json::object head = parse_json(kept.head).as_object();
    auto made = std::make_unique<entry>();
    std::size_t at = 0;
    for (const json::value& each : head.at("packets").as_array())
    {
        const auto size = each.at("size").to_number<std::size_t>();
        packet content = packet_from_json(each.at("packet").as_object());
        if (size != 0)
            content.set_data(kept.body.slice(at, size));
        at += size;
        made->packets.push_back({std::move(content), std::string(each.at("media").as_string())});
    }
    if (const json::value* source = head.if_contains("source"))
    {
        made->source = source->as_string();
        made->source_port = head.at("port").to_number<std::size_t>();
    }
    if (const json::value* node = head.if_contains("node"))
    {
        made->node = node->as_string();
        made->port = head.at("input").to_number<std::size_t>();
    }
    made->has_ids = head.contains("has_ids");
    made->key = kept.key;
    made->bytes = kept.size;
    made->keep = true;
    return made;
}

} // namespace penstock::host
