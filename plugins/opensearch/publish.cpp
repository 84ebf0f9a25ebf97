// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "bulk_answer.hpp"
#include "bulk_lines.hpp"
#include "components.hpp"

#include "../curl/client.hpp"
#include "../curl/packet_text.hpp"
#include "../curl/server_access.hpp"
#include "../curl/url.hpp"
#include "../packets/document_publisher.hpp"
#include "../packets/place_problem.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
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

namespace json = penstock::json;
using namespace std::chrono_literals;

constexpr std::size_t longest_id = 512; // of the engines, in bytes

std::string text_of(const json::value& value)
{
    return value.is_string() ? std::string(value.get_string()) : penstock::write_json(value);
}

class publish final : public packets::document_publisher
{
public:
    publish()
        : document_publisher({.count = 1000, .bytes = penstock::byte_count{5 << 20}, .wait = 200ms})
    {
    }

private:
    penstock::parameter<std::string> url{*this, "url", penstock::no_default,
                                         "The engine's address, without _bulk.",
                                         penstock::example{"https://localhost:9200"}};
    penstock::parameter<std::string> index{
        *this, "index", penstock::no_default,
        "The index of a document. {{/meta/NAME}}, {{/fields/NAME}} and {{NAME}}, which is meta or "
        "else a field, stand for what its packet has there.",
        penstock::example{"logs-{{/meta/route}}"}};
    penstock::parameter<std::string> id{
        *this, "id", "",
        "What identifies a document: /meta/NAME, /fields/NAME, or the NAME of meta or else of a "
        "field. If empty, the meta id, or else the packet's own id. A document that is delivered "
        "again replaces itself."};
    penstock::parameter<std::string> action{*this, "action", "index",
                                            "What is done with a document: index replaces the one "
                                            "of the same id, create drops a packet "
                                            "whose document is there already.",
                                            penstock::choices{"index", "create"}};
    curl::server_access access_{
        *this, {"api_key", "ApiKey", "The API key to log in with, instead of a user."}, 60s};

    penstock::counter indexed{*this, "documents", "Documents that the engine took."};
    penstock::counter deleted{*this, "deleted_documents", "Documents that were deleted by order."};
    penstock::histogram seconds{*this, "request_seconds", "How long a request took."};

    void check(penstock::problems& found) const override
    {
        if (std::string wrong = problem_of_address(*url); !wrong.empty())
            found.add(url, wrong);
        if (index->empty())
            found.add(index, "is empty; the name of an index was expected");
        else if (const std::string wrong = curl::packet_text::problem_of(*index); !wrong.empty())
            found.add(index, wrong);
        if (const std::string wrong = packets::problem_of_place(*id);
            !id->empty() && !wrong.empty())
            found.add(id, wrong);
        access_.check(found);
    }

    static std::string problem_of_address(const std::string& address)
    {
        std::string wrong = curl::problem_of_url(address);
        if (wrong.empty() && address.find_first_of("?#") != std::string::npos)
            wrong = "has a query; the address alone was expected";
        return wrong;
    }

    void start() override
    {
        index_ = curl::packet_text(*index);
        address_ = *url;
        while (address_.ends_with('/'))
            address_.pop_back();
        headers_ = {"Content-Type: application/x-ndjson", "Accept: application/json"};
        for (std::string& each : access_.headers())
            headers_.push_back(std::move(each));
        client_ = std::make_unique<curl::client>(access_.make_settings());
    }

    // Who may only write is forbidden to ask for the engine's version, and not to send nothing: an
    // engine that lets such a user in objects that there is nothing.
    void connect() override
    {
        curl::answer told =
            client_->send({.method = "GET", .url = address_ + "/", .headers = headers_});
        if (told.status == 403)
            told =
                client_->send({.method = "POST", .url = address_ + "/_bulk", .headers = headers_});
        const unsigned status = told.status;
        if (status == 401 || status == 403 || status == 429 || status >= 500 ||
            (status >= 300 && status < 400))
            throw away(told);
    }

