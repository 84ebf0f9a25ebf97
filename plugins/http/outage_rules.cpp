// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "outage_rules.hpp"

#include "../curl/outage.hpp"

#include <algorithm>

namespace http_package
{

outage_rules::outage_rules(penstock::component& owner)
    : refusals_(owner, "refusals", {},
                "Statuses from 500 on that fail a packet, as those of 4xx do, instead of having "
                "the node wait. Where packets name a part of the URL, 501, 505, 506, 508, 510 and "
                "those of 3xx fail it too.",
                penstock::range{500, 599}, penstock::example{penstock::json::array{500}}),
      patience_(owner, "patience", 10,
                "How often in turn a packet that names a part of the URL waits for a server that "
                "takes the connection and then gives it 500, or no whole answer in time, before it "
                "fails; 0: for ever. Where the graph alone names the URL, all packets wait.",
                penstock::range{0, 1'000'000})
{
}

void outage_rules::start(bool logs_in, bool has_fixed_url)
{
    logs_in_ = logs_in;
    has_fixed_url_ = has_fixed_url;
}

bool outage_rules::waits_for(unsigned status) const
{
    if (status == 401 && logs_in_)
        return true;
    if (status == 401 || status == 403 || status / 100 == 3)
        return has_fixed_url_;
    const bool is_away = curl::is_outage(status) || (status >= 500 && has_fixed_url_);
    return is_away && std::ranges::find(*refusals_, status) == refusals_->end();
}

bool outage_rules::is_over(const penstock::packet_id& packet)
{
    if (has_fixed_url_)
        return false;
    if (!(packet == last_))
        count_ = 0;
    last_ = packet;
    ++count_;
    if (*patience_ == 0 || count_ < *patience_)
        return false;
    count_ = 0;
    return true;
}

} // namespace http_package
