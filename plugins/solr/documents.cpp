// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "documents.hpp"

#include "../xml/node_text.hpp"

#include <penstock/detail/value_builder.hpp>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace solr_package
{

namespace
{

constexpr const char* children = "_childDocuments_";

struct field
{
    std::string name;
    std::vector<pugi::xml_node> values; // elements `field` or `doc`
};

void check(pugi::xml_node element)
{
    const std::string_view name = element.attribute("name").value();
    if (name.empty())
        throw document_error("a field has no name; one was expected");
    if (element.attribute("update"))
        throw document_error(
            "field \"" + std::string(name) + "\": is a change of a document, update=\"" +
            element.attribute("update").value() + "\"; a whole document was expected");
}

std::vector<field> fields_of(pugi::xml_node document)
{
    std::vector<field> fields;
    std::map<std::string, std::size_t, std::less<>> places;
    for (const pugi::xml_node each : document.children())
    {
        const std::string_view kind = each.name();
        if (kind == "field")
            check(each);
        else if (kind != "doc")
            continue;
        std::string name = kind == "doc" ? children : each.attribute("name").value();
        const auto [found, is_first] = places.emplace(name, fields.size());
        if (is_first)
            fields.push_back({std::move(name), {}});
        fields[found->second].values.push_back(each);
    }
    return fields;
}

class object_builder
{
public:
    void add_document(pugi::xml_node document)
    {
        const std::vector<field> fields = fields_of(document);
        for (const field& each : fields)
        {
            made_.key(each.name);
            std::size_t count = 0;
            for (const pugi::xml_node value : each.values)
                count += add_value(value);
            if (count > 1 || each.name == children)
                made_.array(count);
        }
        if (!made_.object(fields.size()))
            throw document_error("too many names of fields with equal hashes; expected such as "
                                 "differ");
    }

    penstock::json::object release() { return std::move(made_.release().get_object()); }

private:
    // Returns how many values it has added.
    std::size_t add_value(pugi::xml_node value)
    {
        if (std::string_view(value.name()) == "doc")
        {
            add_document(value);
            return 1;
        }
        std::size_t documents = 0;
        for (const pugi::xml_node each : value.children("doc"))
        {
            add_document(each);
            ++documents;
        }
        if (documents > 0)
            return documents;
        if (value.attribute("null").as_bool())
            made_.null();
        else
            made_.string(xml_package::text_in(value));
        return 1;
    }

    penstock::detail::value_builder made_{penstock::json_options::unbounded, true};
};

} // namespace

document read_document(pugi::xml_node element)
{
    document read;
    object_builder made;
    made.add_document(element);
    read.fields = made.release();
    read.boost = element.attribute("boost").as_double(1);
    for (const pugi::xml_node each : element.children("field"))
        if (const pugi::xml_attribute boost = each.attribute("boost"))
            read.boosts[each.attribute("name").value()] = boost.as_double(1);
    return read;
}

} // namespace solr_package
