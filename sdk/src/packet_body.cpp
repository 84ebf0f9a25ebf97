// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "packet_body.hpp"

#ifdef PENSTOCK_ASSERTS_LANES
#include <cstdio>
#include <cstdlib>
#endif

namespace penstock::detail
{

const field_store& shared_meta::read() const noexcept
{
    static const field_store none;
    return counted_ != nullptr ? counted_->content : none;
}

field_store& shared_meta::write()
{
    if (counted_ == nullptr)
        counted_ = new counted;
    else if (counted_->references > 1)
    {
        auto* copy = new counted(counted_->content);
        --counted_->references;
        counted_ = copy;
    }
    return counted_->content;
}

packet_body::packet_body(const packet_body& other)
    : parent_receive(other.parent_receive), id(other.id), meta(other.meta)
{
    copy_content(other, keep_meta::yes);
}

void packet_body::copy_content(const packet_body& other, keep_meta with_field_meta)
{
    fields = field_store(other.fields);
    if (other.one_list)
        one_list = std::make_unique<name_set>(*other.one_list);
    if (other.field_meta && with_field_meta == keep_meta::yes)
        field_meta = std::make_unique<json::object>(*other.field_meta);
    data = other.data;
}

void packet_body::mark_one_list(std::string_view field, bool is_one)
{
    if (is_one)
    {
        if (!one_list)
            one_list = std::make_unique<name_set>();
        one_list->emplace(field);
    }
    else if (one_list)
    {
        if (auto found = one_list->find(field); found != one_list->end())
            one_list->erase(found);
        if (one_list->empty())
            one_list.reset();
    }
}

void packet_body::set_field_meta(std::string_view field, json::object content)
{
    if (!field_meta)
        field_meta = std::make_unique<json::object>();
    field_meta->insert_or_assign(field, std::move(content));
}

bool packet_body::erase_field_meta(std::string_view field)
{
    if (!field_meta || field_meta->stable_erase(field) == 0)
        return false;
    if (field_meta->empty())
        field_meta.reset();
    return true;
}

#ifdef PENSTOCK_ASSERTS_LANES
void assert_lane(const packet_body& body, const lineage* receipts) noexcept
{
    if (receipts == nullptr || body.lane == std::this_thread::get_id())
        return;
    std::fputs("packet: used on a thread that is not its lane's; its own was expected\n", stderr);
    std::abort();
}
#endif

} // namespace penstock::detail
