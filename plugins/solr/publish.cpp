// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "answer.hpp"
#include "commands.hpp"
#include "components.hpp"

#include "../curl/store_publisher.hpp"

#include <penstock/sdk.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
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

constexpr const char* probe = "/update?wt=json"; // what changes nothing goes to

class publish final : public curl::store_publisher
{
public:
    publish()
        : store_publisher({"The address of the collection, without update.",
                           "http://localhost:8983/solr/books", "application/json"})
    {
    }

private:
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

    [[nodiscard]] const curl::server_access& access() const override { return access_; }

    void check(penstock::problems& found) const override
    {
        store_publisher::check(found);
        if (key->empty())
            found.add(key, "is empty; the name of a field was expected");
    }

    void start() override
    {
        store_publisher::start();
        target_ = probe;
        if (commit_within->count() > 0)
            target_ += "&commitWithin=" + std::to_string(commit_within->count());
        if (*commit)
            target_ += "&commit=true";
    }

    [[nodiscard]] std::string reason_of(const curl::answer& told) const override
    {
        return reason_of_answer(told.status, told.body);
    }

    // An update without a command changes nothing, and takes the right to make one.
    void connect() override
    {
        const curl::answer told = send_to(probe, "{}");
        if (told.status != 200)
            throw away(told);
    }

    void write(penstock::batch& items) override
    {
        std::vector<change> changes = changes_of<change>(
            items,
            [this](std::size_t place, const penstock::packet& item, bool deletes) {
                return change{place, deletes, id_of(item, deletes), &item};
            });
        commands_ = penstock::blocking(
            [&] {
                return write_commands(changes, {*key, *objects == "text"});
            });
        fail_wrong(changes);
        if (!changes.empty())
            send(changes);
    }

    // Solr stops at the first command that it refuses and keeps those before it. What is refused is
    // sent again in halves, down to the packet that is to blame.
    void send(std::span<const change> part)
    {
        const curl::answer told = send_documents(target_, body_of(commands_, part));
        if (told.status == 200)
            return settle(part, told);
        const bool is_crash = told.status == 500 && is_error_of_solr(told.body);
        if (told.status != 400 && told.status != 409 && told.status != 413 && !is_crash)
            throw away(told);
        if (part.size() > 1)
            return send_halves(part);
        const std::string reason = reason_of(told);
        if (is_crash)
            retry(part.front().place, reason);
        else
            fail(part.front().place, reason);
    }

    void send_halves(std::span<const change> part)
    {
        send(part.first(part.size() / 2));
        send(part.subspan(part.size() / 2));
    }

    // An error that names none of the packets is of one of them all the same.
    void settle(std::span<const change> part, const curl::answer& told)
    {
        std::map<std::string, std::string> errors;
        try
        {
            errors = read_answer(told.body);
        }
        catch (const std::runtime_error& error) // whoever that is, it is no Solr
        {
            throw no_answer("an update", error);
        }
        for (const auto& [of, why] : errors)
            if (std::ranges::find(part, of, &change::id) == part.end())
                return part.size() > 1 ? send_halves(part) : fail(part.front().place, why);
        for (const change& each : part)
        {
            if (const auto found = errors.find(each.id); found != errors.end())
            {
                fail(each.place, found->second);
                continue;
            }
            (each.deletes ? deleted : taken).add();
            deliver(each.place);
        }
    }

    std::string target_;   // of updates, below the address
    std::string commands_; // of the batch at hand
};

} // namespace

extern constinit const penstock::component_entry publish_entry = penstock::component_of<publish>(
    "publish", penstock::category::publisher,
    "Adds documents to a collection of Solr, and deletes those that are ordered to be.");

} // namespace solr_package
