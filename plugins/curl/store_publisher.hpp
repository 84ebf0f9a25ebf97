// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client.hpp"
#include "server_access.hpp"

#include "../packets/document_publisher.hpp"

#include <penstock/sdk.hpp>

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace curl
{

/// A publisher of documents to a server that keeps each by its id and takes many at once, over HTTP:
/// what those have in common. Its parameters are `url` and `id`; a component has a server_access behind its
/// own.
class store_publisher : public packets::document_publisher
{
protected:
    /// What is said of one kind of server.
    struct kind
    {
        const char* url_help;
        const char* url_example;
        const char* content_type; ///< of what it is sent
    };

    explicit store_publisher(const kind& of);

    penstock::parameter<std::string> url;
    penstock::parameter<std::string> id;

    penstock::counter taken{*this, "documents", "Documents that the server took."};
    penstock::counter deleted{*this, "deleted_documents", "Documents that were deleted by order."};
    penstock::histogram seconds{*this, "request_seconds", "How long a request took."};

    void check(penstock::problems& found) const override;
    void start() override;

    /// How it connects, and as whom.
    [[nodiscard]] virtual const server_access& access() const = 0;

    /// What an answer says that is not 200; one line.
    [[nodiscard]] virtual std::string reason_of(const answer& told) const = 0;

    /// The address that the graph gives, without a slash at its end.
    [[nodiscard]] const std::string& address() const noexcept { return address_; }

    /// Sends a request below the address. [within connect() or write()]
    answer send_to(std::string_view target, std::string_view body, const char* method = "POST");

    /// The same with documents, whose time is noted.
    answer send_documents(std::string_view target, std::string_view body);

    /// Makes the error of an answer that tells that the server cannot take anything now.
    [[nodiscard]] penstock::unavailable away(const answer& told) const;

    /// Makes that of an answer to documents that is none.
    [[nodiscard]] penstock::unavailable no_answer(const std::string& to,
                                                  const std::exception& why) const;

    /// Returns what identifies a document, or one that is to be deleted: an order to delete names it
    /// as the client did, in the address. Throws std::invalid_argument if there is none.
    [[nodiscard]] std::string id_of(const penstock::packet& item, bool deletes) const;

    /// Makes a `Change` of each item that has not ended without one, by `make`; an item for which
    /// that throws std::invalid_argument fails. [within write()]
    template <class Change, class Make>
    std::vector<Change> changes_of(const penstock::batch& items, Make make)
    {
        std::vector<Change> changes;
        changes.reserve(items.size());
        for (std::size_t i = 0; i < items.size(); ++i)
        {
            if (end_without_document(i, items[i]))
                continue;
            try
            {
                changes.push_back(make(i, items[i], packets::is_order_to_delete(items[i])));
            }
            catch (const std::invalid_argument& error)
            {
                fail(i, error.what());
            }
        }
        return changes;
    }

    /// Fails and takes out those that turned out to be wrong when they were written.
    template <class Change>
    void fail_wrong(std::vector<Change>& changes)
    {
        std::erase_if(changes,
                      [this](const Change& each)
                      {
                          if (!each.wrong.empty())
                              fail(each.place, each.wrong);
                          return !each.wrong.empty();
                      });
    }

private:
    const char* const content_type_;
    std::unique_ptr<client> client_;
    std::string address_;
    std::vector<std::string> headers_;
};

} // namespace curl
