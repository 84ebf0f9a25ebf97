// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../curl/scripted_store.hpp"

#include <penstock/json.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// One item of a `_bulk` request, as an engine of a test reads it.
struct engine_item
{
    std::string action;
    std::string index;
    std::string id;
    penstock::json::object source;
};

/// An engine that keeps documents, over `_bulk` alone, and objects as it is told.
class scripted_engine : public scripted_store<engine_item>
{
public:
    explicit scripted_engine(objection object = {}, mood first = {})
        : scripted_store(&scripted_engine::answer, std::move(object), std::move(first))
    {
    }

    [[nodiscard]] std::string url() const { return address(); }

    /// The documents as `INDEX/ID SOURCE`, in order of their names.
    [[nodiscard]] std::vector<std::string> documents() const
    {
        std::vector<std::string> list;
        for (const auto& [name, source] : kept())
            list.push_back(name + ' ' + source);
        return list;
    }

private:
    static scripted_answer answer(const received_request& request, content& kept)
    {
        if (!request.target.ends_with("/_bulk"))
            return {.body = R"({"version":{"number":"2.11.0","distribution":"opensearch"}})"};
        if (request.body.empty())
            return {.status = 400, .body = R"({"error":{"type":"parse_exception"}})"};
        penstock::json::array items;
        bool errors = false;
        for (const engine_item& each : read(request.body))
        {
            penstock::json::object told = keep(each, kept);
            errors |= told.contains("error");
            items.push_back(penstock::json::object{{each.action, std::move(told)}});
        }
        kept.batches.push_back(items.size());
        return {.body = penstock::write_json(penstock::json::object{
                    {"took", 1}, {"errors", errors}, {"items", std::move(items)}})};
    }

    static std::vector<engine_item> read(std::string_view body)
    {
        std::vector<engine_item> items;
        const auto next = [&]
        {
            const std::string_view line = body.substr(0, body.find('\n'));
            body.remove_prefix(line.size() + 1);
            return penstock::parse_json(line).as_object();
        };
        while (!body.empty())
        {
            const penstock::json::object line = next();
            const penstock::json::object& about = line.begin()->value().as_object();
            engine_item item{std::string(line.begin()->key()),
                             std::string(about.at("_index").as_string()),
                             std::string(about.at("_id").as_string()),
                             {}};
            if (item.action != "delete")
                item.source = next();
            items.push_back(std::move(item));
        }
        return items;
    }

    static penstock::json::object keep(const engine_item& item, content& kept)
    {
        const std::string name = item.index + '/' + item.id;
        penstock::json::object told{{"_index", item.index}, {"_id", item.id}};
        unsigned status = 200;
        if (const auto objected = kept.objected(item))
        {
            status = objected->first;
            told["error"] = {{"type", "told_exception"}, {"reason", objected->second}};
        }
        else if (item.action == "delete")
        {
            status = kept.documents.erase(name) == 0 ? 404 : 200;
        }
        else if (item.action == "create" && kept.documents.contains(name))
        {
            status = 409;
            told["error"] = {{"type", "version_conflict_engine_exception"}};
        }
        else
        {
            status = kept.documents.contains(name) ? 200 : 201;
            kept.documents[name] = penstock::write_json(item.source);
        }
        told["status"] = status;
        return told;
    }
};