    [[nodiscard]] penstock::unavailable away(const curl::answer& told) const
    {
        return penstock::unavailable(curl::origin_of(address_) + ": " +
                                         reason_of_answer(told.status, told.body),
                                     told.retry_after);
    }

    void write(penstock::batch& items) override
    {
        std::vector<change> changes = changes_of(items);
        body_ = penstock::blocking([&] { return write_lines(changes, *action); });
        std::erase_if(changes,
                      [this](const change& each)
                      {
                          if (!each.wrong.empty())
                              fail(each.place, each.wrong);
                          return !each.wrong.empty();
                      });
        if (!changes.empty())
            send(changes);
    }

    std::vector<change> changes_of(const penstock::batch& items)
    {
        std::vector<change> changes;
        changes.reserve(items.size());
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            const penstock::packet& item = items[i];
            if (end_without_document(i, item))
                continue;
            try
            {
                const bool deletes = packets::is_order_to_delete(item);
                changes.push_back({i, deletes, index_of(item), id_of(item, deletes), &item});
            }
            catch (const std::invalid_argument& error)
            {
                fail(i, error.what());
            }
        }
        return changes;
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

    // An order to delete names its document as the client did, in the address.
    std::string id_of(const penstock::packet& item, bool deletes) const
    {
        const auto text_at = [&](std::string_view name)
        {
            const json::value* found = curl::find_place(item, name);
            return found == nullptr || found->is_null() ? std::string() : text_of(*found);
        };
        std::string found;
        if (!id->empty())
            found = text_at(*id);
        if (found.empty() && (id->empty() || deletes))
            found = text_at("/meta/id");
        if (found.empty() && id->empty() && !deletes)
            found = item.id().text();
        if (found.empty())
            throw std::invalid_argument("id: there is no " + (id->empty() ? "meta id" : *id) +
                                        "; what identifies the document was expected");
        if (found.size() > longest_id)
            throw std::invalid_argument("id: has " + std::to_string(found.size()) +
                                        " bytes; at most 512 were expected");
        return found;
    }

    // What is too large for the engine, or refused as a whole, is sent in halves, down to the packet
    // that is to blame.
    void send(std::span<const change> part)
    {
        const auto begin = std::chrono::steady_clock::now();
        const curl::answer told = client_->send({.method = "POST",
                                                 .url = address_ + "/_bulk",
                                                 .headers = headers_,
                                                 .body = lines_of(body_, part)});
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
        seconds.observe(spent.count());
        if (told.status == 200)
            return settle(part, told);
        if (told.status != 400 && told.status != 413)
            throw away(told);
        if (part.size() == 1)
            return fail(part.front().place, reason_of_answer(told.status, told.body));
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
            throw penstock::unavailable(curl::origin_of(address_) + ": " + why, told.retry_after);
    }

    std::vector<item_result> results_of(const curl::answer& told, std::size_t items) const
    {
        try
        {
            return penstock::blocking([&] { return read_bulk_answer(told.body, items); });
        }
        catch (const std::runtime_error& error) // whoever that is, it is no engine
        {
            throw penstock::unavailable(curl::origin_of(address_) +
                                        ": the answer is none to _bulk: " + error.what());
        }
    }

    void end(const change& each, const item_result& result)
    {
        const bool is_done = result.reason.empty() || (each.deletes && result.status == 404);
        if (is_done)
        {
            (each.deletes ? deleted : indexed).add();
            deliver(each.place);
        }
        else if (result.status == 409 && !each.deletes && *action == "create")
            drop(each.place); // it is there, from an earlier delivery perhaps
        else if (result.status >= 500)
            retry(each.place, result.reason);
        else
            fail(each.place, result.reason);
    }

    std::unique_ptr<curl::client> client_;
    std::string address_;
    std::vector<std::string> headers_;
    curl::packet_text index_;
    std::string body_; // of the batch at hand
};

} // namespace

extern constinit const penstock::component_entry publish_entry = penstock::component_of<publish>(
    "publish", penstock::category::publisher, "Indexes documents in OpenSearch or Elasticsearch.");

} // namespace opensearch_package
