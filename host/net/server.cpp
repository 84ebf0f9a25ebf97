// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "server.hpp"

#include "accept_trouble.hpp"
#include "as_value.hpp"
#include "event_loop.hpp"
#include "session.hpp"
#include "session_register.hpp"
#include "turn_away.hpp"

#include "host/base/spare_descriptor.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include <sys/socket.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <thread>

namespace penstock::host::http
{

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace
{

// How long accepting rests after an error that lasts, such as no descriptor left.
constexpr auto pause = std::chrono::milliseconds{100};

struct listener
{
    explicit listener(const io_executor& on) : acceptor{on}, rest{on} {}

    tcp_acceptor acceptor;
    steady_timer rest;
};

} // namespace

class server::engine
{
public:
    engine(handler& routes, settings with)
        : around_{routes, with.bounds, std::move(with.rules), std::move(with.report)},
          loops_(with.threads != 0 ? with.threads
                                   : std::max(1U, std::thread::hardware_concurrency())),
          trouble_{std::move(with.hears)}
    {
    }

    boost::system::result<std::uint16_t> listen(const listen_address& where)
    {
        error_code error;
        const auto address = asio::ip::make_address(where.address, error);
        if (error)
        {
            return error;
        }
        const tcp::endpoint endpoint{address, where.port};
        auto& opened = listeners_.emplace_back(accepting().get_executor());
        auto& acceptor = opened.acceptor;
        // One failing step leaves the later ones nothing to do but to fail as well.
        acceptor.open(endpoint.protocol(), error);
        if (!error)
        {
            acceptor.set_option(tcp_acceptor::reuse_address{true}, error);
        }
        if (!error)
        {
            acceptor.bind(endpoint, error);
        }
        if (!error)
        {
            acceptor.listen(tcp_acceptor::max_listen_connections, error);
        }
        around_.rules.hosts.push_back(where.address);
        return accept_on(opened, error);
    }

    boost::system::result<std::uint16_t> adopt(int listening)
    {
        error_code error;
        sockaddr_storage bound{};
        socklen_t size = sizeof bound;
        if (::getsockname(listening, reinterpret_cast<sockaddr*>(&bound), &size) != 0)
        {
            return error_code{errno, boost::system::system_category()};
        }
        auto& adopted = listeners_.emplace_back(accepting().get_executor());
        adopted.acceptor.assign(bound.ss_family == AF_INET6 ? tcp::v6() : tcp::v4(), listening,
                                error);
        if (const auto where = adopted.acceptor.local_endpoint(error); !error)
        {
            around_.rules.hosts.push_back(where.address().to_string());
        }
        return accept_on(adopted, error);
    }

    void secure(std::shared_ptr<const tls_identity> identity)
    {
        const std::lock_guard lock{identity_mutex_};
        identity_ = std::move(identity);
    }

    void start()
    {
        for (event_loop& each : loops_)
        {
            each.start(around_.routes);
        }
        started_ = true;
    }

    void drain() { around_.ending = true; }

    void conclude() { sessions_.conclude_all(); }

    bool stop(std::chrono::steady_clock::time_point deadline)
    {
        if (around_.draining.exchange(true))
        {
            return true;
        }
        asio::post(accepting().get_executor(),
                   [this]
                   {
                       error_code ignored;
                       for (auto& open : listeners_)
                       {
                           open.acceptor.close(ignored);
                           open.rest.cancel();
                       }
                   });
        sessions_.drain_all();
        const bool clean = !started_ || sessions_.wait_until_empty(deadline);
        if (!clean)
        {
            constexpr auto last_patience = std::chrono::seconds{1};
            sessions_.abort_all();
            static_cast<void>(
                sessions_.wait_until_empty(std::chrono::steady_clock::now() + last_patience));
        }
        const bool is_stuck = sessions_.size() > 0;
        for (event_loop& each : loops_)
        {
            each.finish();
            if (is_stuck)
            {
                each.stop();
            }
        }
        for (event_loop& each : loops_)
        {
            each.join();
        }
        return clean;
    }

