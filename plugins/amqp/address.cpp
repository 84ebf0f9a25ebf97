// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "address.hpp"

#include <stdexcept>
#include <string_view>

#include <amqp.h>

namespace amqp_package
{

address address_of(const std::string& url)
{
    const std::size_t begin = url.find("://");
    const std::string_view host_and_user =
        begin == std::string::npos
            ? std::string_view()
            : std::string_view(url).substr(begin + 3, url.find('/', begin + 3) - begin - 3);
    if (host_and_user.find('@') != std::string_view::npos)
        throw std::invalid_argument(
            "has credentials, which everybody sees; the parameters user and "
            "password were expected");
    std::string text = url; // the library writes into it
    amqp_connection_info parts{};
    if (host_and_user.empty() || amqp_parse_url(text.data(), &parts) != AMQP_STATUS_OK)
        throw std::invalid_argument("is no address of a broker; amqp://HOST[:PORT][/VIRTUAL_HOST], "
                                    "or the same with amqps, was expected");
    address made{parts.host, parts.port, parts.vhost, parts.ssl != 0};
    if (made.virtual_host.empty()) // a slash at the end
        made.virtual_host = "/";
    return made;
}

} // namespace amqp_package
