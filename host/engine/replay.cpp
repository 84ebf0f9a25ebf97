// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/replay.hpp"

#include <penstock/detail/packet_access.hpp>

#include <exception>
#include <string>
#include <utility>

namespace penstock::host
{

namespace
{

// The whole request, with the ids that it gave its packets.
std::unique_ptr<entry> whole_request(const journal_entry& original)
{
    std::unique_ptr<entry> made = to_entry(original);
    for (std::size_t i = 0; i < made->packets.size() && !made->has_ids; ++i)
        detail::packet_access::set_id(made->packets[i].content,
                                      detail::packet_access::child_id(original.id, 0, i));
    return made;
}

std::unique_ptr<entry> one_packet(const dead_letter& of, const json::object* edited)
{
    json::object form = edited != nullptr ? *edited : of.packet;
    if (const json::value* id = of.packet.if_contains("id"); id != nullptr && !form.contains("id"))
        form["id"] = *id;
    auto made = std::make_unique<entry>();
    packet content = packet_from_json(form);
    std::string type(content.meta_text("mimetype").value_or(std::string_view()));
    made->packets.push_back({std::move(content), type});
    made->bytes = size_of(*made);
    return made;
}

} // namespace

boost::system::result<std::unique_ptr<entry>, problem>
make_replay(const dead_letter& of, replay_from from, const json::object* edited,
            const std::optional<journal_entry>& original)
{
    // One that no adapter took came to no node: its place is the start, and it goes there alone.
    const bool came_to_none = of.node.empty() && !of.packet.empty();
    if (from == replay_from::node && of.node.empty() && !came_to_none)
        return problem("", "/from", "the letter names no node", "\"start\" was expected");
    std::unique_ptr<entry> made;
    try
    {
        if (from == replay_from::node || edited != nullptr || came_to_none)
            made = one_packet(of, edited);
        else if (original && !original->head.empty())
            made = whole_request(*original);
        // One that was itself let in at a node did not come by the adapters.
        if (made == nullptr || (from == replay_from::start && !made->node.empty()))
            return problem("", "/from", "the request it came with is not kept",
                           "\"node\", or a packet that adapters can read, was expected");
    }
    catch (const std::exception& error)
    {
        return problem("", "/packet", error.what(), "a packet as JSON was expected");
    }
    if (from == replay_from::node)
    {
        made->node = of.node;
        made->port = of.port;
    }
    if (original)
        made->key = original->key;
    made->has_ids = true;
    made->is_replay = true;
    made->keep = true;
    return made;
}

} // namespace penstock::host
