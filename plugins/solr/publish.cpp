// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "answer.hpp"
#include "commands.hpp"
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
#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace solr_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

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
                                         "The address of the collection, without update.",
                                         penstock::example{"http://localhost:8983/solr/books"}};
    penstock::parameter<std::string> id{
        *this, "id", "",
        "What identifies a document: /meta/NAME, /fields/NAME, or the NAME of meta or else of a "
        "field. If empty, the meta id, or else the packet's own id. A document that is delivered "
        "again replaces itself."};
    penstock::parameter<std::string> key{
        *this, "key", "id", "The field of the collection that gets the id: its uniqueKey."};
    penstock::parameter<std::string> objects{
        *this, "objects", "refuse",
        "What becomes of a document with an object in a field, which Solr would take for a change "
        "of another: it fails, or the object becomes the text of its JSON.",
        penstock::choices{"refuse", "text"}};
    penstock::parameter<std::chrono::milliseconds> commit_within{
        *this, "commit_within", 1s,
        "How soon Solr shows what was sent. If 0, when it is set up to, or when commit says so.",
        penstock::range{0, 86'400'000}};
    penstock::parameter<bool> commit{
        *this, "commit", false,
        "Whether each batch is committed at once, before it counts as delivered. Solr is slow in "
        "that."};
    curl::server_access access_{
        *this, {"token", "Bearer", "The token to log in with, instead of a user."}, 60s};

    penstock::counter added{*this, "documents", "Documents that Solr took."};
    penstock::counter deleted{*this, "deleted_documents", "Documents that were deleted by order."};
    penstock::histogram seconds{*this, "request_seconds", "How long a request took."};

    void check(penstock::problems& found) const override
    {
        std::string wrong = curl::problem_of_url(*url);
        if (wrong.empty() && url->find_first_of("?#") != std::string::npos)
            wrong = "has a query; the address alone was expected";
        if (!wrong.empty())
            found.add(url, wrong);
        if (const std::string place = packets::problem_of_place(*id);
            !id->empty() && !place.empty())
            found.add(id, place);
        if (key->empty())
            found.add(key, "is empty; the name of a field was expected");
        access_.check(found);
    }

    void start() override
    {
        address_ = *url;
        while (address_.ends_with('/'))
            address_.pop_back();
        address_ += "/update?wt=json";
        probe_ = address_;
        if (commit_within->count() > 0)
            address_ += "&commitWithin=" + std::to_string(commit_within->count());
        if (*commit)
            address_ += "&commit=true";
        headers_ = {"Content-Type: application/json", "Accept: application/json"};
        for (std::string& each : access_.headers())
            headers_.push_back(std::move(each));
        client_ = std::make_unique<curl::client>(access_.make_settings());
    }

    // An update without a command changes nothing, and takes the right to make one.
    void connect() override
    {
        const curl::answer told = send_to(probe_, "{}");
        if (told.status != 200)
            throw away(told);
    }

    [[nodiscard]] curl::answer send_to(const std::string& where, std::string_view body)
    {
        return client_->send({.method = "POST", .url = where, .headers = headers_, .body = body});
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
        commands_ = penstock::blocking(
            [&] {
                return write_commands(changes, {*key, *objects == "text"});
            });
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
                changes.push_back({i, deletes, id_of(item, deletes), &item});
            }
            catch (const std::invalid_argument& error)
            {
                fail(i, std::string("id: ") + error.what());
            }
        }
        return changes;
    }

    // An order to delete names its document as the client did, in the address.
    [[nodiscard]] std::string id_of(const penstock::packet& item, bool deletes) const
    {
        const auto text_at = [&](std::string_view name)
        {
            const json::value* found = curl::find_place(item, name);
            return found == nullptr || found->is_null() || found->is_structured() ? std::string()
                                                                                  : text_of(*found);
        };
        std::string found;
        if (!id->empty())
            found = text_at(*id);
        if (found.empty() && (id->empty() || deletes))
            found = text_at("/meta/id");
        if (found.empty() && id->empty() && !deletes)
            found = item.id().text();
        if (found.empty())
            throw std::invalid_argument("there is no " + (id->empty() ? "meta id" : *id) +
                                        "; what identifies the document was expected");
        return found;
    }

    // Solr stops at the first command that it refuses and keeps those before it. What is refused is
    // sent again in halves, down to the packet that is to blame.
    void send(std::span<const change> part)
    {
        const auto begin = std::chrono::steady_clock::now();
        const curl::answer told = send_to(address_, body_of(commands_, part));
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
        seconds.observe(spent.count());
        if (told.status == 200)
            return settle(part, told);
        const bool is_crash = told.status == 500 && is_error_of_solr(told.body);
        if (told.status != 400 && told.status != 409 && told.status != 413 && !is_crash)
            throw away(told);
        if (part.size() > 1)
        {
            send(part.first(part.size() / 2));
            return send(part.subspan(part.size() / 2));
        }
        const std::string reason = reason_of_answer(told.status, told.body);
        if (is_crash)
            retry(part.front().place, reason);
        else
            fail(part.front().place, reason);
    }

    void settle(std::span<const change> part, const curl::answer& told)
    {
        std::map<std::string, std::string> errors;
        try
        {
            errors = read_answer(told.body);
        }
        catch (const std::runtime_error& error) // whoever that is, it is no Solr
        {
            throw penstock::unavailable(curl::origin_of(address_) +
                                        ": the answer is none to an update: " + error.what());
        }
        for (const change& each : part)
        {
            if (const auto found = errors.find(each.id); found != errors.end())
            {
                fail(each.place, found->second);
                continue;
            }
            (each.deletes ? deleted : added).add();
            deliver(each.place);
        }
    }

    std::unique_ptr<curl::client> client_;
    std::string address_; // of updates
    std::string probe_;   // of one that changes nothing
    std::vector<std::string> headers_;
    std::string commands_; // of the batch at hand
};

} // namespace

extern constinit const penstock::component_entry publish_entry = penstock::component_of<publish>(
    "publish", penstock::category::publisher,
    "Adds documents to a collection of Solr, and deletes those that are ordered to be.");

} // namespace solr_package