    std::size_t connections() const { return sessions_.size(); }

private:
    /// The loop that accepts for all, beside its own connections.
    event_loop& accepting() { return loops_.front(); }

    boost::system::result<std::uint16_t> accept_on(listener& opened, error_code error)
    {
        const auto bound = error ? tcp::endpoint{} : opened.acceptor.local_endpoint(error);
        if (error)
        {
            listeners_.pop_back();
            return error;
        }
        asio::co_spawn(accepting().get_executor(), accept(opened),
                       [](const std::exception_ptr&) {});
        return bound.port();
    }

    task<> accept(listener& on)
    {
        while (!around_.draining)
        {
            event_loop& next = *std::ranges::min_element(
                loops_, {}, [](const event_loop& each) { return each.connections.load(); });
            tcp_socket socket{next.get_executor()};
            const auto [error] = co_await on.acceptor.async_accept(socket, as_value);
            if (!error && !around_.draining)
            {
                admit(std::move(socket), next);
            }
            else if (error && error != asio::error::connection_aborted && !around_.draining)
            {
                trouble_.failed(error.message(), accept_trouble::clock::now());
                if (error == asio::error::no_descriptors ||
                    error == boost::system::errc::too_many_files_open_in_system)
                {
                    shed(on.acceptor, spare_, identity() == nullptr);
                }
                on.rest.expires_after(pause);
                co_await on.rest.async_wait(as_value);
            }
        }
    }

    void admit(tcp_socket socket, event_loop& on)
    {
        error_code error;
        const auto peer = socket.remote_endpoint(error);
        if (error)
        {
            return; // gone already
        }
        socket.set_option(tcp::no_delay{true}, error);
        auto identity = this->identity();
        const auto now = accept_trouble::clock::now();
        const std::size_t most = around_.bounds.connections;
        if (most > 0 && sessions_.size() >= most)
        {
            trouble_.failed(std::to_string(most) + " are open, as many as there may be", now);
        }
        else
        {
            trouble_.succeeded(now);
        }
        if (!sessions_.has_room(peer.address(), around_.bounds))
        {
            if (!identity)
            {
                turn_away(socket);
            }
            return;
        }
        auto opened = std::make_shared<session>(std::move(socket), peer.address().to_string(),
                                                around_, std::move(identity));
        sessions_.add(opened, peer.address());
        ++on.connections;
        asio::co_spawn(on.get_executor(), opened->serve(),
                       [this, &on, opened, from = peer.address()](const std::exception_ptr&)
                       {
                           --on.connections;
                           sessions_.remove(opened, from);
                       });
    }

    std::shared_ptr<const tls_identity> identity() const
    {
        const std::lock_guard lock{identity_mutex_};
        return identity_;
    }

    session_surroundings around_;
    std::deque<event_loop> loops_; // at least one; they cannot move
    session_register sessions_;    // their sockets go before the loops
    accept_trouble trouble_;       // of the loop that accepts, as is the next
    spare_descriptor spare_;
    std::deque<listener> listeners_; // stay where they are: coroutines refer to them
    mutable std::mutex identity_mutex_;
    std::shared_ptr<const tls_identity> identity_;
    bool started_ = false;
};

server::server(handler& routes, settings with)
    : engine_{std::make_unique<engine>(routes, std::move(with))}
{
}

server::~server()
{
    stop(std::chrono::steady_clock::now());
}

boost::system::result<std::uint16_t> server::listen(const listen_address& where)
{
    return engine_->listen(where);
}

boost::system::result<std::uint16_t> server::adopt(int listening)
{
    return engine_->adopt(listening);
}

void server::secure(std::shared_ptr<const tls_identity> identity)
{
    engine_->secure(std::move(identity));
}

void server::start()
{
    engine_->start();
}

void server::drain()
{
    engine_->drain();
}

void server::conclude()
{
    engine_->conclude();
}

bool server::stop(std::chrono::steady_clock::time_point deadline)
{
    return engine_->stop(deadline);
}

std::size_t server::connections() const
{
    return engine_->connections();
}

} // namespace penstock::host::http
