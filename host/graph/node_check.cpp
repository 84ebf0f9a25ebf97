// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/node_check.hpp"

#include "host/base/json_pointer.hpp"
#include "host/graph/retry.hpp"

#include <penstock/detail/destruction.hpp>
#include <penstock/nearest.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace penstock::host
{

namespace
{

class node_checker
{
public:
    node_checker(const node_spec& node, catalogue& catalogue, const resolver& resolve,
                 problem_list& problems)
        : node_(node),
          catalogue_(catalogue),
          resolve_(resolve),
          problems_(problems),
          at_(pointer_to("/nodes", node.name))
    {
    }

    known_node run()
    {
        if (node_.retry)
            (void)read_retry(*node_.retry, pointer_to(at_, "retry"), problems_);
        if (!node_.component.empty()) // else its form is wrong, which has been told
            look_at_component();
        return std::move(known_);
    }

private:
    void complain(const std::string& pointer, std::string message, std::string expected)
    {
        problems_.add(pointer, std::move(message), std::move(expected));
    }

    void look_at_component()
    {
        known_.type = catalogue_.find(node_.component, node_.package);
        if (known_.type == nullptr)
            return unknown_component();
        try
        {
            const detail::component_ptr instance = known_.type->make();
            check_parameters(*instance);
            describe_ports(*instance);
        }
        catch (const std::exception& error)
        {
            complain(at_, "component " + quote(node_.component) + " throws: " + error.what(),
                     "one that can be made was expected");
        }
    }

    void unknown_component()
    {
        const std::string package = node_.component.substr(0, node_.component.find('/'));
        if (!node_.package.empty())
            if (const auto other = catalogue_.find(node_.component))
                return complain(pointer_to(at_, "package"),
                                "package " + quote(node_.package) + " is not there",
                                quote(other->package + '@' + other->version) + " is");
        std::string what = "unknown component " + quote(node_.component);
        std::string expected;
        if (const std::vector<problem> refused = catalogue_.refusals(package); !refused.empty())
            expected = "its package was refused: " + to_string(refused.front());
        else
        {
            std::vector<std::string> ids;
            if (!problems_.is_full())
                for (const auto& type : catalogue_.all())
                    ids.push_back(type->id);
            const std::string meant = nearest(node_.component, ids);
            if (meant.empty() && !ids.empty() &&
                std::ranges::none_of(ids, [&](const std::string& id)
                                     { return id.starts_with(package + '/'); }))
                what += ": there is no package " + quote(package);
            expected = meant.empty() ? "a component of the catalogue was expected"
                                     : "did you mean " + quote(meant) + '?';
        }
        complain(pointer_to(at_, "component"), std::move(what), std::move(expected));
    }

    /// Gives the instance its parameters. A value behind a reference is never told.
    void check_parameters(component& instance)
    {
        const std::string at = pointer_to(at_, "params");
        const json_place params(at);
        json::object values;
        std::set<std::string, std::less<>> referring;
        for (const auto& member : node_.params)
        {
            const std::string name = member.key();
            const json_place here(params, name);
            refuse_partial_references(member.value(), here, problems_);
            refuse_written_secrets(member.value(), schema_of(name), here, problems_);
            const bool refers = has_references(member.value());
            if (refers)
                referring.insert(name);
            if (!refers)
                values[name] = member.value();
            else if (resolve_)
                values[name] =
                    resolve_references(member.value(), schema_of(name), resolve_, here, problems_);
        }
        const bool all_known = resolve_ || referring.empty();
        for (parameter_problem& each :
             configure(instance, values, all_known ? rules::checked : rules::skipped))
            if (problems_.is_full())
                return;
            else if (each.is_rule)
                complain(each.name.empty() ? at_ : at + '/' + each.name, // perhaps inside of it
                         without_values(each.message, node_.params, values),
                         without_values(each.expected, node_.params, values));
            else if (!referring.contains(each.name))
                complain(pointer_to(at, each.name), std::move(each.message),
                         std::move(each.expected));
            else if (resolve_)
                complain(pointer_to(at, each.name), "what its reference stands for does not fit",
                         std::move(each.expected));
        if (!resolve_)
            for (const std::string& family : known_.type->description.output_families)
                known_.any_output |= referring.contains(family);
    }

    /// Returns a text of a component with the references of its node in place of what they stand
    /// for.
    static std::string without_values(std::string text, const json::value& written,
                                      const json::value& resolved)
    {
        const json::string* const reference = written.if_string();
        if (reference != nullptr && parse_reference(*reference))
        {
            const std::string value =
                resolved.is_string() ? std::string(resolved.get_string()) : write_json(resolved);
            for (std::size_t at = text.find(value); !value.empty() && at != text.npos;
                 at = text.find(value, at + reference->size()))
                text.replace(at, value.size(), *reference);
        }
        if (written.is_array() && resolved.is_array())
            for (std::size_t i = 0; i < written.get_array().size(); ++i)
                text = without_values(std::move(text), written.get_array()[i],
                                      resolved.get_array().at(i));
        if (written.is_object() && resolved.is_object())
            for (const auto& member : written.get_object())
                if (const json::value* value = resolved.get_object().if_contains(member.key()))
                    text = without_values(std::move(text), member.value(), *value);
        return text;
    }

    const json::object& schema_of(const std::string& parameter) const
    {
        static const json::object anything;
        for (const parameter_description& each : known_.type->description.parameters)
            if (each.name == parameter)
                return each.schema;
        return anything;
    }

    void describe_ports(const component& instance)
    {
        component_description now = describe(instance);
        known_.inputs = std::move(now.inputs);
        for (port_description& port : now.outputs)
            known_.outputs.push_back(std::move(port.name));
        if (!known_.inputs.empty())
            known_.outputs.push_back(implicit_output);
        known_.output_names = {known_.outputs.begin(), known_.outputs.end()};
    }

    const node_spec& node_;
    catalogue& catalogue_;
    const resolver& resolve_;
    problem_list& problems_;
    const std::string at_; ///< where the node stands
    known_node known_;
};

} // namespace

known_node check_node(const node_spec& node, catalogue& catalogue, const resolver& resolve,
                      problem_list& problems)
{
    return node_checker(node, catalogue, resolve, problems).run();
}

} // namespace penstock::host
