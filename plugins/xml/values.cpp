// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "values.hpp"
#include "node_text.hpp"

#include "../reading/ascii.hpp"

#include <penstock/detail/value_builder.hpp>

#include <map>
#include <string_view>
#include <utility>
#include <vector>

namespace xml_package
{

namespace
{

bool is_declaration(const char* attribute)
{
    const std::string_view name = attribute;
    return name == "xmlns" || name.starts_with("xmlns:");
}

class object_builder
{
public:
    explicit object_builder(const value_names& names) : names_(names) {}

    std::optional<penstock::json::object> build(pugi::xml_node element)
    {
        if (!add_object(members_of(element)))
            return std::nullopt;
        return std::move(made_.release().get_object());
    }

private:
    struct member
    {
        std::string name;
        std::vector<std::string> texts;
        std::vector<pugi::xml_node> elements;
    };

    std::vector<member> members_of(pugi::xml_node element) const
    {
        std::vector<member> members;
        std::map<std::string, std::size_t, std::less<>> places;
        const auto member_called = [&](std::string name) -> member&
        {
            const auto [found, is_first] = places.emplace(name, members.size());
            if (is_first)
                members.push_back({std::move(name), {}, {}});
            return members[found->second];
        };
        for (const pugi::xml_attribute each : element.attributes())
            if (!is_declaration(each.name()))
                member_called(names_.attribute + each.name()).texts.emplace_back(each.value());
        std::string own;
        for (const pugi::xml_node each : element.children())
            if (each.type() == pugi::node_element)
                member_called(each.name()).elements.push_back(each);
            else
                own += each.value();
        if (!reading::trimmed(own).empty())
            member_called(names_.text).texts.push_back(trimmed(text_in(element)));
        return members;
    }

    std::string trimmed(const std::string& text) const
    {
        return names_.trims ? std::string(reading::trimmed(text)) : text;
    }

    bool add_object(const std::vector<member>& members)
    {
        for (const member& each : members)
        {
            made_.key(each.name);
            for (const std::string& text : each.texts)
                made_.string(text);
            for (const pugi::xml_node element : each.elements)
                if (!add(element))
                    return false;
            if (const std::size_t count = each.texts.size() + each.elements.size(); count > 1)
                made_.array(count);
        }
        return made_.object(members.size());
    }

    bool add(pugi::xml_node element)
    {
        const std::vector<member> members = members_of(element);
        const bool has_text_alone =
            members.empty() || (members.size() == 1 && members[0].name == names_.text &&
                                members[0].elements.empty() && members[0].texts.size() == 1);
        if (!has_text_alone)
            return add_object(members);
        made_.string(trimmed(text_in(element)));
        return true;
    }

    const value_names& names_;
    penstock::detail::value_builder made_{penstock::json_options::unbounded, true};
};

} // namespace

std::optional<penstock::json::object> object_of(pugi::xml_node element, const value_names& names)
{
    return object_builder(names).build(element);
}

} // namespace xml_package
