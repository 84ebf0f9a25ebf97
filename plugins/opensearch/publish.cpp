// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "bulk_answer.hpp"
#include "bulk_lines.hpp"
#include "components.hpp"

#include "../curl/packet_text.hpp"
#include "../curl/store_publisher.hpp"
#include "../curl/url.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

namespace opensearch_package
{
namespace
{

constexpr const char* bulk = "/_bulk";
constexpr std::size_t longest_id = 512; // of the engines, in bytes

class publish final : public curl::store_publisher
{
public:
    publish()
        : store_publisher({"The engine's address, without _bulk.", "https://localhost:9200",
                           "application/x-ndjson"})
    {
    }

private:
    penstock::parameter<std::string> index{
        *this, "index", penstock::no_default,
        "The index of a document. {{/meta/NAME}}, {{/fields/NAME}} and {{NAME}}, which is meta or "
        "else a field, stand for what its packet has there.",
        penstock::example{"logs-{{/meta/route}}"}};
    penstock::parameter<std::string> action{*this, "action", "index",
                                            "What is done with a document: index replaces the one "
                                            "of the same id, create drops a packet "
                                            "whose document is there already.",
                                            penstock::choices{"index", "create"}};
    curl::server_access access_{
        *this,
        {"api_key", "ApiKey", "The API key to log in with, instead of a user."},
        std::chrono::minutes(1)};

    [[nodiscard]] const curl::server_access& access() const override { return access_; }

    void check(penstock::problems& found) const override
    {
        store_publisher::check(found);
        if (index->empty())
            found.add(index, "is empty; the name of an index was expected");
        else if (const std::string wrong = curl::packet_text::problem_of(*index); !wrong.empty())
            found.add(index, wrong);
    }

    void start() override
    {
        store_publisher::start();
        index_ = curl::packet_text(*index);
    }

    [[nodiscard]] std::string reason_of(const curl::answer& told) const override
    {
        return reason_of_answer(told.status, told.body);
    }

    // Who may only write is forbidden to ask for the engine's version, and not to send nothing: an
    // engine that lets such a user in objects that there is nothing.
    void connect() override
    {
        curl::answer told = send_to("/", {}, "GET");
        if (told.status == 403)
            told = send_to(bulk, {});
        const unsigned status = told.status;
        if (status == 401 || status == 403 || status == 429 || status >= 500 ||
            (status >= 300 && status < 400))
            throw away(told);
    }

    void write(penstock::batch& items) override
    {
        std::vector<change> changes = changes_of<change>(
            items,
            [this](std::size_t place, const penstock::packet& item, bool deletes) {
                return change{place, deletes, index_of(item), short_id_of(item, deletes), &item};
            });
        body_ = penstock::blocking([&] { return write_lines(changes, *action); });
        fail_wrong(changes);
        if (!changes.empty())
            send(changes);
    }

    std::string index_of(const penstock::packet& item) const
    {
        try
        {
            return index_.fill(item);
        }
        catch (const std::invalid_argument& error)
        {
            throw std::invalid_argument(std::string("index: ") + error.what());
        }
    }

    std::string short_id_of(const penstock::packet& item, bool deletes) const
    {
        std::string found = id_of(item, deletes);
        if (found.size() > longest_id)
            throw std::invalid_argument("id: has " + std::to_string(found.size()) +
                                        " bytes; at most 512 were expected");
        return found;
    }

    // What is too large for the engine, or refused as a whole, is sent in halves, down to the packet
    // that is to blame.
    void send(std::span<const change> part)
    {
        const curl::answer told = send_documents(bulk, lines_of(body_, part));
        if (told.status == 200)
            return settle(part, told);
        if (told.status != 400 && told.status != 413)
            throw away(told);
        if (part.size() == 1)
            return fail(part.front().place, reason_of(told));
        send(part.first(part.size() / 2));
        send(part.subspan(part.size() / 2));
    }

    void settle(std::span<const change> part, const curl::answer& told)
    {
        const std::vector<item_result> results = results_of(told, part.size());
        const bool engine_works =
            std::ranges::any_of(results, [](const item_result& each) { return each.status < 429; });
        std::unordered_set<std::string> waiting; // documents; what comes later stays behind them
        std::string why;
        for (std::size_t i = 0; i < part.size(); ++i)
        {
            const change& each = part[i];
            const item_result& result = results[i];
            const std::string document = each.index + '\0' + each.id;
            const bool waits = result.status == 429 || (result.status == 503 && !engine_works);
            if (waits && why.empty())
                why = result.reason;
            if (waits || waiting.contains(document))
                waiting.insert(document);
            else
                end(each, result);
        }
        if (!waiting.empty())
            throw penstock::unavailable(curl::origin_of(address()) + ": " + why, told.retry_after);
    }

    std::vector<item_result> results_of(const curl::answer& told, std::size_t items) const
    {
        try
        {
            return penstock::blocking([&] { return read_bulk_answer(told.body, items); });
        }
        catch (const std::runtime_error& error) // whoever that is, it is no engine
        {
            throw no_answer("_bulk", error);
        }
    }

    void end(const change& each, const item_result& result)
    {
        const bool is_done = result.reason.empty() || (each.deletes && result.status == 404);
        if (is_done)
        {
            (each.deletes ? deleted : taken).add();
            deliver(each.place);
        }
        else if (result.status == 409 && !each.deletes && *action == "create")
            drop(each.place); // it is there, from an earlier delivery perhaps
        else if (result.status >= 500)
            retry(each.place, result.reason);
        else
            fail(each.place, result.reason);
    }

    curl::packet_text index_;
    std::string body_; // of the batch at hand
};

} // namespace

extern constinit const penstock::component_entry publish_entry = penstock::component_of<publish>(
    "publish", penstock::category::publisher, "Indexes documents in OpenSearch or Elasticsearch.");

} // namespace opensearch_package
