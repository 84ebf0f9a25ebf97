// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/spec.hpp"

#include "host/base/json_pointer.hpp"
#include "host/base/problem_list.hpp"
#include "host/base/quantity.hpp"
#include "host/base/yaml.hpp"
#include "host/graph/duplicate_keys.hpp"
#include "host/graph/member_reader.hpp"
#include "host/packages/stamp.hpp"

#include <penstock/detail/problem_text.hpp>
#include <penstock/nearest.hpp>
#include <penstock/parameter.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace penstock::host
{

namespace
{

class spec_reader
{
public:
    explicit spec_reader(problem_list& problems) : members_(problems) {}

    graph_spec take() { return std::move(graph_); }

    void complain(const std::string& pointer, std::string message, std::string expected)
    {
        members_.complain(pointer, std::move(message), std::move(expected));
    }

    void read(const json::object& file)
    {
        members_.known_keys(file, "",
                            {"$schema", "penstock", "name", "title", "note", "nodes", "edges",
                             "partition_by", "lanes", "pending_memory", "layout"});
        members_.text(file, "", "$schema", graph_.schema);
        read_version(file.if_contains("penstock"));
        read_name(file.if_contains("name"));
        members_.text(file, "", "title", graph_.title);
        members_.text(file, "", "note", graph_.note);
        if (const json::object* nodes = members_.object(file, "", "nodes", true))
            read_nodes(*nodes);
        if (const json::value* edges = file.if_contains("edges"))
            read_edges(*edges);
        read_partition(file);
        graph_.lanes = read_count(file, "", "lanes", greatest_lanes);
        graph_.pending_memory = read_size(file.if_contains("pending_memory"), "/pending_memory",
                                          least_pending_memory, greatest_pending_memory);
        if (const json::object* layout = members_.object(file, "", "layout", false))
            for (const auto& place : *layout)
                if (!members_.is_full())
                    read_position(place.key(), place.value());
    }

private:
    void read_version(const json::value* value)
    {
        if (value == nullptr)
            complain("/penstock", "is missing", "1 was expected");
        else if (!value->is_int64() || value->get_int64() != 1)
            complain("/penstock",
                     "is " + (value->is_primitive() ? write_json(*value) : shown(*value)),
                     "1 was expected");
    }

    void read_name(const json::value* value)
    {
        constexpr const char* expected = "[a-z][a-z0-9_-]*, at most 64 characters,";
        if (value == nullptr)
            complain("/name", "is missing", std::string(expected) + " was expected");
        else if (!value->is_string())
            members_.wrong_kind("/name", *value, expected);
        else if (!is_graph_name(value->get_string()))
            complain("/name", quote(value->get_string()) + " is not a name",
                     std::string(expected) + " was expected");
        else
            graph_.name = value->get_string();
    }

    void read_nodes(const json::object& nodes)
    {
        if (nodes.size() > greatest_nodes)
            return complain("/nodes", "has " + std::to_string(nodes.size()) + " nodes",
                            "at most " + std::to_string(greatest_nodes) + " were expected");
        for (const auto& node : nodes)
            if (!members_.is_full())
                read_node(node.key(), node.value());
    }

    void read_node(std::string_view name, const json::value& value)
    {
        const std::string pointer = pointer_to("/nodes", name);
        if (!is_name(name))
        {
            complain(pointer, quote(name) + " is not a name", "[a-z][a-z0-9_]* was expected");
            misnamed_.emplace(name);
        }
        places_.emplace(name, graph_.nodes.size());
        node_spec& node = graph_.nodes.emplace_back();
        node.name = name;
        const json::object* const object = value.if_object();
        if (object == nullptr)
            return members_.wrong_kind(pointer, value, "an object");
        members_.known_keys(*object, pointer,
                            {"component", "title", "note", "params", "retry", "package", "stack"});
        members_.text(*object, pointer, "title", node.title);
        members_.text(*object, pointer, "note", node.note);
        read_component(*object, pointer, node);
        if (const json::object* params = members_.object(*object, pointer, "params", false))
            node.params = *params;
        if (const json::object* retry = members_.object(*object, pointer, "retry", false))
            node.retry = *retry;
        node.stack = read_size(object->if_contains("stack"), pointer_to(pointer, "stack"),
                               least_stack, greatest_stack);
    }

    void read_component(const json::object& object, const std::string& pointer, node_spec& node)
    {
        const std::string at = pointer_to(pointer, "component");
        std::string id;
        if (!object.contains("component"))
            complain(at, "is missing", "package/name was expected");
        else if (members_.text(object, pointer, "component", id))
        {
            const std::size_t slash = id.find('/');
            if (slash != id.npos && is_name(std::string_view(id).substr(0, slash)) &&
                is_name(std::string_view(id).substr(slash + 1)))
                node.component = id;
            else
                complain(at, quote(id) + " is not the id of a component",
                         "package/name was expected");
        }
        std::string pin;
        if (!members_.text(object, pointer, "package", pin))
            return;
        const std::size_t sign = pin.find('@');
        if (sign != pin.npos && is_name(std::string_view(pin).substr(0, sign)) &&
            sign + 1 < pin.size())
            node.package = pin;
        else
            complain(pointer_to(pointer, "package"), quote(pin) + " is not a version of a package",
                     "name@version was expected");
    }

    // In bytes.
    std::optional<std::uint64_t> read_size(const json::value* value, const std::string& pointer,
                                           std::uint64_t least, std::uint64_t most)
    {
        if (value == nullptr)
            return std::nullopt;
        using bytes = detail::parameter_type<byte_count>;
        try
        {
            const auto size = static_cast<std::uint64_t>(bytes::read(*value));
            if (size >= least && size <= most)
                return size;
        }
        catch (const parameter_error&)
        {
        }
        complain(pointer, "is " + (value->is_primitive() ? write_json(*value) : shown(*value)),
                 quote(write_size(least)) + " to " + quote(write_size(most)) + " was expected");
        return std::nullopt;
    }

    void read_edges(const json::value& value)
    {
        const json::array* const edges = value.if_array();
        if (edges == nullptr)
            return members_.wrong_kind("/edges", value, "a list");
        if (edges->size() > greatest_edges)
            return complain("/edges", "has " + std::to_string(edges->size()) + " edges",
                            "at most " + std::to_string(greatest_edges) + " were expected");
        for (std::size_t i = 0; i < edges->size() && !members_.is_full(); ++i)
        {
            const std::string pointer = pointer_to("/edges", i);
            edge_spec& edge = graph_.edges.emplace_back();
            const json::object* const object = (*edges)[i].if_object();
            if (object == nullptr)
            {
                members_.wrong_kind(pointer, (*edges)[i], "an object");
                continue;
            }
            members_.known_keys(*object, pointer, {"from", "to", "capacity", "overflow"});
            read_endpoint(*object, pointer, "from", edge.from);
            read_endpoint(*object, pointer, "to", edge.to);
            edge.capacity = read_count(*object, pointer, "capacity", greatest_capacity);
            edge.overflow = read_overflow(*object, pointer);
        }
    }

    std::optional<std::uint32_t> read_count(const json::object& object, const std::string& pointer,
                                            const char* key, std::uint32_t most)
    {
        const std::optional<std::uint64_t> found = members_.number(object, pointer, key, 1, most);
        return found ? std::optional(static_cast<std::uint32_t>(*found)) : std::nullopt;
    }

    overflow read_overflow(const json::object& object, const std::string& pointer)
    {
        std::string found = "wait";
        members_.text(object, pointer, "overflow", found);
        if (found != "wait" && found != "drop")
            complain(pointer_to(pointer, "overflow"), "is " + quote(found),
                     "\"wait\" or \"drop\" was expected");
        return found == "drop" ? overflow::drop : overflow::wait;
    }

    void read_endpoint(const json::object& object, const std::string& pointer, const char* key,
                       endpoint& end)
    {
        std::string written;
        if (!object.contains(key))
            complain(pointer_to(pointer, key), "is missing", "node.port was expected");
        if (!members_.text(object, pointer, key, written))
            return;
        const std::string_view whole = written;
        const std::size_t dot = whole.rfind('.');
        if (dot != whole.npos && is_node(whole.substr(0, dot)) && is_name(whole.substr(dot + 1)))
            end = {std::string(whole.substr(0, dot)), std::string(whole.substr(dot + 1))};
        else
            complain(pointer_to(pointer, key), quote(written) + " is not a port of a node",
                     "node.port was expected");
    }

    // A name that is none was told where the node is, and is not told again at each of its edges.
    bool is_node(std::string_view name) const { return is_name(name) || misnamed_.contains(name); }

    void read_partition(const json::object& file)
    {
        std::string found;
        if (!members_.text(file, "", "partition_by", found))
            return;
        constexpr std::string_view prefix = "/meta/";
        if (found.starts_with(prefix) && found.size() > prefix.size() &&
            found.find('/', prefix.size()) == found.npos)
            graph_.partition_by = found;
        else
            complain("/partition_by", quote(found) + " is not known when a packet comes in",
                     "\"/meta/\" and a name was expected");
    }

    void read_position(std::string_view name, const json::value& value)
    {
        const std::string pointer = pointer_to("/layout", name);
        const auto node = places_.find(name);
        if (node == places_.end())
            return complain(pointer, "unknown node " + quote(name), expected_node(name));
        const json::array* const pair = value.if_array();
        if (pair == nullptr || pair->size() != 2 || !(*pair)[0].is_number() ||
            !(*pair)[1].is_number())
            return members_.wrong_kind(pointer, value, "a pair of numbers");
        graph_.nodes[node->second].position = {(*pair)[0].to_number<double>(),
                                               (*pair)[1].to_number<double>()};
    }

    std::string expected_node(std::string_view name) const
    {
        std::vector<std::string> names;
        for (const node_spec& each : graph_.nodes)
            names.push_back(each.name);
        return expected_name(name, names);
    }

    graph_spec graph_;
    std::map<std::string, std::size_t, std::less<>> places_; ///< of the nodes
    std::set<std::string, std::less<>> misnamed_;
    member_reader members_;
};

} // namespace

std::optional<std::size_t> graph_spec::find(std::string_view node) const noexcept
{
    for (std::size_t i = 0; i < nodes.size(); ++i)
        if (nodes[i].name == node)
            return i;
    return std::nullopt;
}

bool is_graph_name(std::string_view name)
{
    std::string plain(name);
    std::replace(plain.begin(), plain.end(), '-', '_');
    return is_name(plain) && plain.size() <= longest_graph_name;
}

parsed_graph parse_graph(std::string_view text, file_syntax syntax)
{
    std::string rewritten;
    json::value file;
    try
    {
        if (syntax == file_syntax::yaml)
            text = rewritten = yaml_as_json(text);
        file = parse_json(text);
    }
    catch (const json_error& error)
    {
        parsed_graph nothing;
        nothing.readable = false;
        const parameter_problem wrong = detail::problem_of("", error.what());
        nothing.problems.emplace_back("", "", wrong.message, wrong.expected);
        return nothing;
    }
    if (const json::object* object = file.if_object())
    {
        problem_list problems;
        refuse_duplicate_keys(text, problems);
        spec_reader reader(problems);
        reader.read(*object);
        return {reader.take(), std::move(problems).take(), true};
    }
    parsed_graph nothing;
    nothing.readable = false;
    nothing.problems.emplace_back("", "", "is " + shown(file), "an object was expected");
    return nothing;
}

} // namespace penstock::host
