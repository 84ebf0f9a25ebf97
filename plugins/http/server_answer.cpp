// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "server_answer.hpp"

#include "../curl/url.hpp"
#include "../packets/clipped.hpp"
#include "../packets/one_line.hpp"

namespace http_package
{

std::string reason_of(const std::string& url, const curl::answer& told)
{
    constexpr std::size_t most = 200; // bytes of the answer
    const std::string said = packets::one_line(std::string(packets::clipped(told.body, most)));
    return curl::origin_of(url) + ": status " + std::to_string(told.status) +
           (said.empty() ? "" : ": " + said);
}

} // namespace http_package
