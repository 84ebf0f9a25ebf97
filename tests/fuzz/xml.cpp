// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The reader of XML in plugins/xml, and what it makes of records.

#include "plugins/xml/encoding.hpp"
#include "plugins/xml/mapping.hpp"
#include "plugins/xml/record_path.hpp"
#include "plugins/xml/records.hpp"
#include "plugins/xml/values.hpp"
#include "target.hpp"

#include <penstock/json.hpp>

#include <optional>

namespace penstock::fuzz
{

namespace
{

using namespace xml_package;

// The number of records; none if the document is refused.
std::optional<std::size_t> count_of(std::string_view input, const reading_options& how)
{
    try
    {
        return records::count(input, how);
    }
    catch (const xml_error& error)
    {
        hold(std::string_view(error.what()).starts_with("line "), "an error has its place");
        return std::nullopt;
    }
}

void try_record(const records& from)
{
    const value_names names{.trims = false};
    const std::optional<json::object> object = object_of(from.element(), names);
    if (object)
        hold(parse_json(write_json(*object)).as_object() == *object,
             "it is one that JSON can hold");
}

void try_path(std::string_view input, const char* path)
{
    const record_path records_at(path);
    const reading_options how{.is_record = [&](const std::vector<std::string>& names)
                              { return records_at.fits(names); },
                              .bounds = {.depth = 16, .memory = 4096, .records = 8}};
    const std::optional<std::size_t> count = count_of(input, how);
    std::size_t read = 0;
    std::size_t end = 0;
    try
    {
        records rest(input, how);
        while (rest.next())
        {
            ++read;
            const std::string_view text = rest.text();
            hold(text.starts_with('<') && text.ends_with('>'), "a record is an element");
            hold(text.data() >= input.data() + end, "records follow each other");
            end = static_cast<std::size_t>(text.data() - input.data()) + text.size();
            hold(end <= input.size(), "within the document");
            hold(count_of(text, {.is_record = [](const auto&) { return false; }}).has_value() ||
                     input.find('!') != std::string_view::npos,
                 "and are documents");
            try_record(rest);
        }
    }
    catch (const xml_error&)
    {
        hold(!count, "what is counted can be read");
        return;
    }
    hold(count == read, "all that are counted are read");
}

void try_map(std::string_view input)
{
    static const mapping map("//*", {{"a", "@a", selection::first},
                                     {"b", ".//b | text()", selection::all},
                                     {"c", "*", selection::join},
                                     {"d", "sum(*)", selection::first}});
    const reading_options how{.is_record = [](const auto& names) { return names.size() == 1; },
                              .bounds = {.depth = 16, .memory = 4096}};
    try
    {
        records document(input, how);
        while (document.next())
            for (const auto& record : map.apply(document.element().parent()))
                for (const mapped_value& each : record)
                    hold(!write_json(each.value).empty(), "a value is one that JSON can hold");
    }
    catch (const xml_error&)
    {
    }
}

} // namespace

std::vector<std::string> seeds()
{
    return {
        "<r><a b='1'>x<c/>y</a><a/></r>",
        "<?xml version='1.0' encoding='utf-8'?><!-- c --><r><d:a xmlns:d='u'>&#65;&amp;</d:a></r>",
        "<!DOCTYPE r [<!ENTITY a 'x'><!ATTLIST r b CDATA 'y'>]><r>&a;</r>",
        "<!DOCTYPE r SYSTEM 'u'><r><a>&b;</a></r>",
        "<r><a><a><a><![CDATA[<x>]]></a></a></a></r>",
        "<a><b>1</b><b>2</b><?pi x?><b c=\"&lt;\"> </b></a>",
        "<r><a></b></r>"};
}

void try_input(std::string_view input)
{
    for (const char* const path : {"a", "/r/a", "*", "/*"})
        try_path(input, path);
    try_map(input);
    hold(declared_encoding(input).size() <= input.size(), "an encoding stands in the document");
}

} // namespace penstock::fuzz
