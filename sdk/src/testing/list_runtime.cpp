// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "list_runtime.hpp"

#include "metric_sums.hpp"
#include "present_directory.hpp"
#include "scoped_current.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/nearest.hpp>
#include <penstock/unavailable.hpp>

#include <algorithm>
#include <exception>
#include <stdexcept>
#include <utility>

namespace penstock::testing
{

using detail::arrival;
using detail::packet_access;
using detail::port_access;

list_runtime::list_runtime(maker make, component* lasting, timed_inputs&& packets,
                           const conditions& how, result& into)
    : make_(std::move(make)), lasting_(lasting), how_(how), result_(into), ends_(how, feeds_, into)
{
    if (lasting_ == nullptr)
        owned_ = make_();
    for (input* port : members().inputs)
    {
        const auto given = packets.find(port->name());
        const bool is_given = given != packets.end();
        wired_.push_back(is_given || port->is() == required);
        std::vector<timed> list = is_given ? std::move(given->second) : std::vector<timed>();
        for (timed& each : list)
            packet_access::attach(each.content, *share_.receipts);
        feeds_.emplace_back(std::move(list), begin_, how.attempts);
        names_of_inputs_.push_back(port->name());
    }
    refuse_unknown(packets);
    slots_.emplace(members().outputs.size());
    connect();
}

list_runtime::~list_runtime()
{
    if (lasting_ != nullptr || owned_ != nullptr)
        detail::component_access::disconnect(instance());
}

void list_runtime::start()
{
    const scoped_current current(this);
    instance().start();
}

void list_runtime::run()
{
    const scoped_current current(this);
    try
    {
        work();
    }
    catch (...)
    {
        if (lasting_ != nullptr || owned_ != nullptr)
            end_instance(false); // what its destructor sends is let go
        throw;
    }
    ends_.settle();
    end_instance(true);
    ends_.settle();
    result_.elapsed = std::max<std::chrono::nanoseconds>(result_.elapsed, now_ - begin_);
}

arrival list_runtime::refill(input& port, const detail::wait& wait)
{
    take_spans();
    ends_.settle();
    gathers_batch_ =
        wait.purpose != detail::purpose::single || (wait.stop_at_request_end && feeds_.size() == 1);
    const arrival came = feeds_[port.index()].next(port, wait, now_, received_, held_);
    if (came == arrival::packets)
    {
        open_ = &port;
        span_begin_ = port_access::next(port);
    }
    return came;
}

void list_runtime::make_room(output& port)
{
    collect(port);
    slots_->give(port);
}

std::uint32_t list_runtime::received() const noexcept
{
    return open_ == nullptr
               ? received_
               : received_ + static_cast<std::uint32_t>(port_access::next(*open_) - span_begin_);
}

void list_runtime::hand_back(packet&& packet) noexcept
{
    held_.let_go(packet);
    ends_.keep(std::move(packet), received(), detail::destruction::current() != nullptr);
}

void list_runtime::hand_back_outside(packet&& packet) noexcept
{
    ends_.keep_outside(std::move(packet));
}

void list_runtime::deliver(packet&& packet)
{
    held_.let_go(packet);
    ends_.deliver(std::move(packet));
}

void list_runtime::drop(packet&& packet)
{
    held_.let_go(packet);
    ends_.drop(std::move(packet));
}

void list_runtime::fail(packet&& packet, std::string reason)
{
    held_.let_go(packet);
    ends_.fail(std::move(packet), std::move(reason));
}

void list_runtime::retry(packet&& packet, std::string reason)
{
    held_.let_go(packet);
    ends_.retry(std::move(packet), std::move(reason));
}

void list_runtime::threw(std::string reason)
{
    if (!ends_.settle_after_throw(reason, received()))
        log(severity::warning, "threw when all it had received had ended: " + reason);
}

void list_runtime::away(std::string why, std::chrono::milliseconds retry_after)
{
    throw unavailable(why, retry_after); // nothing waits here
}

void list_runtime::reply(const packet& packet)
{
    (void)write_json(to_json(packet)); // throws, as in a graph, for what JSON cannot hold
    auto copy = packet_access::share(packet);
    result_.replies.push_back(packet_ends::bare(copy));
}

bool list_runtime::admit(output& port, packet& what, const json::value& position,
                         std::uint64_t number)
{
    packet_access::set_id(what,
                          packet_access::position_id({}, packet_ends::name, write_json(position)));
    result_.sent[port.name()].push_back(std::move(what));
    ended_.push_back(number);
    idle_waits_ = 0;
    return true;
}

bool list_runtime::refuse(packet& what, const json::value& position, const std::string& reason,
                          std::uint64_t number)
{
    packet_access::set_id(what,
                          packet_access::position_id({}, packet_ends::name, write_json(position)));
    ends_.fail(std::move(what), reason);
    ended_.push_back(number);
    idle_waits_ = 0;
    return true;
}

// A source that finds nothing is drained the second time.
bool list_runtime::await_ends(std::vector<std::uint64_t>& ended, const detail::source_wait& wait)
{
    constexpr unsigned most_idle_waits = 2;
    const bool is_idle = ended_.empty() && wait.until > std::chrono::steady_clock::now();
    ended.insert(ended.end(), ended_.begin(), ended_.end());
    ended_.clear();
    idle_waits_ += is_idle ? 1 : 0;
    return idle_waits_ < most_idle_waits;
}

void list_runtime::acknowledged(const std::vector<json::value>& positions)
{
    result_.acknowledged.insert(result_.acknowledged.end(), positions.begin(), positions.end());
}

std::optional<json::value> list_runtime::load_state(std::string_view /*key*/)
{
    refuse_while_lent();
    return present_directory() == nullptr ? std::nullopt : present_directory()->state;
}

void list_runtime::save_state(std::string_view /*key*/, const json::value& value)
{
    refuse_while_lent();
    result_.state = value;
    if (present_directory() != nullptr)
        present_directory()->state = value;
}

std::string list_runtime::data_directory() const
{
    return present_directory() == nullptr ? std::string() : present_directory()->path;
}

void list_runtime::blocking(detail::callable work)
{
    refuse_while_lent();
    struct heard
    {
        packet_ends& of;
        ~heard() { of.settle_outside(); }
    };
    const heard at_the_end{ends_};
    take_spans();
    detail::call_outside(*this, work);
}

void list_runtime::refuse_unknown(const timed_inputs& packets) const
{
    for (const auto& [name, list] : packets)
    {
        const auto end = names_of_inputs_.end();
        if (!list.empty() && std::find(names_of_inputs_.begin(), end, name) == end)
            throw std::invalid_argument("unknown input \"" + name + "\"; " +
                                        expected_name(name, names_of_inputs_));
    }
}

void list_runtime::connect()
{
    const std::vector<input*>& inputs = members().inputs;
    for (std::size_t i = 0; i < inputs.size(); ++i)
        port_access::set_wired(*inputs[i], wired_[i]);
    detail::component_access::connect(instance(), *this);
    for (const output* port : members().outputs)
        result_.sent[port->name()];
}

void list_runtime::work()
{
    for (;;)
    {
        std::string reason;
        try
        {
            detail::component_access::load_state(instance(), *this);
            detail::component_access::open_ports(instance());
            instance().run();
            if (!how_.recovers || is_exhausted())
                return;
            reason = "returned while an input was open";
        }
        catch (const unavailable&)
        {
            throw; // nothing waits here
        }
        catch (const std::exception& error)
        {
            reason = error.what();
            if (!how_.recovers || !may_recover())
                throw;
        }
        recover(reason);
    }
}

// What the instance held is received again, but for the packet that is to blame.
void list_runtime::recover(const std::string& reason)
{
    end_instance(false);
    if (gathers_batch_)
        ends_.settle_after_throw_with_batch(reason, received());
    else
        (void)ends_.settle_after_throw(reason, received());
    ++result_.restarts;
    held_.forget();
    for (feed& each : feeds_)
        each.start_anew();
    owned_ = make_();
    connect();
    instance().start();
}

void list_runtime::end_instance(bool is_last)
{
    take_spans();
    detail::component_access::close_ports(instance());
    add_metrics(members(), is_last, result_);
    owned_.reset();
}

bool list_runtime::is_exhausted() const noexcept
{
    return std::ranges::all_of(feeds_, &feed::is_empty);
}

// Counts throws between which no packet was received.
bool list_runtime::may_recover() noexcept
{
    constexpr std::size_t most_throws = 5;
    throws_ = std::exchange(last_throw_, received()) == received() ? throws_ + 1 : 1;
    return throws_ < most_throws;
}

// As in a lane, one input at a time has a span: so the last that was taken is known.
void list_runtime::close_span()
{
    if (open_ == nullptr)
        return;
    port_access::end_loan(*open_);
    received_ = received();
    feeds_[open_->index()].release(*open_);
    open_ = nullptr;
}

// Each call of a port comes to this runtime then.
void list_runtime::take_spans()
{
    close_span();
    for (output* port : members().outputs)
        collect(*port);
}

void list_runtime::collect(output& port)
{
    std::vector<packet>& sent = result_.sent[port.name()];
    for (packet& each : slots_->take(port))
    {
        held_.let_go(each);
        sent.push_back(packet_ends::bare(each));
    }
}

} // namespace penstock::testing
