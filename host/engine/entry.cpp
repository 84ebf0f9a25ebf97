// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/entry.hpp"

#include "host/engine/receipt.hpp"
#include "host/lane/source_packet.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host
{

using namespace std::string_view_literals;

namespace
{

// Everything of a packet but its data, which may be large and stays as it is.
json::object without_data(const packet& of)
{
    if (of.data().empty())
        return to_json(of);
    packet bare;
    bare.merge(of, keep_meta::yes);
    return to_json(bare);
}

// The room for a head that stays for the next one, in bytes.
constexpr std::size_t longest_kept = 4096;

// That of a request needs no escapes; that of a dead letter is what a component has set.
void write_media(std::string_view media, std::string& text)
{
    const auto is_plain = [](char c) { return c >= ' ' && c < 0x7f && c != '"' && c != '\\'; };
    if (std::ranges::all_of(media, is_plain))
        text.append("\""sv).append(media).append("\""sv);
    else
        write_json(json::value(media), text);
}

// Writes what the journal keeps of a packet, but its data.
void write_packet(const entry_packet& of, bool has_id, std::string& text)
{
    const packet& content = of.content;
    text += R"({"packet":)"sv;
    if (!has_id && content.field_count() == 0) // as of every body that comes in by HTTP
    {
        text += R"({"meta":)"sv;
        detail::packet_access::write_meta(content, text);
        text += '}';
    }
    else
    {
        json::object form = without_data(content);
        if (has_id)
            form["id"] = content.id().text();
        write_json(form, text);
    }
    text += R"(,"media":)"sv;
    write_media(of.media, text);
    text += R"(,"size":)"sv;
    std::array<char, 20> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), content.data().size()).ptr;
    text.append(digits.begin(), end).append("}"sv);
}

// Writes what to_entry() reads. By hand: a tree of all that was 13,000 of the 178,000 instructions
// of a small request.
bytes write_head(const entry& of)
{
    thread_local std::string text;
    text.clear();
    text += R"({"packets":[)"sv;
    for (const entry_packet& each : of.packets)
    {
        if (&each != &of.packets.front())
            text += ',';
        write_packet(each, of.has_ids, text);
    }
    text += ']';
    if (!of.source.empty())
        text += R"(,"source":)" + write_json(json::value(of.source)) + R"(,"port":)" +
                std::to_string(of.source_port);
    if (!of.node.empty())
        text += R"(,"node":)" + write_json(json::value(of.node)) + R"(,"input":)" +
                std::to_string(of.port);
    if (of.has_ids)
        text += R"(,"has_ids":true)";
    text += '}';
    if (text.capacity() > longest_kept)
        return bytes(std::exchange(text, {}));
    return bytes::copy_of(text);
}

bytes joined(const entry_packets& packets)
{
    if (packets.size() == 1)
        return packets.front().content.data();
    std::string all;
    for (const entry_packet& each : packets)
        all += each.content.data().view();
    return bytes(std::move(all));
}

// What is partitioned by a meta value that a packet has not goes to any lane.
std::string key_of(const json::value* meta)
{
    if (meta == nullptr || meta->is_null())
        return {};
    return meta->is_string() ? std::string(meta->get_string()) : write_json(*meta);
}

// A packet that shares nothing, for bodies are counted per lane.
packet unshared(packet&& content)
{
    if (detail::packet_access::is_unique(content))
        return std::move(content);
    packet made;
    made.merge(content, keep_meta::yes);
    made.set_data(content.data());
    detail::packet_access::set_id(made, content.id());
    return made;
}

} // namespace

std::size_t size_of(const entry& one) noexcept
{
    // Measured of requests, with the receipt of the entry.
    constexpr std::size_t of_entry = 880;
    constexpr std::size_t of_packet = 1150; // besides its content
    std::size_t bytes = of_entry;
    for (const entry_packet& each : one.packets)
        bytes += of_packet + detail::packet_access::size_of(each.content);
    return bytes;
}

void identify(entry& of, std::shared_ptr<host::receipt> receipt)
{
    of.id = receipt->id();
    of.receipt = std::move(receipt);
    for (std::size_t i = 0; i < of.packets.size() && !of.has_ids; ++i)
        detail::packet_access::set_id(of.packets[i].content,
                                      detail::packet_access::child_id(of.id, 0, i));
}

std::unique_ptr<journal_entry> to_journal_entry(const entry& of, std::string_view graph)
{
    auto made = std::make_unique<journal_entry>();
    made->graph = graph;
    made->key = of.key;
    made->accepted = std::chrono::system_clock::now();
    made->head = write_head(of);
    made->body = joined(of.packets);
    made->size = of.bytes;
    made->idempotency_key = of.idempotency_key;
    made->fingerprint = of.fingerprint;
    if (of.earlier)
    {
        made->taken_from = of.earlier->number;
        made->taken_in = of.earlier->term;
        made->id = of.earlier->id;
        made->accepted = of.earlier->accepted;
    }
    return made;
}

std::unique_ptr<entry> to_entry(const journal_entry& kept)
{
    if (kept.head.empty())
        throw journal_error("its checksum is wrong");
    const json::object head = parse_json(kept.head.view(), own_text).as_object();
    auto made = std::make_unique<entry>();
    std::size_t at = 0;
    for (const json::value& each : head.at("packets").as_array())
    {
        const auto size = each.at("size").to_number<std::size_t>();
        packet content = packet_from_json(each.at("packet").as_object());
        if (size != 0)
            content.set_data(kept.body.slice(at, size));
        at += size;
        made->packets.push_back({std::move(content), each.at("media").as_string()});
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

std::unique_ptr<entry> to_entry(const source_packet& what, const std::string& partition_by)
{
    auto made = std::make_unique<entry>();
    made->source = what.node;
    made->source_port = what.port;
    made->key = key_of(what.content.find_meta(partition_by.empty() ? "id" : partition_by));
    if (what.number)
    {
        made->has_ids = true;
        made->completions = what.completions;
        made->completion = *what.number;
    }
    made->packets.push_back({unshared(std::move(what.content)), {}});
    made->bytes = size_of(*made);
    return made;
}

} // namespace penstock::host
