// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/idempotency.hpp"

#include <optional>
#include <utility>

namespace penstock::host::api
{

sha256_digest fingerprint(const http::request& of)
{
    std::string parts; // each with its length, so that no two lists of them are one text
    const auto add = [&](std::string_view part)
    { parts.append(std::to_string(part.size())).append(1, ':').append(part); };
    add(of.method);
    for (const std::string& segment : of.path)
        add(segment);
    add(of.headers.value("Content-Type"));
    add(of.headers.value("Content-Encoding"));
    add(to_hex(sha256(of.body)));
    return sha256(parts);
}

// Neither a graph's name nor a field of a header has a line's end in it.
std::string key_name(std::string_view graph, std::string_view key, std::string_view sender)
{
    std::string name(graph);
    name.append(1, '\n').append(key);
    if (!sender.empty())
        name.append(1, '\n').append(sender);
    return name;
}

idempotency::idempotency(std::size_t most, std::chrono::seconds window)
    : most_(most), window_(window)
{
}

idempotency::claim idempotency::take(const std::string& key, const sha256_digest& print,
                                     clock::time_point now)
{
    std::lock_guard lock(mutex_);
    expire(now);
    const auto [found, fresh] = uses_.try_emplace(key, use{print, taken_ + 1, nullptr});
    if (fresh)
    {
        in_order_.push_back({key, ++taken_, now});
        return {};
    }
    const use& first = found->second;
    if (first.print != print)
        return {key_state::other_body, nullptr};
    if (first.made == nullptr)
        return {key_state::in_progress, nullptr};
    return {key_state::repeated, first.made};
}

void idempotency::accept(const std::string& key, std::shared_ptr<const receipt> made)
{
    std::lock_guard lock(mutex_);
    const auto found = uses_.find(key);
    if (found != uses_.end())
        found->second.made = std::move(made);
}

void idempotency::forget(const std::string& key)
{
    std::lock_guard lock(mutex_);
    uses_.erase(key);
}

void idempotency::expire(clock::time_point now)
{
    while (!in_order_.empty() &&
           (uses_.size() >= most_ || in_order_.front().since + window_ <= now ||
            in_order_.size() > 2 * most_))
    {
        const age& oldest = in_order_.front();
        const auto found = uses_.find(oldest.key);
        if (found != uses_.end() && found->second.number == oldest.number)
            uses_.erase(found);
        in_order_.pop_front();
    }
}

idempotency::claim used_before(engine& graphs, const std::string& name,
                               const std::string& name_without_sender, const sha256_digest& print)
{
    journal_queries& kept = graphs.journal().kept();
    std::optional<used_key> used = kept.key(name);
    bool is_other = used && used->fingerprint && *used->fingerprint != print;
    if (is_other)
        return {idempotency::key_state::other_body, nullptr};
    if (!used && name != name_without_sender)
    {
        used = kept.key(name_without_sender);
        is_other = used && used->fingerprint && *used->fingerprint != print;
    }
    if (!used || is_other)
        return {};
    auto first = graphs.receipts().find(used->id);
    if (first == nullptr) // the key is kept for longer than the receipt
        first = std::make_shared<receipt>(issue{0, used->id}, std::string());
    return {idempotency::key_state::repeated, std::move(first)};
}

} // namespace penstock::host::api
