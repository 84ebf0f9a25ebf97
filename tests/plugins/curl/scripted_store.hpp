// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "scripted_server.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

/// A server of a test that keeps documents, and objects as it is told. A `Change` is what one
/// request asks for several times.
template <class Change>
class scripted_store
{
public:
    /// What it says of a change instead of making it; nothing: it makes it.
    using objection = std::function<std::optional<std::pair<unsigned, std::string>>(const Change&)>;
    /// What it answers instead of reading a request; nothing: it reads it.
    using mood = std::function<std::optional<scripted_answer>(const received_request&)>;

    [[nodiscard]] scripted_server& server() noexcept { return server_; }

    /// Forgets all documents.
    void clear()
    {
        const std::lock_guard lock(mutex_);
        kept_.documents.clear();
    }

    /// The number of changes of each request that was read, in order, but for those without any.
    [[nodiscard]] std::vector<std::size_t> batches() const
    {
        const std::lock_guard lock(mutex_);
        return kept_.batches;
    }

protected:
    struct content
    {
        std::map<std::string, std::string> documents;
        std::vector<std::size_t> batches;
        objection object; // may be empty

        [[nodiscard]] auto objected(const Change& to) const
        {
            return object ? object(to) : std::nullopt;
        }
    };

    /// Reads a request and changes what is kept. [one thread at a time]
    using protocol = scripted_answer (*)(const received_request&, content&);

    scripted_store(protocol reads, objection object, mood first)
        : reads_(reads),
          kept_{{}, {}, std::move(object)},
          first_(std::move(first)),
          server_([this](const received_request& request) { return answer(request); })
    {
    }

    /// The documents by their names.
    [[nodiscard]] std::map<std::string, std::string> kept() const
    {
        const std::lock_guard lock(mutex_);
        return kept_.documents;
    }

    [[nodiscard]] std::string address() const { return server_.url(); }

private:
    scripted_answer answer(const received_request& request)
    {
        if (first_)
            if (auto said = first_(request))
                return *std::move(said);
        const std::lock_guard lock(mutex_);
        return reads_(request, kept_);
    }

    const protocol reads_;
    mutable std::mutex mutex_;
    content kept_;
    const mood first_;
    scripted_server server_;
};
