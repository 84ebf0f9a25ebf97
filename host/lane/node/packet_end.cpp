// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/packet_end.hpp"

namespace penstock::host
{

using access = detail::packet_access;

void end_packet(packet&& packet, detail::end how, node_counters& counters,
                node_inputs& received_by) noexcept
{
    received_by.count_received(); // before somebody hears of the end
    if (access::tries(packet) != 0)
        counters.retrying.ended();
    if (how == detail::end::delivered || how == detail::end::failed)
        counters.delivered.add();
    else if (how == detail::end::dropped)
        counters.dropped.add();
    detail::lineage* receipts = access::detach(packet);
    access::destroy(packet);
    if (receipts == nullptr)
        return;
    receipts->count(how);
    receipts->release();
}

void abandon_packet(packet&& packet) noexcept
{
    detail::lineage* receipts = access::detach(packet);
    access::destroy(packet);
    receipts->abandon();
    receipts->release();
}

} // namespace penstock::host
