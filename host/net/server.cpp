// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "server.hpp"

#include "accept_trouble.hpp"
#include "as_value.hpp"
#include "session.hpp"
#include "session_register.hpp"
#include "turn_away.hpp"

#include "host/base/crash_stack.hpp"
#include "host/base/spare_descriptor.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <sys/socket.h>

#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include <pthread.h>

namespace penstock::host::http
{

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace
{

// How long accepting rests after an error that lasts, such as no descriptor left.
constexpr auto pause = std::chrono::milliseconds{100};

// The events of a batch; one takes some 20 us.
constexpr int most_in_turn = 64;

struct listener
{
    explicit listener(asio::io_context& context) : acceptor{context}, rest{context} {}

    tcp::acceptor acceptor;
    asio::steady_timer rest;
};

} // namespace

class server::engine
{
public:
    engine(handler& routes, settings with)
        : threads_wanted_{with.threads != 0 ? with.threads
                                            : std::max(1U, std::thread::hardware_concurrency())},
          around_{routes, with.bounds, std::move(with.rules), std::move(with.report)},
          context_{concurrency()},
          work_{context_.get_executor()},
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
        auto& opened = listeners_.emplace_back(context_);
        auto& acceptor = opened.acceptor;
        // One failing step leaves the later ones nothing to do but to fail as well.
        acceptor.open(endpoint.protocol(), error);
        if (!error)
        {
            acceptor.set_option(tcp::acceptor::reuse_address{true}, error);
        }
        if (!error)
        {
            acceptor.bind(endpoint, error);
        }
        if (!error)
        {
            acceptor.listen(tcp::acceptor::max_listen_connections, error);
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
        auto& adopted = listeners_.emplace_back(context_);
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
        for (unsigned i = 0; i < threads_wanted_; ++i)
        {
            threads_.emplace_back(
                [this]
                {
                    const crash_stack stack_of_handler;
                    serve();
                });
            ::pthread_setname_np(threads_.back().native_handle(), "http");
        }
    }

    void drain() { around_.ending = true; }

    void conclude() { sessions_.conclude_all(); }

    bool stop(std::chrono::steady_clock::time_point deadline)
    {
        if (around_.draining.exchange(true))
        {
            return true;
        }
        asio::post(accepting_,
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
        const bool clean = threads_.empty() || sessions_.wait_until_empty(deadline);
        if (!clean)
        {
            constexpr auto last_patience = std::chrono::seconds{1};
            sessions_.abort_all();
            static_cast<void>(
                sessions_.wait_until_empty(std::chrono::steady_clock::now() + last_patience));
        }
        work_.reset();
        if (sessions_.size() > 0)
        {
            context_.stop();
        }
        threads_.clear();
        return clean;
    }

    std::size_t connections() const { return sessions_.size(); }

private:
    void serve()
    {
        bool is_running = true;
        const std::function<void()> batch = [&]
        {
            is_running = context_.run_one() != 0; // waits
            for (int served = 1; served < most_in_turn && context_.poll_one() != 0; ++served)
                ;
        };
        while (is_running)
            around_.routes.serve_batch(batch);
    }

    int concurrency() const { return static_cast<int>(threads_wanted_); }

    boost::system::result<std::uint16_t> accept_on(listener& opened, error_code error)
    {
        const auto bound = error ? tcp::endpoint{} : opened.acceptor.local_endpoint(error);
        if (error)
        {
            listeners_.pop_back();
            return error;
        }
        asio::co_spawn(accepting_, accept(opened), [](const std::exception_ptr&) {});
        return bound.port();
    }

    asio::awaitable<void> accept(listener& on)
    {
        while (!around_.draining)
        {
            tcp::socket socket{session_executor()};
            const auto [error] = co_await on.acceptor.async_accept(socket, as_value);
            if (!error && !around_.draining)
            {
                admit(std::move(socket));
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

    /// Sessions of a server with one thread need no strand.
    asio::any_io_executor session_executor()
    {
        if (threads_wanted_ == 1)
        {
            return context_.get_executor();
        }
        return asio::make_strand(context_);
    }

    void admit(tcp::socket socket)
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
        const auto executor = socket.get_executor();
        auto opened = std::make_shared<session>(std::move(socket), peer.address().to_string(),
                                                around_, std::move(identity));
        sessions_.add(opened, peer.address());
        asio::co_spawn(executor, opened->serve(),
                       [this, opened, from = peer.address()](const std::exception_ptr&)
                       { sessions_.remove(opened, from); });
    }

    std::shared_ptr<const tls_identity> identity() const
    {
        const std::lock_guard lock{identity_mutex_};
        return identity_;
    }

    unsigned threads_wanted_;
    session_surroundings around_;
    asio::io_context context_;
    asio::executor_work_guard<asio::io_context::executor_type> work_;
    session_register sessions_; // their sockets go before the context
    asio::strand<asio::io_context::executor_type> accepting_{context_.get_executor()};
    accept_trouble trouble_; // of the strand, as is the next
    spare_descriptor spare_;
    std::deque<listener> listeners_; // stay where they are: coroutines refer to them
    mutable std::mutex identity_mutex_;
    std::shared_ptr<const tls_identity> identity_;
    std::vector<std::jthread> threads_;
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
