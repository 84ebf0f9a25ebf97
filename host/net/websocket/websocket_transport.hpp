// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For the files of WebSockets only: Asio is heavy to compile.

#include "websocket_stream.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/system/error_code.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace penstock::host::http
{

/// What a WebSocket's bytes pass: a socket, or TLS over it. One type for both, and one type of
/// handler, so that Beast's stream is compiled once and not for each. All members run on the
/// socket's executor.
class websocket_transport
{
public:
    using executor_type = websocket_stream::socket::executor_type;

    /// Both outlive this object; the second may be null.
    websocket_transport(websocket_stream::socket& plain, websocket_stream::secure_socket* secure)
        : plain_{plain}, secure_{secure}
    {
    }

    [[nodiscard]] executor_type get_executor() { return plain_.get_executor(); }
    [[nodiscard]] websocket_stream::socket& next_layer() noexcept { return plain_; }
    [[nodiscard]] const websocket_stream::socket& next_layer() const noexcept { return plain_; }

    template <class Buffers, class Done>
    void async_read_some(const Buffers& into, Done&& done)
    {
        auto first = boost::asio::buffer_sequence_begin(into);
        const auto end = boost::asio::buffer_sequence_end(into);
        while (first != end && boost::asio::mutable_buffer(*first).size() == 0)
            ++first;
        read(first == end ? boost::asio::mutable_buffer{} : boost::asio::mutable_buffer{*first},
             shared(std::forward<Done>(done)));
    }

    template <class Buffers, class Done>
    void async_write_some(const Buffers& all, Done&& done)
    {
        write({boost::asio::buffer_sequence_begin(all), boost::asio::buffer_sequence_end(all)},
              shared(std::forward<Done>(done)));
    }

    /// Ends the connection once the WebSocket is over.
    template <class Done>
    friend void async_teardown(boost::beast::role_type role, websocket_transport& ended,
                               Done&& done)
    {
        ended.tear_down(role, [last = shared(std::forward<Done>(done))](
                                  boost::system::error_code error) { last(error, 0); });
    }

private:
    using finish = std::function<void(boost::system::error_code, std::size_t)>;

    // Handlers may only be movable; what the standard wants to keep must be copied.
    template <class Done>
    static finish shared(Done&& done)
    {
        using kind = std::decay_t<Done>;
        return [kept = std::make_shared<kind>(std::forward<Done>(done))](
                   boost::system::error_code error, std::size_t count)
        {
            if constexpr (std::is_invocable_v<kind, boost::system::error_code, std::size_t>)
                std::move (*kept)(error, count);
            else
                std::move (*kept)(error);
        };
    }

    void read(boost::asio::mutable_buffer into, finish done);
    void write(std::vector<boost::asio::const_buffer> all, finish done);
    void tear_down(boost::beast::role_type role,
                   std::function<void(boost::system::error_code)> done);

    websocket_stream::socket& plain_;
    websocket_stream::secure_socket* secure_;
};

} // namespace penstock::host::http
