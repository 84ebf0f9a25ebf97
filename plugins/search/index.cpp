// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "place.hpp"
#include "settings.hpp"
#include "sqlite.hpp"
#include "stemming.hpp"
#include "store.hpp"
#include "words.hpp"
#include "writer.hpp"

#include "../packets/document_publisher.hpp"

#include <penstock/sdk.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace search_package
{
namespace
{

namespace json = penstock::json;
using namespace std::chrono_literals;

constexpr penstock::byte_count largest_batch{16 << 20};

class index final : public packets::document_publisher
{
public:
    index() : document_publisher({.count = 2000, .bytes = largest_batch, .wait = 100ms}) {}

private:
    penstock::parameter<std::string> database{
        *this, "database", penstock::no_default,
        "The name of the database under the data directory: a-z, 0-9, _ and -.",
        penstock::example{"catalogue"}};
    penstock::parameter<std::string> id{
        *this, "id", "",
        "What identifies a document: /meta/NAME, /fields/NAME, or the NAME of meta or else of a "
        "field. If empty, the meta id, or else the packet's own id."};
    penstock::parameter<std::uint32_t> batch_size{*this, "batch", 2000,
                                                  "Deprecated: the old name of batch_count.",
                                                  penstock::range{1, 100'000}};
    penstock::parameter<std::chrono::milliseconds> window{*this, "window", 100ms,
                                                          "Deprecated: the old name of batch_wait.",
                                                          penstock::range{0, 1000}};

    penstock::parameter<std::vector<std::string>> fields{
        *this,
        "fields",
        {},
        "Fields that have a column of their own in the index, so that search/query can weigh them; "
        "the words of all other fields share one. When a graph starts with other fields, facets or "
        "language than before, the index is made anew of its documents.",
        penstock::example{penstock::json::array{"title", "text"}}};
    penstock::parameter<std::vector<std::string>> facets{
        *this,
        "facets",
        {},
        "Fields whose values search/query can count and filter by: texts, numbers, true and false, "
        "of lists each. Values over 256 bytes are left out.",
        penstock::example{penstock::json::array{"kind"}}};
    penstock::parameter<std::string> language{
        *this, "language", "",
        "The language whose stems are indexed, so that houses finds house: english, german, or a "
        "code as en. If empty, words are indexed as they are.",
        penstock::example{"english"}};

    penstock::counter indexed{*this, "documents", "Documents that were kept."};
    penstock::counter deleted{*this, "deleted_documents", "Documents that were deleted by order."};
    penstock::counter late{*this, "late_documents",
                           "Parts of a version that was accepted before the one that is there."};
    penstock::histogram seconds{*this, "commit_seconds", "How long a batch took to be kept."};

    void check(penstock::problems& found) const override
    {
        check_database(database, found);
        check_place(id, found);
        check_names(fields, most_fields, found);
        check_names(facets, most_facets, found);
        if (!language->empty() && !has_stems(*language))
            found.add(language,
                      "is \"" + *language + "\"; one of " + languages() + " was expected");
    }

    // An earlier version of the graph may keep documents with other settings: the index is made
    // anew when it has ended, which connect() comes behind. A writer that nobody has used yet is
    // that of another node of this version.
    void start() override
    {
        penstock::exclusive("search:" + *database);
        limit({.count = *batch_size, .bytes = largest_batch, .wait = *window});
        writer_ = find_writer();
        if (writer_->with() == wanted())
            return;
        if (!writer_->is_used())
            throw std::invalid_argument(conflict());
        writer_.reset();
    }

    void connect() override
    {
        if (!writer_)
            writer_ = find_writer();
        if (writer_->with() != wanted())
        {
            writer_.reset();
            throw penstock::unavailable(conflict());
        }
        writer_->use();
    }

    [[nodiscard]] settings wanted() const { return {*fields, *facets, *language}; }

    [[nodiscard]] std::shared_ptr<writer> find_writer() const
    {
        const std::string file = database_file(*database);
        return penstock::shared<writer>(file,
                                        [&] { return std::make_unique<writer>(file, wanted()); });
    }

    [[nodiscard]] std::string conflict() const
    {
        return "another node keeps documents in database " + *database +
               " with other fields, facets or language; the same were expected";
    }

    void write(penstock::batch& packets) override
    {
        std::vector<document> documents = identify(packets);
        penstock::blocking([&] { spell_out(documents); });
        fail_wrong(documents);
        const std::vector<change> changes = changes_of(documents);
        const auto begin = std::chrono::steady_clock::now();
        const std::vector<std::size_t> left_out =
            penstock::blocking([&] { return commit(changes); });
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begin;
        seconds.observe(spent.count());
        for (const std::size_t each : left_out)
        {
            drop(documents[each].place);
            documents[each].is_late = true;
        }
        for (const document& each : documents)
            (each.is_late ? late : each.deleted ? deleted : indexed).add();
    }

    // A packet and what it changes; its fields are borrowed for a while, for the other thread.
    struct document
    {
        const penstock::packet* packet;
        std::size_t place; // in the batch
        change effect;
        bool deleted;
        std::string wrong = {};
        bool is_late = false;
    };

    std::vector<document> identify(const penstock::batch& packets)
    {
        std::vector<document> documents;
        documents.reserve(packets.size());
        for (std::size_t i = 0; i < packets.size(); ++i)
        {
            const penstock::packet& packet = packets[i];
            if (end_without_document(i, packet))
                continue;
            const bool deleted = packets::is_order_to_delete(packet);
            if (auto found = id_of(packet, deleted))
                documents.push_back(
                    {&packet,
                     i,
                     {.id = std::move(*found), .fields = {}, .columns = {}, .lists = {}},
                     deleted});
            else
                fail(i, "id: there is no " + (id->empty() ? "meta id" : *id) +
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

    void spell_out(std::vector<document>& documents) const
    {
        for (document& each : documents)
        {
            if (each.deleted)
                continue;
            try
            {
                const json::object& content = each.packet->fields();
                each.packet->write_fields(each.effect.fields);
                each.effect.columns = columns_of(content, writer_->with().fields);
                each.effect.labels = labels_of(content, writer_->with().facets);
                each.effect.lists = lists_of(*each.packet);
                each.effect.whole = first_text(*each.packet, {"document", "parent"});
                each.effect.version = first_text(*each.packet, {"version"});
                each.effect.time = first_text(*each.packet, {"processingtime"});
            }
            catch (const std::invalid_argument& error) // a number that JSON cannot hold
            {
                each.wrong = error.what();
            }
        }
    }

    void fail_wrong(std::vector<document>& documents)
    {
        for (const document& each : documents)
            if (!each.wrong.empty())
                fail(each.place, each.wrong);
        std::erase_if(documents, [](const document& each) { return !each.wrong.empty(); });
    }

    static std::vector<change> changes_of(std::vector<document>& documents)
    {
        std::vector<change> changes;
        changes.reserve(documents.size());
        for (document& each : documents)
            changes.push_back(std::move(each.effect));
        return changes;
    }

    [[nodiscard]] std::vector<std::size_t> commit(const std::vector<change>& changes) const
    {
        try
        {
            return writer_->commit(changes);
        }
        catch (const database_error& error)
        {
            if (error.is_unavailable())
                throw penstock::unavailable(error.what());
            throw;
        }
    }

    // The meta that is there first.
    static std::string first_text(const penstock::packet& packet,
                                  std::initializer_list<std::string_view> names)
    {
        for (const std::string_view name : names)
            if (std::optional<std::string> text = place("/meta/" + std::string(name)).text(packet))
                return *std::move(text);
        return {};
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
