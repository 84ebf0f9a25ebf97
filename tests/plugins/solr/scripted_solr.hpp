// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../curl/scripted_store.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// One command of an update, as a server of a test reads it.
struct solr_command
{
    std::string name;
    penstock::json::object value;

    /// The id of its document, which is the first field, whatever its name.
    [[nodiscard]] std::string id() const
    {
        const penstock::json::object& of = name == "add" ? value.at("doc").as_object() : value;
        return std::string(of.begin()->value().as_string());
    }
};

/// A Solr that keeps documents, over commands in JSON alone, and objects as it is told. As Solr
/// does, it stops at the first command that it refuses, and keeps those before it.
class scripted_solr : public scripted_store<solr_command>
{
public:
    explicit scripted_solr(objection object = {}, mood first = {})
        : scripted_store(&scripted_solr::answer, std::move(object), std::move(first))
    {
    }

    [[nodiscard]] std::string url() const { return address() + "/solr/test"; }

    /// The documents as JSON, in order of their ids.
    [[nodiscard]] std::vector<std::string> documents() const
    {
        std::vector<std::string> list;
        for (const auto& [id, document] : kept())
            list.push_back(document);
        return list;
    }

private:
    static scripted_answer answer(const received_request& request, content& kept)
    {
        if (!request.target.starts_with("/solr/test/update?wt=json"))
            return {.status = 404, .body = "<html>not found</html>"};
        const std::vector<solr_command> commands = read(request.body);
        if (!commands.empty())
            kept.batches.push_back(commands.size());
        for (const solr_command& each : commands)
        {
            if (const auto objected = kept.objected(each))
                return {.status = objected->first,
                        .body = penstock::write_json(penstock::json::object{
                            {"error", {{"msg", objected->second}, {"code", objected->first}}}})};
            if (each.name == "add")
                kept.documents[each.id()] = penstock::write_json(each.value.at("doc"));
            else
                kept.documents.erase(each.id());
        }
        return {.body = R"({"responseHeader":{"status":0,"QTime":1}})"};
    }

    // An object that has several members of one name.
    static std::vector<solr_command> read(std::string_view body)
    {
        std::vector<solr_command> commands;
        body.remove_prefix(1);
        while (body.size() > 1)
        {
            const std::size_t colon = body.find(':');
            const std::size_t end = end_of_object(body, colon + 1);
            commands.push_back(
                {std::string(penstock::parse_json(body.substr(0, colon)).as_string()),
                 penstock::parse_json(body.substr(colon + 1, end - colon - 1)).as_object()});
            body.remove_prefix(end + (body[end] == ',' ? 1 : 0));
        }
        return commands;
    }

    static std::size_t end_of_object(std::string_view text, std::size_t at)
    {
        bool is_in_string = false;
        for (std::size_t depth = 0;; ++at)
        {
            if (is_in_string && text[at] == '\\')
                ++at;
            else if (text[at] == '"')
                is_in_string = !is_in_string;
            else if (!is_in_string && text[at] == '{')
                ++depth;
            else if (!is_in_string && text[at] == '}' && --depth == 0)
                return at + 1;
        }
    }
};
