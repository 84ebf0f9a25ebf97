// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/bulk_request.hpp"

#include "host/api/data/intake.hpp"
#include "host/api/data/request_meta.hpp"

#include <penstock/packet.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <random>
#include <utility>

namespace penstock::host::api
{

namespace
{

constexpr std::string_view json_type = "application/json";

// Ids that nobody has given before, of one request.
class fresh_ids
{
public:
    std::string next()
    {
        if (next_ == packet_id{})
            next_ = {random(), random()};
        ++next_.low;
        return next_.text();
    }

private:
    static std::uint64_t random()
    {
        std::random_device device;
        return std::uint64_t{device()} << 32 | device();
    }

    packet_id next_;
};

// The key of the entries that a document is in: one of a few, so that a request is few entries. It
// is kept with pending entries, so the hash (FNV-1a, draft-eastlake-fnv-17) is the same everywhere.
std::string bucket_of(std::string_view document)
{
    constexpr std::uint64_t buckets = 64;
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : document)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return "_bulk/" + std::to_string(hash % buckets);
}

// Gives an entry a body of its own, so that one that is pending long does not hold all others'.
void copy_sources(entry& of)
{
    std::string sources;
    for (const entry_packet& each : of.packets)
        sources += each.content.data().view();
    const bytes whole(std::move(sources));
    std::size_t begin = 0;
    for (entry_packet& each : of.packets)
    {
        const std::size_t size = each.content.data().size();
        if (size > 0)
            each.content.set_data(whole.slice(begin, size));
        begin += size;
    }
}

// The status of what was let in. Whether there is such a document already is not known here.
unsigned status_of(const bulk_item& item)
{
    return item.deletes() ? 200 : 201;
}

// Adds what an item says to the meta of its request.
void add_meta(const bulk_item& item, packet& to)
{
    to.set_meta("index", item.index);
    to.set_meta("id", item.id);
    to.set_meta("bulk_action", item.action);
    if (item.deletes())
        to.set_meta("requestmethod", "DELETE");
}

json::object error(std::string_view type, std::string_view reason)
{
    return {{"type", type}, {"reason", reason}};
}

} // namespace

bulk_request::bulk_request(std::vector<bulk_item> items, bytes body, const journal& kept_by,
                           http::reply answer)
    : items_(std::move(items)),
      body_(std::move(body)),
      journal_(kept_by),
      answer_(std::move(answer)),
      unkept_(items_.size(), 0)
{
}

std::vector<std::unique_ptr<entry>> bulk_request::make_entries(const packet& meta,
                                                               const plan& graph)
{
    struct share
    {
        std::unique_ptr<entry> made = std::make_unique<entry>();
        std::vector<std::size_t> items{};
    };

    fresh_ids ids;
    std::map<std::string, std::size_t> places; // of keys among the shares
    std::vector<share> shares;                 // in the order of their first items
    for (std::size_t i = 0; i < items_.size(); ++i)
    {
        bulk_item& item = items_[i];
        const bool is_named = !item.id.empty();
        if (!is_named)
            item.id = ids.next();
        if (!item.wrong.empty())
            continue;
        packet own = meta.clone();
        add_meta(item, own);
        std::string key;
        if (!graph.partition_by.empty())
            key = ordering_key(own, graph);
        else if (is_named)
            key = bucket_of(item.index + '/' + item.id);
        const auto [at, is_new] = places.try_emplace(key, shares.size());
        if (is_new)
            shares.emplace_back().made->key = key;
        share& into = shares[at->second];
        into.made->packets.push_back(make_packet(item, std::move(own)));
        into.items.push_back(i);
    }

    if (shares.size() > 1)
        for (share& each : shares)
            copy_sources(*each.made);
    usual_ = write_items();
    unsettled_ = shares.size();
    std::vector<std::unique_ptr<entry>> entries;
    entries.reserve(shares.size());
    for (share& each : shares)
    {
        each.made->keep = true;
        each.made->bytes = size_of(*each.made);
        each.made->committed = [self = shared_from_this(), items = std::move(each.items)](
                                   commit how, const std::shared_ptr<const receipt>& of)
        { self->settle(items, how, of->is_durable()); };
        entries.push_back(std::move(each.made));
    }
    return entries;
}

entry_packet bulk_request::make_packet(const bulk_item& item, packet meta) const
{
    entry_packet made{std::move(meta), {}};
    if (item.deletes())
        return made; // a trigger
    made.media = json_type;
    made.content.set_meta("mimetype", made.media);
    made.content.set_meta("contentlength", std::int64_t(item.source.size()));
    made.content.set_data(body_.slice(
        static_cast<std::size_t>(item.source.data() - body_.view().data()), item.source.size()));
    return made;
}

// Called once for each entry.
void bulk_request::settle(const std::vector<std::size_t>& items, commit how, bool is_durable)
{
    if (how == commit::kept)
        ++kept_;
    else
        for (const std::size_t each : items)
            unkept_[each] = 1;
    if (!is_durable)
        is_durable_ = false;
    if (--unsettled_ > 0)
        return;
    if (kept_ > 0)
        answer_(answer());
    else
        answer_(http::response::unavailable(journal_.trouble().reason, 1));
}

http::response bulk_request::answer() const
{
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::steady_clock::now() - begin_);
    const bool is_usual = std::ranges::find(unkept_, 1) == unkept_.end();
    http::response made = http::response::json(200, R"({"took":)" + std::to_string(took.count()) +
                                                        ',' + (is_usual ? usual_ : write_items()));
    made.headers.add("X-Elastic-Product", "Elasticsearch");
    if (kept_ > 0)
        made.headers.add("Penstock-Durability", !is_durable_            ? "memory"
                                                : journal_.replicates() ? "replicated"
                                                                        : "durable");
    return made;
}

// The answer from `"errors":` on.
std::string bulk_request::write_items() const
{
    bool errors = false;
    std::string text;
    for (std::size_t i = 0; i < items_.size(); ++i)
    {
        const bulk_item& item = items_[i];
        json::object told{{"_index", item.index}, {"_id", item.id}};
        if (!item.wrong.empty())
        {
            told["status"] = 400;
            told["error"] = error("mapper_parsing_exception", item.wrong);
        }
        else if (unkept_[i] != 0)
        {
            told["status"] = 503;
            told["error"] = error("unavailable_exception", journal_.trouble().reason);
        }
        else
        {
            told["status"] = status_of(item);
            told["result"] = item.deletes() ? "deleted" : "created";
        }
        errors = errors || told.contains("error");
        text.append(i == 0 ? "{\"" : ",{\"").append(item.action).append("\":");
        write_json(told, text);
        text += '}';
    }
    return R"("errors":)" + std::string(errors ? "true" : "false") + R"(,"items":[)" + text + "]}";
}

} // namespace penstock::host::api
