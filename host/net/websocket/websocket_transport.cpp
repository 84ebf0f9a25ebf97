// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "websocket_transport.hpp"

#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/websocket/teardown.hpp>

namespace penstock::host::http
{

void websocket_transport::read(boost::asio::mutable_buffer into, finish done)
{
    if (secure_ != nullptr)
        secure_->async_read_some(into, std::move(done));
    else
        plain_.async_read_some(into, std::move(done));
}

void websocket_transport::write(std::vector<boost::asio::const_buffer> all, finish done)
{
    if (secure_ != nullptr)
        secure_->async_write_some(all, std::move(done));
    else
        plain_.async_write_some(all, std::move(done));
}

void websocket_transport::tear_down(boost::beast::role_type role,
                                    std::function<void(boost::system::error_code)> done)
{
    if (secure_ != nullptr)
        secure_->async_shutdown(std::move(done));
    else
        boost::beast::websocket::async_teardown(role, plain_, std::move(done));
}

} // namespace penstock::host::http
