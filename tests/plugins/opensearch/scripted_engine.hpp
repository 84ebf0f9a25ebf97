// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../curl/scripted_server.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
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
class scripted_engine
{
public:
    /// What it says of an item instead of keeping it; nothing: it keeps it.
    using objection =
        std::function<std::optional<std::pair<unsigned, std::string>>(const engine_item&)>;
    /// What it answers instead of reading a request; nothing: it reads it.
    using mood = std::function<std::optional<scripted_answer>(const received_request&)>;

    explicit scripted_engine(objection object = {}, mood first = {})
        : object_(std::move(object)),
          first_(std::move(first)),
          server_([this](const received_request& request) { return answer(request); })
    {
    }

    [[nodiscard]] std::string url() const { return server_.url(); }
    [[nodiscard]] scripted_server& server() noexcept { return server_; }

    /// The documents as `INDEX/ID SOURCE`, in order of their names.
    [[nodiscard]] std::vector<std::string> documents() const
    {
        const std::lock_guard lock(mutex_);
        std::vector<std::string> list;
        for (const auto& [name, source] : documents_)
            list.push_back(name + ' ' + source);
        return list;
    }

    /// Forgets all documents.
    void clear()
    {
        const std::lock_guard lock(mutex_);
        documents_.clear();
    }

    /// The number of items of each `_bulk` request that was read, in order.
    [[nodiscard]] std::vector<std::size_t> batches() const
    {
        const std::lock_guard lock(mutex_);
        return batches_;
    }

private:
    scripted_answer answer(const received_request& request)
    {
        if (first_)
            if (auto said = first_(request))
                return *std::move(said);
        if (!request.target.ends_with("/_bulk"))
            return {.body = R"({"version":{"number":"2.11.0","distribution":"opensearch"}})"};
        if (request.body.empty())
            return {.status = 400, .body = R"({"error":{"type":"parse_exception"}})"};
        const std::lock_guard lock(mutex_);
        penstock::json::array items;
        bool errors = false;
        for (const engine_item& each : read(request.body))
        {
            penstock::json::object told = keep(each);
            errors |= told.contains("error");
            items.push_back(penstock::json::object{{each.action, std::move(told)}});
        }
        batches_.push_back(items.size());
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

    penstock::json::object keep(const engine_item& item)
    {
        const std::string name = item.index + '/' + item.id;
        penstock::json::object told{{"_index", item.index}, {"_id", item.id}};
        const auto objected = object_ ? object_(item) : std::nullopt;
        unsigned status = 200;
        if (objected)
        {
            status = objected->first;
            told["error"] = {{"type", "told_exception"}, {"reason", objected->second}};
        }
        else if (item.action == "delete")
        {
            status = documents_.erase(name) == 0 ? 404 : 200;
        }
        else if (item.action == "create" && documents_.contains(name))
        {
            status = 409;
            told["error"] = {{"type", "version_conflict_engine_exception"}};
        }
        else
        {
            status = documents_.contains(name) ? 200 : 201;
            documents_[name] = penstock::write_json(item.source);
        }
        told["status"] = status;
        return told;
    }

    const objection object_;
    const mood first_;
    mutable std::mutex mutex_;
    std::map<std::string, std::string> documents_;
    std::vector<std::size_t> batches_;
    scripted_server server_; // ends first: it calls the rest
};
