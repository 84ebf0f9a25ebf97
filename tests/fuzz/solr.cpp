// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What plugins/solr reads: documents, and the answers of a server.

#include "plugins/solr/answer.hpp"
#include "plugins/solr/documents.hpp"
#include "plugins/xml/records.hpp"
#include "target.hpp"

#include <penstock/json.hpp>

namespace penstock::fuzz
{

namespace
{

using namespace solr_package;

void try_update(std::string_view input)
{
    const xml_package::reading_options how{.is_record = [](const std::vector<std::string>& names)
                                           { return names.back() == "doc"; },
                                           .bounds = {.depth = 16, .memory = 4096}};
    try
    {
        xml_package::records rest(input, how);
        while (rest.next())
            try
            {
                const document read = read_document(rest.element());
                hold(parse_json(write_json(read.fields)).as_object() == read.fields,
                     "a document is one that JSON can hold");
                for (const auto& [name, boost] : read.boosts)
                    hold(read.fields.contains(name), "a boost is of a field");
            }
            catch (const document_error&)
            {
            }
    }
    catch (const xml_package::xml_error&)
    {
    }
}

void try_answer(std::string_view input)
{
    try
    {
        for (const auto& [id, reason] : read_answer(input))
            hold(reason.find('\n') == std::string::npos, "a reason is one line");
    }
    catch (const std::runtime_error&)
    {
    }
    hold(reason_of_answer(400, input).find('\n') == std::string::npos, "a reason is one line");
}

} // namespace

std::vector<std::string> seeds()
{
    return {"<add><doc boost='2'><field name='id' boost='1.5'>1</field><field name='t'>a</field>"
            "<field name='t'>b</field><doc><field name='id'>2</field></doc></doc></add>",
            "<doc><field name='p'><doc/><doc/></field><field name='n' null='true'/></doc>",
            "<doc><field name='n' update='set'>1</field></doc>",
            "<doc><doc/></doc>",
            R"({"responseHeader":{"status":0,"errors":[{"id":"1","message":"a\nb"}]}})",
            R"({"error":{"msg":"bad","code":400}})"};
}

void try_input(std::string_view input)
{
    try_update(input);
    try_answer(input);
}

} // namespace penstock::fuzz
