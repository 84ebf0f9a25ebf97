// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/packet_access.hpp>
#include <penstock/detail/runtime.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace penstock::recording
{

using detail::packet_access;

/// Records what happens to one receipt. Lives longer than its packets.
class receipt final : public detail::lineage
{
public:
    explicit receipt(std::string name = "r") : id(std::move(name)) {}

    void count(detail::end how) noexcept override { ends.push_back(how); }

    void abandon() noexcept override { ++abandoned; }

    void add_dead_letter(const json::object& dead_letter) override
    {
        dead_letters.push_back(dead_letter);
    }

    void reply(const packet&) override { ++replies; }

    void reply_whole(const packet&) override { ++whole_replies; }

    void count_replicated() noexcept override { ++replicated; }

    void receipts(void (*visit)(void*, std::string_view), void* context) const override
    {
        visit(context, id);
    }

    std::string id;
    std::vector<detail::end> ends;
    std::vector<json::object> dead_letters;
    int abandoned = 0;
    int replies = 0;
    int whole_replies = 0;
    int replicated = 0;
    int closings = 0;

private:
    void closed() noexcept override { ++closings; }
};

/// Makes a packet that carries a receipt.
inline packet carrying(receipt& receipt, json::object fields = {})
{
    packet p(std::move(fields));
    packet_access::attach(p, receipt);
    return p;
}

/// The ids of all receipts a packet carries.
inline std::vector<std::string> carried(const packet& p)
{
    std::vector<std::string> ids;
    if (const auto* lineage = packet_access::receipts(p))
        lineage->receipts([](void* to, std::string_view id)
                          { static_cast<std::vector<std::string>*>(to)->emplace_back(id); },
                          &ids);
    return ids;
}

/// Runs on this thread as long as it lives, and settles each packet handed back as dropped.
class runtime final : public detail::runtime
{
public:
    explicit runtime(std::uint64_t node = 7) : before_(detail::current())
    {
        node_key_ = node;
        detail::set_current(this);
    }

    ~runtime() override { detail::set_current(before_); }

    struct ending
    {
        packet_id id;
        std::uint32_t children;
    };

    std::vector<ending> handed_back;
    std::vector<packet> outside;

    void hand_back(packet&& p) noexcept override
    {
        handed_back.push_back({p.id(), packet_access::children(p)});
        auto* lineage = packet_access::detach(p);
        lineage->count(detail::end::dropped);
        lineage->release();
        packet_access::destroy(p);
    }

    detail::arrival refill(input&, const detail::wait&) override { return detail::arrival::closed; }

    void make_room(output&) override {}

    void consumed(const packet&) noexcept override {}

    [[nodiscard]] std::uint32_t received() const noexcept override { return 0; }

    void hand_back_outside(packet&& p) noexcept override { outside.push_back(std::move(p)); }

    void deliver(packet&&) override {}

    void drop(packet&&) override {}

    void fail(packet&&, std::string) override {}

    void retry(packet&&, std::string) override {}

    void threw(std::string) override {}
    void away(std::string, std::chrono::milliseconds) override {}
    [[nodiscard]] bool is_away() const noexcept override { return false; }

    void reply(const packet&) override {}

    void blocking(detail::callable work) override { work.call(work.object); }

    void wait_until(std::chrono::steady_clock::time_point) override {}

    void acquire(std::string_view) override {}

    void log(severity, std::string_view) noexcept override {}

private:
    detail::runtime* before_;
};

} // namespace penstock::recording
