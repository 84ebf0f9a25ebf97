// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/entry_lineage.hpp"

#include <cassert>
#include <utility>

namespace penstock::host
{

namespace
{
constexpr std::size_t most_dead_listed = 100;
constexpr std::size_t most_replies = 1'000;
constexpr std::size_t most_reply_bytes = 1024 * 1024;

#ifdef PENSTOCK_ASSERTS_ENDS
bool is_counted(const receipt_result& result) noexcept
{
    return result.delivered + result.dropped + result.failed + result.dead_count != 0;
}
#endif

} // namespace

entry_lineage::entry_lineage(std::unique_ptr<lane_entry> entry, std::uint64_t number,
                             entry_watcher& watcher)
    : entry_(std::move(entry)), number_(number), watcher_(watcher)
{
}

void entry_lineage::attach_to(packet& each) noexcept
{
    has_packets_ = true;
    detail::packet_access::attach(each, *this);
}

void entry_lineage::count(detail::end how) noexcept
{
    switch (how)
    {
    case detail::end::delivered: ++result_.delivered; break;
    case detail::end::dropped: ++result_.dropped; break;
    case detail::end::failed: ++result_.failed; break;
    case detail::end::uncounted: break;
    }
}

void entry_lineage::add_dead_letter(const json::object& dead_letter)
{
    ++result_.dead_count;
    if (result_.dead.size() < most_dead_listed)
        result_.dead.push_back(dead_letter);
}

void entry_lineage::reply(const packet& packet)
{
    result_.replied = true;
    json::object form = to_json(packet);
    std::string text;
    write_json(form, text);
    const std::size_t size = text.size();
    if (result_.packets.size() == most_replies || reply_bytes_ + size > most_reply_bytes)
    {
        result_.truncated = true;
        return;
    }
    reply_bytes_ += size;
    result_.packets.emplace_back(std::move(form));
}

void entry_lineage::reply_whole(const packet& packet)
{
    add_to(result_.whole, packet, watcher_.answer_room());
}

void entry_lineage::receipts(void (*visit)(void*, std::string_view), void* context) const
{
    visit(context, entry_->id.text());
}

void entry_lineage::keys(void (*visit)(void*, std::string_view), void* context) const
{
    if (!entry_->key.empty())
        visit(context, entry_->key);
}

void entry_lineage::closed() noexcept
{
#ifdef PENSTOCK_ASSERTS_ENDS
    assert(abandoned_ || !has_packets_ || is_counted(result_));
#endif
    if (abandoned_)
        watcher_.abandoned(std::move(entry_));
    else
        watcher_.finished(std::move(entry_), std::move(result_));
    delete this;
}

} // namespace penstock::host
