// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/file_text.hpp"
#include "host/base/json_pointer.hpp"
#include "host/cli/author/graph_test.hpp"

#include <penstock/nearest.hpp>

#include <algorithm>

namespace penstock::host::cli
{

namespace
{

/// Reads the members of the file, and notes what is wrong with them.
class form_reader
{
public:
    explicit form_reader(graph_test_file& read) : read_(read) {}

    void all(const json::value& file)
    {
        if (!file.is_object())
            return note("", "is no object", "an object was expected");
        known(file.get_object(), "", {"graph", "tests"});
        const std::string graph = text(file.get_object(), "graph", "");
        read_.graph = read_.file.parent_path() / graph;
        const json::value* const tests = file.get_object().if_contains("tests");
        if (tests == nullptr || !tests->is_array() || tests->get_array().empty())
            return note("/tests", "is no list of tests", "at least one test was expected");
        for (std::size_t n = 0; n < tests->get_array().size(); ++n)
            one(tests->get_array()[n], pointer_to("/tests", n));
    }

private:
    void one(const json::value& form, const std::string& at)
    {
        if (!form.is_object())
            return note(at, "is no object", "an object was expected");
        const json::object& test = form.get_object();
        known(test, at, {"name", "given", "expect", "replace", "replies", "dead"});
        graph_test made;
        made.pointer = at;
        made.name = text(test, "name", at);
        made.given = object(test, "given", at);
        made.expect = object(test, "expect", at);
        made.replace = texts(test, "replace", at);
        made.dead = texts(test, "dead", at);
        if (const json::value* replies = test.if_contains("replies"))
        {
            made.replies = *replies;
            lists_of_packets(*replies, at + "/replies");
        }
        for (const auto& [key, list] : made.expect)
            lists_of_packets(list, pointer_to(at + "/expect", key));
        if (made.expect.empty() && made.replies.is_null() && made.dead.empty())
            note(at, "expects nothing", "expect, replies or dead was expected");
        read_.tests.push_back(std::move(made));
    }

    void lists_of_packets(const json::value& list, const std::string& at)
    {
        if (!list.is_array() ||
            !std::all_of(list.get_array().begin(), list.get_array().end(),
                         [](const json::value& each) { return each.is_object(); }))
            note(at, "is no list of packets", "[{\"fields\": …}, …] was expected");
    }

    void known(const json::object& object, const std::string& at,
               const std::vector<std::string>& names)
    {
        for (const auto& member : object)
            if (std::find(names.begin(), names.end(), member.key()) == names.end())
                note(pointer_to(at, member.key()), "unknown key",
                     expected_name(member.key(), names));
    }

    std::string text(const json::object& object, const std::string& name, const std::string& at)
    {
        const json::value* const value = object.if_contains(name);
        if (value != nullptr && value->is_string() && !value->get_string().empty())
            return std::string(value->get_string());
        note(pointer_to(at, name), value == nullptr ? "is missing" : "is no text",
             "a text was expected");
        return {};
    }

    json::object object(const json::object& in, const std::string& name, const std::string& at)
    {
        const json::value* const value = in.if_contains(name);
        if (value == nullptr || value->is_object())
            return value == nullptr ? json::object() : value->get_object();
        note(pointer_to(at, name), "is no object", "packets by node.port were expected");
        return {};
    }

    std::vector<std::string> texts(const json::object& in, const std::string& name,
                                   const std::string& at)
    {
        std::vector<std::string> list;
        const json::value* const value = in.if_contains(name);
        if (value == nullptr)
            return list;
        if (value->is_array())
            for (const json::value& each : value->get_array())
                if (each.is_string())
                    list.emplace_back(each.get_string());
        if (!value->is_array() || list.size() != value->get_array().size())
            note(pointer_to(at, name), "is no list of texts", "[\"…\", …] was expected");
        return list;
    }

    void note(const std::string& at, const std::string& what, const std::string& expected)
    {
        read_.problems.emplace_back(read_.file.string(), at, what, expected);
    }

    graph_test_file& read_;
};

} // namespace

graph_test_file read_graph_tests(const std::filesystem::path& file)
{
    graph_test_file read;
    read.file = file;
    const auto text = read_text(file);
    if (!text)
    {
        read.problems.push_back(text.error());
        return read;
    }
    try
    {
        json_options strict;
        strict.duplicates = duplicate_key::refuse;
        form_reader(read).all(parse_json(*text, strict));
    }
    catch (const json_error& error)
    {
        read.problems.emplace_back(file.string(), "",
                                   "line " + std::to_string(error.line()) + ", column " +
                                       std::to_string(error.column()) + ": " + error.what(),
                                   "");
    }
    return read;
}

} // namespace penstock::host::cli
