// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>
#include <penstock/json.hpp>
#include <penstock/metric.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace penstock
{

class component;

/// The six kinds of component, in the order in which they are listed everywhere.
enum class category
{
    adapter,     ///< reads data from outside
    transformer, ///< changes packets
    filter,      ///< drops some packets
    op,          ///< written "operator": routes, splits, joins
    extractor,   ///< finds something in packets
    publisher    ///< gives packets to the outside
};

/// Returns the name as it is written in documentation and JSON. [any thread]
[[nodiscard]] PENSTOCK_EXPORT std::string_view name_of(category category) noexcept;

/// How far a component can be relied on.
enum class status
{
    stable,    ///< changes as docs/compatibility.md promises
    beta,      ///< ports, parameters and behaviour may still change
    deprecated ///< it will go
};

/// Returns the name as it is written in documentation and JSON. [any thread]
[[nodiscard]] PENSTOCK_EXPORT std::string_view name_of(status status) noexcept;

/// The description of one port.
struct port_description
{
    std::string name;      ///< unique among the inputs, or the outputs
    std::string help;      ///< a sentence; may be empty
    bool optional = false; ///< may stay unwired; every output may

    /// Compares all members.
    friend bool operator==(const port_description&, const port_description&) = default;
};

/// The description of one parameter; the schema carries type, default, limits, choices and help.
struct parameter_description
{
    std::string name;      ///< unique among the parameters
    json::object schema;   ///< JSON Schema 2020-12
    bool required = false; ///< every graph must give it
};

/// The description of one metric.
struct metric_description
{
    std::string name;                        ///< unique among the metrics
    std::string help;                        ///< a sentence
    metric_kind kind = metric_kind::counter; ///< what it measures
    std::vector<double> bounds;              ///< of a histogram's buckets, without the last
};

/// Returns the name as it is written in documentation and JSON. [any thread]
[[nodiscard]] PENSTOCK_EXPORT std::string_view name_of(metric_kind kind) noexcept;

/// The description of a component as its members declare it: the contract from which graphs are
/// checked, documentation and forms are made. A value: it refers to no instance.
struct component_description
{
    std::vector<port_description> inputs;          ///< in order of declaration
    std::vector<port_description> outputs;         ///< without the implicit `error`
    std::vector<parameter_description> parameters; ///< in order of declaration
    std::vector<metric_description> metrics;       ///< in order of declaration
    std::vector<std::string> output_families;      ///< list parameters whose items are outputs
    std::vector<std::string> accepts; ///< media types, of an adapter; those of parameters too
    bool takes_triggers = false;      ///< takes packets without a body
    bool singleton = false;           ///< one instance for a graph, or one for each key
    bool acknowledges = false;        ///< to its upstream: it derives from `source`

    bool keeps_state = false; ///< so one instance at a time may run for a node

    bool keeps_state_by_key = false; ///< so its graph must have `partition_by`

    bool replies_whole = false; ///< what it replies is the whole answer to the request
    bool replicates = false;    ///< what it delivers is on the disks of several machines

    /// True for an adapter without inputs: it runs once per graph and makes packets by itself.
    [[nodiscard]] bool is_source() const noexcept { return inputs.empty(); }
};

/// Reads the description off an instance: a fresh one gives the contract, a configured one also
/// the outputs and the media types that its parameters name. [any thread]
[[nodiscard]] PENSTOCK_EXPORT component_description describe(const component& component);

/// A problem with one value of a parameter, with an unknown name, or by a rule.
struct parameter_problem
{
    std::string name;     ///< of the parameter; of what a rule found, see problems::add()
    std::string message;  ///< what is wrong
    std::string expected; ///< what was expected
    bool is_rule = false; ///< component::check() found it
};

/// Whether the rules of component::check() apply: not while values are still unknown.
enum class rules
{
    checked, ///< they apply
    skipped  ///< they do not
};

/// Assigns parameters to a fresh instance and makes the ports that they name; returns every
/// problem at once: values that do not fit, what is missing, unknown names, and, if there is none
/// of these, what the component's own rules find. Once for each instance. [one thread, before
/// `start()`]
[[nodiscard]] PENSTOCK_EXPORT std::vector<parameter_problem>
configure(component& component, const json::object& parameters, rules rules = rules::checked);

} // namespace penstock
