// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/component_type.hpp"

#include <utility>

namespace penstock::host
{

namespace
{

json::object port_json(const port_description& port, bool is_input)
{
    json::object entry{{"name", port.name}};
    if (is_input && port.optional) // an output always is
        entry["optional"] = true;
    if (!port.help.empty())
        entry["help"] = port.help;
    return entry;
}

json::array ports_json(const std::vector<port_description>& ports, bool are_inputs)
{
    json::array list;
    for (const port_description& port : ports)
        list.push_back(port_json(port, are_inputs));
    return list;
}

json::array texts_json(const std::vector<std::string>& texts)
{
    return json::array(texts.begin(), texts.end());
}

json::array metrics_json(const std::vector<metric_description>& metrics)
{
    json::array list;
    for (const metric_description& metric : metrics)
        list.push_back(
            {{"name", metric.name}, {"kind", name_of(metric.kind)}, {"help", metric.help}});
    return list;
}

json::object parameters_json(const std::vector<parameter_description>& parameters)
{
    json::object properties;
    json::array required;
    for (const parameter_description& parameter : parameters)
    {
        properties[parameter.name] = parameter.schema;
        if (parameter.required)
            required.push_back(json::string(parameter.name));
    }
    json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty())
        schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    return schema;
}

} // namespace

json::object component_json(const component_type& type)
{
    const component_description& has = type.description;
    json::object entry{
        {"component", type.id},    {"category", std::string_view(name_of(type.category))},
        {"summary", type.summary}, {"package", type.package},
        {"version", type.version}, {"licence", type.licence}};
    entry["inputs"] = ports_json(has.inputs, true);
    json::array outputs = ports_json(has.outputs, false);
    if (!has.inputs.empty())
        outputs.push_back({{"name", "error"}, {"implicit", true}});
    entry["outputs"] = std::move(outputs);
    if (!has.output_families.empty())
        entry["output_families"] = texts_json(has.output_families);
    entry["params"] = parameters_json(has.parameters);
    if (!has.metrics.empty())
        entry["metrics"] = metrics_json(has.metrics);
    if (!has.accepts.empty())
        entry["accepts"] = texts_json(has.accepts);
    if (has.takes_triggers)
        entry["takes_triggers"] = true;
    if (has.singleton)
        entry["whole_graph"] = true;
    if (type.starts() && has.is_source())
        entry["source"] = true;
    if (has.acknowledges)
        entry["acknowledges"] = true;
    if (has.keeps_state)
        entry["state"] = true;
    if (has.keeps_state_by_key)
        entry["state_by_key"] = true;
    entry["component_version"] = type.own_version;
    if (!type.since.empty())
        entry["since"] = type.since;
    entry["status"] = name_of(type.status);
    if (!type.successor.empty())
        entry["use"] = type.successor;
    return entry;
}

std::string component_type::notice() const
{
    if (status == penstock::status::stable)
        return {};
    return std::string(name_of(status)) + (successor.empty() ? "" : ": use " + successor);
}

} // namespace penstock::host
