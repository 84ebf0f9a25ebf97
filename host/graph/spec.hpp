// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/file_syntax.hpp"
#include "host/base/problem.hpp"

#include <penstock/json.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Names one port of one node; written `node.port`.
struct endpoint
{
    std::string node;
    std::string port;

    friend bool operator==(const endpoint&, const endpoint&) = default;
};

/// One node of a graph as its file gives it.
struct node_spec
{
    std::string name;
    std::string title;
    std::string note;      ///< what people say of it; means nothing to the host
    std::string component; ///< `package/name`
    json::object params;
    std::optional<json::object> retry;
    std::string package;                ///< a pin, `name@version`; or empty
    std::optional<std::uint64_t> stack; ///< bytes
    std::optional<std::array<double, 2>> position;

    friend bool operator==(const node_spec&, const node_spec&) = default;
};

/// What becomes of a packet that an edge has no room for.
enum class overflow
{
    wait, ///< its sender waits, and the others that get it with it
    drop
};

/// One edge of a graph as its file gives it.
struct edge_spec
{
    endpoint from;
    endpoint to;
    std::optional<std::uint32_t> capacity;
    host::overflow overflow = overflow::wait;

    friend bool operator==(const edge_spec&, const edge_spec&) = default;
};

inline constexpr std::size_t longest_graph_name = 64;
inline constexpr std::size_t greatest_nodes = 10'000;
inline constexpr std::size_t greatest_edges = 100'000;
inline constexpr std::uint32_t default_capacity = 256;
inline constexpr std::uint32_t greatest_capacity = 1u << 20;
inline constexpr std::uint32_t greatest_lanes = 1024;
inline constexpr std::uint64_t least_stack = 64ull << 10;
inline constexpr std::uint64_t greatest_stack = 256ull << 20;
inline constexpr std::uint64_t least_pending_memory = 64ull << 10;
inline constexpr std::uint64_t greatest_pending_memory = 1ull << 40;

/// A graph as its file gives it; nodes and edges in the order of the file.
struct graph_spec
{
    std::string schema; ///< `$schema`: where editors find the form of such files
    std::string name;
    std::string title;
    std::string note;
    std::vector<node_spec> nodes;
    std::vector<edge_spec> edges;
    std::optional<std::string> partition_by; ///< `/meta/…`
    std::optional<std::uint32_t> lanes;
    std::optional<std::uint64_t> pending_memory; ///< bytes; instead of the host's setting

    /// The place of a node in `nodes`, or nothing.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view node) const noexcept;

    friend bool operator==(const graph_spec&, const graph_spec&) = default;
};

/// A graph file as far as it could be read, and everything that is wrong with its form.
struct parsed_graph
{
    graph_spec graph;
    std::vector<problem> problems;
    bool readable = true; ///< false if it was not even a JSON object; then the graph is empty
};

/// Returns whether a graph may have that name, which stands in addresses and names files.
[[nodiscard]] bool is_graph_name(std::string_view name);

/// Reads a graph file. What is wrong with its form is told with JSON pointers and an empty
/// `where`; whether its names mean something is for check() to say, which accepts what is left.
[[nodiscard]] parsed_graph parse_graph(std::string_view text,
                                       file_syntax syntax = file_syntax::json);

/// Writes the canonical form: a node, an edge a line, keys in a fixed order, the layout last.
/// parse_graph() of it gives the same graph, and writing that the same text.
[[nodiscard]] std::string write_graph(const graph_spec& graph);

/// Appends a value as graph files have it, on one line with spaces.
void write_line(const json::value& value, std::string& out);

/// Writes a graph as a JSON value with the same order of keys.
[[nodiscard]] json::object graph_json(const graph_spec& graph);

} // namespace penstock::host
