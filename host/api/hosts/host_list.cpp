// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/hosts/host_list.hpp"

#include <algorithm>
#include <functional>

namespace penstock::host::api
{

namespace
{

// What a host that is stopping refuses, it refuses until its end: nobody is to ask again.
class ending_link final : public rollout::host_link
{
public:
    ending_link(std::unique_ptr<rollout::host_link> own, const std::atomic<bool>& is_ending)
        : own_(std::move(own)), is_ending_(is_ending)
    {
    }

    void end_by(std::chrono::steady_clock::time_point deadline) override { own_->end_by(deadline); }

    boost::system::result<http::response> send(std::string_view method, const std::string& target,
                                               const http::header_list& headers,
                                               const std::string& body) override
    {
        auto answer = own_->send(method, target, headers, body);
        if (is_ending_ && answer && answer->status == 503)
            return http::response::problem(409, {}, "this host is stopping");
        return answer;
    }

private:
    const std::unique_ptr<rollout::host_link> own_;
    const std::atomic<bool>& is_ending_;
};

} // namespace

host_list::host_list(const peer_options& options, http::handler& own,
                     const std::atomic<bool>& is_ending)
    : own_(own),
      is_ending_(is_ending),
      ca_(options.limits.who.ca),
      wait_(options.limits.wait),
      all_{{.number = options.host_number, .address = {}, .at = {}}}
{
    for (const http::peer_address& each : options.others)
        if (each.number == options.host_number)
            all_.front().address = to_string(each.at);
        else
            all_.push_back({each.number, to_string(each.at), each.at});
    std::ranges::sort(all_.begin() + 1, all_.end(), std::less<>(), &listed_host::number);
}

std::unique_ptr<rollout::host_link> host_list::reach(const listed_host& which,
                                                     const caller& who) const
{
    if (!which.at)
        return std::make_unique<ending_link>(std::make_unique<own_link>(own_, who), is_ending_);
    return std::make_unique<rollout::client_link>(
        *which.at, http::client_identity{.token = who.token, .ca = ca_});
}

} // namespace penstock::host::api
