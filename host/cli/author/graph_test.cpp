// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/graph_test.hpp"

#include "host/base/json_pointer.hpp"
#include "host/cli/author/packet_difference.hpp"

#include <penstock/nearest.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace penstock::host::cli
{

namespace
{

/// What a `node.port` of a file means in a plan.
struct named_port
{
    plan_port port;
    const planned_node* node;
    bool is_input;
};

std::vector<std::string> names_of(const plan& plan)
{
    std::vector<std::string> names;
    for (const planned_node& each : plan.nodes)
        names.push_back(each.name);
    return names;
}

bool has(const std::vector<std::string>& names, const std::string& name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

const planned_node* find_node(const plan& plan, const std::string& name)
{
    for (const planned_node& each : plan.nodes)
        if (each.name == name)
            return &each;
    return nullptr;
}

/// Finds a port; of an input and an output of one name, what `inputs_first` says.
std::optional<named_port> find_port(const plan& plan, const std::string& text, bool inputs_first,
                                    const std::string& at, std::vector<problem>& problems)
{
    const std::size_t dot = std::min(text.find('.'), text.size());
    const std::string name = text.substr(0, dot);
    const std::string port = text.substr(std::min(text.size(), dot + 1));
    const planned_node* const node = find_node(plan, name);
    if (node == nullptr)
    {
        problems.emplace_back("", at, "unknown node " + quote(name),
                              expected_name(name, names_of(plan)));
        return std::nullopt;
    }
    const bool is_input = has(node->inputs, port);
    const bool is_output = has(node->outputs, port) || port == "error";
    if (!is_input && !is_output)
    {
        std::vector<std::string> known = node->inputs;
        known.insert(known.end(), node->outputs.begin(), node->outputs.end());
        problems.emplace_back("", at, "unknown port " + quote(text), expected_name(port, known));
        return std::nullopt;
    }
    return named_port{{name, port}, node, is_input && (inputs_first || !is_output)};
}

/// Reads a packet; `{"json": …}` is one with that body, as a request brings it.
packet read_packet(const json::value& form)
{
    if (!form.is_object())
        throw std::invalid_argument("is no packet; an object was expected");
    json::object parts = form.get_object();
    const json::value* const body = parts.if_contains("json");
    if (body == nullptr)
        return packet_from_json(parts);
    const std::string text = write_json(*body);
    parts.erase("json");
    packet made = packet_from_json(parts);
    made.set_data(bytes(text));
    if (!made.has_meta("mimetype"))
        made.set_meta("mimetype", "application/json");
    return made;
}

std::vector<packet> read_packets(const json::value& list, const std::string& at,
                                 std::vector<problem>& problems)
{
    std::vector<packet> packets;
    if (!list.is_array())
        problems.emplace_back("", at, "is no list", "a list of packets was expected");
    for (std::size_t n = 0; list.is_array() && n < list.get_array().size(); ++n)
        try
        {
            packets.push_back(read_packet(list.get_array()[n]));
        }
        catch (const std::invalid_argument& wrong)
        {
            problems.emplace_back("", pointer_to(at, n), wrong.what(), "");
        }
    return packets;
}

} // namespace

dry_run_script script_of(const graph_test& test, const plan& plan, std::vector<problem>& problems)
{
    dry_run_script script;
    for (const auto& [key, list] : test.given)
    {
        const std::string at = pointer_to(test.pointer + "/given", key);
        const auto found = find_port(plan, std::string(key), true, at, problems);
        std::vector<packet> packets = read_packets(list, at, problems);
        if (!found)
            continue;
        if (!found->is_input)
            script.replaced.insert(found->port.node);
        (found->is_input ? script.fed : script.played)[found->port] = std::move(packets);
    }
    for (const auto& [key, list] : test.expect)
    {
        const std::string at = pointer_to(test.pointer + "/expect", key);
        const auto found = find_port(plan, std::string(key), false, at, problems);
        static_cast<void>(read_packets(list, at, problems)); // only to tell what is wrong with it
        if (found && found->is_input && found->node->category == category::publisher)
            script.replaced.insert(found->port.node);
    }
    for (const std::string& each : test.replace)
    {
        if (find_node(plan, each) == nullptr)
            problems.emplace_back("", test.pointer + "/replace", "unknown node " + quote(each),
                                  expected_name(each, names_of(plan)));
        script.replaced.insert(each);
    }
    return script;
}

std::vector<std::string> findings_of(const graph_test& test, const plan& plan,
                                     const dry_run_result& came)
{
    std::vector<std::string> found;
    for (const auto& [node, what] : came.thrown)
        found.push_back(node + ": throws: " + what);
    const std::vector<packet> none;
    for (const auto& [key, list] : test.expect)
    {
        std::vector<problem> known;
        const auto port = find_port(plan, std::string(key), false, "", known);
        const packets_by_port& all = port->is_input ? came.arrived : came.sent;
        const auto packets = all.find(port->port);
        for (const std::string& each :
             differences(list.as_array(), packets == all.end() ? none : packets->second))
            found.push_back(std::string(key) + each);
    }
    if (!test.replies.is_null())
        for (const std::string& each : differences(test.replies.as_array(), came.replies))
            found.push_back("replies" + each);

    std::vector<std::string> expected = test.dead;
    for (const auto& [node, reason] : came.dead)
        if (const auto same = std::find(expected.begin(), expected.end(), node + ": " + reason);
            same != expected.end())
            expected.erase(same);
        else
            found.push_back(node + ": fails a packet: " + reason + "; none was expected");
    for (const std::string& each : expected)
        found.push_back("dead: " + quote(each) + " was expected");
    return found;
}

} // namespace penstock::host::cli
