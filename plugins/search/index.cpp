// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "place.hpp"
#include "store.hpp"
#include "words.hpp"
#include "writer.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace search_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

class index final : public penstock::component
{
    penstock::input in{*this, "in", penstock::required, "Documents, and orders to delete them."};
    penstock::parameter<std::string> database{
        *this, "database", penstock::no_default,
        "The name of the database under the data directory: a-z, 0-9, _ and -."};
    penstock::parameter<std::string> id{
        *this, "id", "",
        "What identifies a document: /meta/NAME, /fields/NAME, or the NAME of meta or else of a "
        "field. If empty, the meta id, or else the packet's own id."};
    penstock::parameter<std::uint32_t> batch_size{*this, "batch", 2000,
                                                  "The most documents of one transaction.",
                                                  penstock::range{1, 100'000}};
    penstock::parameter<std::chrono::milliseconds> window{
        *this, "window", 100ms, "How long a transaction waits for more documents.",
        penstock::range{0, 1000}};

    void start() override
    {
        penstock::exclusive("search:" + *database);
        const std::string file = database_file(*database);
        writer_ = penstock::shared<writer>(file, [&] { return std::make_unique<writer>(file); });
    }

    void run() override
    {
        while (penstock::batch batch = in.receive_some(*batch_size, *window))
        {
            std::vector<document> documents = identify(batch);
            penstock::blocking([&] { spell_out(documents); });
            const std::vector<change> changes = changes_of(documents);
            penstock::blocking([&] { writer_->commit(changes); });
            for (const document& each : documents)
                deliver(std::move(*each.packet));
        }
    }

    // A packet and what it changes; its fields are borrowed for a while, for the other thread.
    struct document
    {
        penstock::packet* packet;
        change effect;
        bool deleted;
        std::string wrong = {};
    };

    std::vector<document> identify(penstock::batch& batch)
    {
        std::vector<document> documents;
        documents.reserve(batch.size());
        for (penstock::packet& packet : batch)
        {
            const json::value* method = packet.find_meta("requestmethod");
            const bool deleted = method != nullptr && *method == "DELETE";
            if (!deleted && packet.fields().empty())
                drop(std::move(packet));
            else if (auto found = id_of(packet, deleted))
                documents.push_back({&packet, {std::move(*found), {}, {}, {}}, deleted});
            else
                fail(std::move(packet), "id: there is no " + (id->empty() ? "meta id" : *id) +
                                            "; what identifies the document was expected");
        }
        return documents;
    }

    // An order to delete names its document as the client did, in the address.
    std::optional<std::string> id_of(const penstock::packet& packet, bool deleted) const
    {
        std::optional<std::string> found;
        if (!id->empty())
            found = place(*id).text(packet);
        if (!found && (id->empty() || deleted))
            found = place("/meta/id").text(packet);
        if (!found && id->empty() && !deleted)
            found = packet.id().text();
        return found;
    }

    static void spell_out(std::vector<document>& documents)
    {
        for (document& each : documents)
        {
            if (each.deleted)
                continue;
            try
            {
                const json::object& fields = each.packet->fields();
                penstock::write_json(fields, each.effect.fields);
                each.effect.words = searchable(fields);
                each.effect.lists = lists_of(*each.packet);
            }
            catch (const std::invalid_argument& error) // a number that JSON cannot hold
            {
                each.wrong = error.what();
            }
        }
    }

    std::vector<change> changes_of(std::vector<document>& documents)
    {
        std::vector<change> changes;
        changes.reserve(documents.size());
        std::erase_if(documents,
                      [&](document& each)
                      {
                          if (each.wrong.empty())
                          {
                              changes.push_back(std::move(each.effect));
                              return false;
                          }
                          fail(std::move(*each.packet), std::move(each.wrong));
                          return true;
                      });
        return changes;
    }

    static std::string lists_of(const penstock::packet& packet)
    {
        json::array names;
        for (const auto& [name, value] : packet.fields())
            if (value.is_array() && !packet.is_multivalued(name))
                names.emplace_back(name);
        return names.empty() ? std::string() : penstock::write_json(names);
    }

    std::shared_ptr<writer> writer_;
};

} // namespace

extern constinit const penstock::component_entry index_entry = penstock::component_of<index>(
    "index", penstock::category::publisher, "Keeps documents in a full-text index.");

} // namespace search_package
