// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "records.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace otlp_package
{
namespace
{

constexpr std::array signals{std::pair{signal::logs, std::string_view("logs")},
                             std::pair{signal::traces, std::string_view("traces")},
                             std::pair{signal::metrics, std::string_view("metrics")}};

json::object take_object(json::object& from, std::string_view name)
{
    json::value* found = from.if_contains(name);
    return found != nullptr && found->is_object() ? std::move(found->get_object()) : json::object();
}

json::array take_list(json::object& from, std::string_view name)
{
    json::value* found = from.if_contains(name);
    return found != nullptr && found->is_array() ? std::move(found->get_array()) : json::array();
}

void take_schema_url(json::object& to, const json::object& from)
{
    if (const json::value* url = from.if_contains("schema_url"))
        to["schema_url"] = *url;
}

// What all points of a metric have.
json::object common_of(const json::object& metric, const field& form, const json::object& inner)
{
    json::object common{{"type", form.name}};
    for (const std::string_view name : {"name", "description", "unit", "metadata"})
        if (const json::value* value = metric.if_contains(name))
            common[name] = *value;
    for (const std::string_view name : {"aggregation_temporality", "is_monotonic"})
        if (const json::value* value = inner.if_contains(name))
            common[name] = *value;
    return common;
}

std::shared_ptr<const shared_part> share(json::object&& content)
{
    auto made = std::make_shared<shared_part>();
    made->bytes = penstock::write_json(json::value(content)).size();
    made->content = std::move(content);
    return made;
}

void add_points(std::vector<record>& to, json::object& metric,
                const std::shared_ptr<const shared_part>& resource,
                const std::shared_ptr<const shared_part>& scope)
{
    for (const field& form : metric_forms())
    {
        json::object inner = take_object(metric, form.name);
        json::array points = take_list(inner, "data_points");
        if (points.empty())
            continue;
        const auto of_metric = share(common_of(metric, form, inner));
        for (json::value& each : points)
            to.push_back({std::move(each.get_object()), resource, scope, of_metric});
    }
}

// Moves what a message has a place for. The forms of a metric are no places: `sum` is a field of a
// data point too.
json::object take_fields(const message& of, json::object& from)
{
    json::object made;
    const bool is_metric = &of == &record_message(signal::metrics);
    for (const field& each : of.fields)
        if (is_metric && each.kind == kind::nested)
            continue;
        else if (const auto found = from.find(each.name); found != from.end())
        {
            made[each.name] = std::move(found->value());
            from.erase(found);
        }
    return made;
}

// Fields that have no place are attributes, behind those that are.
void add_attributes(json::object& to, json::object&& rest)
{
    if (rest.empty())
        return;
    json::value& attributes = to["attributes"];
    if (!attributes.is_object())
        attributes.emplace_object();
    for (auto& each : rest)
        attributes.get_object().emplace(each.key(), std::move(each.value()));
}

const field& form_of(const json::object& from)
{
    const json::value* type = from.if_contains("type");
    for (const field& each : metric_forms())
        if (type != nullptr && type->is_string() && type->get_string() == each.name)
            return each;
    throw std::invalid_argument("type: is no form of a metric; gauge, sum, histogram, "
                                "exponential_histogram or summary was expected");
}

json::object metric_of(json::object&& from)
{
    const field& form = form_of(from);
    from.erase("type");
    json::object inner = take_fields(*form.of, from);
    json::object metric = take_fields(record_message(signal::metrics), from);
    json::object point = take_fields(*find_field(*form.of, "data_points")->of, from);
    add_attributes(point, std::move(from));
    json::array points;
    points.push_back(std::move(point));
    inner["data_points"] = std::move(points);
    metric[form.name] = std::move(inner);
    return metric;
}

json::object record_of(signal of, json::object&& from)
{
    if (of == signal::metrics)
        return metric_of(std::move(from));
    json::object made = take_fields(record_message(of), from);
    add_attributes(made, std::move(from));
    return made;
}

// An object that a packet may have; what is none cannot be sent.
json::object take_part(json::object& from, std::string_view name)
{
    const auto found = from.find(name);
    if (found == from.end())
        return {};
    json::value part = std::move(found->value());
    from.erase(found);
    if (!part.is_object())
        throw std::invalid_argument(std::string(name) + ": is no object; one was expected");
    return std::move(part.get_object());
}

// `schema_url` stands beside a resource or scope there, and in it here.
json::object group_of(std::string_view name, json::object&& part)
{
    json::object group;
    take_schema_url(group, part);
    part.erase("schema_url");
    if (!part.empty())
        group[name] = std::move(part);
    return group;
}

json::array& list_in(json::value& group, std::string_view name)
{
    json::value& list = group.get_object()[name];
    if (!list.is_array())
        list.emplace_array();
    return list.get_array();
}

} // namespace

std::vector<record> records_of(signal of, json::object&& request)
{
    std::vector<record> made;
    json::array resources = take_list(request, "resources");
    for (json::value& one : resources)
    {
        json::object& group = one.get_object();
        json::object resource = take_object(group, "resource");
        take_schema_url(resource, group);
        const auto of_resource = share(std::move(resource));
        json::array scopes = take_list(group, "scopes");
        for (json::value& each : scopes)
        {
            json::object& inner = each.get_object();
            json::object scope = take_object(inner, "scope");
            take_schema_url(scope, inner);
            const auto of_scope = share(std::move(scope));
            json::array list = take_list(inner, "records");
            for (json::value& entry : list)
            {
                if (of == signal::metrics)
                    add_points(made, entry.get_object(), of_resource, of_scope);
                else
                    made.push_back({std::move(entry.get_object()), of_resource, of_scope, nullptr});
            }
        }
    }
    return made;
}

json::object fields_of(record&& from)
{
    json::object fields = std::move(from.own);
    if (from.metric != nullptr)
        for (const auto& each : from.metric->content)
            fields[each.key()] = each.value();
    if (!from.resource->content.empty())
        fields["resource"] = from.resource->content;
    if (!from.scope->content.empty())
        fields["scope"] = from.scope->content;
    return fields;
}

json::object request_of(signal of, std::vector<json::object>&& records)
{
    json::array resources;
    json::object resource_before;
    json::object scope_before;
    for (json::object& each : records)
    {
        json::object resource = take_part(each, "resource");
        json::object scope = take_part(each, "scope");
        json::object made = record_of(of, std::move(each));
        const bool is_new = resources.empty() || resource != resource_before;
        if (is_new)
            resources.push_back(group_of("resource", json::object(resource)));
        json::array& scopes = list_in(resources.back(), "scopes");
        if (is_new || scope != scope_before)
            scopes.push_back(group_of("scope", json::object(scope)));
        list_in(scopes.back(), "records").push_back(std::move(made));
        resource_before = std::move(resource);
        scope_before = std::move(scope);
    }
    json::object request;
    request["resources"] = std::move(resources);
    return request;
}

std::string_view name_of(signal of)
{
    return std::ranges::find(signals, of, &std::pair<signal, std::string_view>::first)->second;
}

std::optional<signal> signal_of(std::string_view name)
{
    for (const auto& [of, each] : signals)
        if (each == name)
            return of;
    return std::nullopt;
}

} // namespace otlp_package
