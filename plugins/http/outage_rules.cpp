// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "outage_rules.hpp"

#include <algorithm>

namespace http_package
{
namespace
{

// Whether a status says that the server is in trouble, whoever asks it for whatever: 429 (RFC 6585,
// 4) and those from 500 on (RFC 9110, 15.6), but for those that are about the request.
constexpr bool is_outage(unsigned status)
{
    const bool is_about_the_request =
        status == 501 || status == 505 || status == 506 || status == 508 || status == 510;
    return status == 429 || (status >= 500 && !is_about_the_request);
}

} // namespace

outage_rules::outage_rules(penstock::component& owner)
    : refusals_(owner, "refusals", {},
                "Statuses from 500 on that fail a packet, as those of 4xx do, instead of having "
                "the node wait. Where packets name a part of the URL, 501, 505, 506, 508, 510 and "
                "those of 3xx, 403 and, without credentials, 401 fail it too.",
                penstock::range{500, 599}, penstock::example{penstock::json::array{500}}),
      patience_(owner, "patience", 10,
                "How often in turn a packet that names a part of the URL waits for a server that "
                "takes the connection and then gives it 500, or no whole answer in time, before it "
                "fails; 0: for ever. Where the graph alone names the URL, all packets wait; where "
                "packets name the host, each is tried again as the node's retry says.",
                penstock::range{0, 1'000'000})
{
}

void outage_rules::start(bool logs_in, named_part named)
{
    logs_in_ = logs_in;
    named_ = named;
}

verdict outage_rules::of_answer(unsigned status, const penstock::packet_id& packet)
{
    if (status == 408) // the network was too slow, perhaps for once
        return verdict::retries;
    if (!is_for_all(status))
        return verdict::fails;
    return status == 500 ? of_no_answer(packet) : of_outage();
}

// One address may fail for good while the others work: its packet does not wait for ever.
verdict outage_rules::of_no_answer(const penstock::packet_id& packet)
{
    if (named_ != named_part::address || *patience_ == 0)
        return of_outage();
    count_ = packet == last_ ? count_ + 1 : 1;
    last_ = packet;
    if (count_ < *patience_)
        return verdict::waits;
    count_ = 0;
    return verdict::fails;
}

verdict outage_rules::of_no_connection() const
{
    return of_outage();
}

verdict outage_rules::of_outage() const
{
    return named_ == named_part::host ? verdict::retries : verdict::waits;
}

bool outage_rules::is_for_all(unsigned status) const
{
    const bool is_one_url = named_ == named_part::nothing;
    if (status == 401 && logs_in_)
        return true;
    if (status == 401 || status == 403 || status / 100 == 3)
        return is_one_url;
    const bool is_away = is_outage(status) || (status >= 500 && is_one_url);
    return is_away && std::ranges::find(*refusals_, status) == refusals_->end();
}

} // namespace http_package
