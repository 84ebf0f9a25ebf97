// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node.hpp"

#include <penstock/unavailable.hpp>

#include <chrono>
#include <exception>
#include <new>
#include <optional>
#include <utility>

namespace penstock::host
{

namespace
{

using clock = scheduler::clock;

std::uint64_t key_of(std::string_view name) noexcept
{
    // FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv).
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

std::uint64_t seed_of(std::string_view name)
{
    return key_of(name) ^ static_cast<std::uint64_t>(clock::now().time_since_epoch().count());
}

} // namespace

node::node(const planned_node& plan, std::size_t rank, lane_services& lane, node_counters& counters)
    : of_{plan, rank, lane, lane.fibers(), counters},
      inputs_(of_),
      fiber_(of_, *this, inputs_),
      probe_(of_, fiber_, inputs_),
      source_(of_, *this, fiber_, probe_),
      retry_(of_, inputs_, seed_of(plan.name)),
      outputs_(of_, inputs_, fiber_, source_),
      settlement_(of_, inputs_, fiber_, probe_, retry_, outputs_),
      resources_(of_, fiber_, outputs_),
      state_(of_, *this)
{
    node_key_ = key_of(plan.name);
}

node::~node() = default;

void node::run() noexcept
{
    detail::set_current(this);
    try
    {
        try
        {
            make_instance();
            of_.lane.started(of_.plan.name, {});
        }
        catch (const stopped&)
        {
            of_.lane.started(of_.plan.name, {}); // another node's start failed
            throw;
        }
        catch (const std::exception& error)
        {
            of_.lane.started(of_.plan.name, of_.shown(error.what()));
            throw stopped();
        }
        catch (...)
        {
            of_.lane.started(of_.plan.name, "threw something that is no std::exception");
            throw stopped();
        }
        while (!of_.lane.going())
            fiber_.suspend(waiting::start);
        if (of_.plan.acknowledges || of_.plan.keeps_state)
            // It begins with what the version before has left.
            resources_.declare("node:" + of_.lane.graph() + '/' + of_.plan.name);
        resources_.acquire_declared();
        work();
    }
    catch (const stopped&)
    {
        // the lane is cancelled: what is let go from now on stays pending
    }
    end_instance();
    probe_.give_up();
    settlement_.abandon();
    outputs_.close();
    fiber_.end();
    of_.lane.node_ended();
    detail::set_current(nullptr);
}

void node::make_instance()
{
    inputs_.in_hand().clear();
    instance_ = of_.plan.make();
    if (of_.plan.is_source)
        source_.start_anew();
    detail::component_access::connect(*instance_, *this);
    of_.counters.own.bind(*instance_);
    inputs_.tell_wired(*instance_);
    outputs_.connect(instance_.get());
    instance_->start();
}

void node::end_instance()
{
    inputs_.close();
    outputs_.connect(nullptr);
    destroying_ = true;
    instance_.reset();
    destroying_ = false;
}

void node::work()
{
    for (;;)
    {
        std::string reason;
        std::optional<std::chrono::milliseconds> retry_after; // of what is unavailable
        try
        {
            work_on();
            if (inputs_.exhausted())
                return;
            reason = "returned while an input was open";
        }
        catch (const stopped&)
        {
            if (of_.lane.cancelled() || of_.plan.is_source)
                throw;
            reason = "threw stopped by itself";
        }
        catch (const unavailable& error)
        {
            reason = error.what();
            retry_after = error.retry_after();
        }
        catch (const std::exception& error)
        {
            reason = error.what();
        }
        catch (...)
        {
            reason = "threw something that is no std::exception";
        }
        reason = of_.shown(std::move(reason));
        if (retry_after)
            recover_from_loss(std::move(reason), *retry_after);
        else
            recover(std::move(reason));
    }
}

// A component that has returned, because nothing more came, may have let packets fail at last.
void node::work_on()
{
    for (;;)
    {
        run_instance();
        if (!inputs_.edges_exhausted())
            return;
        inputs_.release();
        settlement_.settle();
        outputs_.flush();
        end_instance(); // what it still holds ends too
        settlement_.settle();
        if (inputs_.exhausted())
            return;
        make_anew({}, true);
    }
}

void node::run_instance()
{
    struct scope
    {
        node_fiber& fiber;
        ~scope() { fiber.set_acknowledging(false); }
    };
    detail::component_access::load_state(*instance_, *this);
    const scope running{fiber_};
    fiber_.set_acknowledging(of_.plan.acknowledges);
    instance_->run();
}

void node::recover(std::string reason)
{
    inputs_.release();
    outputs_.flush();
    end_instance();
    const settlement::outcome found = gathers_batch_
                                          ? settlement_.settle_after_throw_with_batch(reason)
                                          : settlement_.settle_after_throw(reason);
    if (found.one_by_one)
        of_.lane.owner().log(severity::warning, of_.plan.name,
                             "threw with several packets in hand, which come again one by one: " +
                                 reason);
    else if (!found.blamed && found.advanced)
        of_.lane.owner().log(severity::warning, of_.plan.name,
                             "threw when all it had received had ended, and starts anew: " +
                                 reason);
    make_anew(std::move(reason), found.blamed || found.advanced);
}

void node::recover_from_loss(std::string why, std::chrono::milliseconds retry_after)
{
    inputs_.release();
    outputs_.flush();
    end_instance();
    probe_.lost(why, retry_after);
    settlement_.settle_after_loss(why);
    probe_.wait_until_back();
    make_anew(std::move(why), true);
}

void node::make_anew(std::string reason, bool blamed)
{
    retry_.start_anew();
    for (;;)
    {
        if (!blamed)
            pause(reason);
        of_.counters.restarts.add();
        std::optional<std::chrono::milliseconds> retry_after; // of what is unavailable
        try
        {
            make_instance();
            return;
        }
        catch (const unavailable& error)
        {
            reason = error.what();
            retry_after = error.retry_after();
        }
        catch (const std::exception& error)
        {
            reason = error.what();
            if (is_away())
                retry_after.emplace(0);
        }
        catch (const stopped&)
        {
            throw;
        }
        catch (...)
        {
            reason = "threw something that is no std::exception";
        }
        end_instance();
        reason = of_.shown(std::move(reason));
        blamed = retry_after.has_value();
        if (!retry_after)
            continue;
        probe_.lost_at_start(reason, *retry_after);
        probe_.wait_until_back();
    }
}

void node::pause(const std::string& reason)
{
    const auto until = pauses_.failed(clock::now());
    if (!until)
        stay_failed(reason);
    of_.lane.owner().log(severity::warning, of_.plan.name,
                         "failed without a packet and starts anew: " + reason);
    of_.lane.wake_at(of_.rank, *until);
    while (clock::now() < *until)
        fiber_.suspend(waiting::restart);
}

void node::stay_failed(const std::string& reason)
{
    of_.counters.is_failed.store(true, std::memory_order_relaxed);
    of_.lane.owner().node_failed(of_.plan.name, reason);
    for (;;)
        fiber_.suspend(waiting::deployment);
}

void node::enter(std::size_t port, packet&& packet)
{
    inputs_.enter(port, std::move(packet));
    fiber_.packets_came();
}

detail::arrival node::refill(input& port, const detail::wait& wait)
{
    fiber_.check_stopped();
    inlet& from = inputs_[port.index()];
    // A request is one too, unless it has a counterpart at another input.
    gathers_batch_ = wait.purpose != detail::purpose::single ||
                     (wait.stop_at_request_end && inputs_.size() == 1);
    inputs_.release();
    settlement_.settle();
    if (inputs_.in_hand().is_careful())
        be_careful();
    if (wait.purpose == detail::purpose::batch_more &&
        (is_away() || inputs_.in_hand().is_careful()))
        return detail::arrival::timeout; // a probe, and what is noted, is a batch of its own
    probe_.asked_for_more(wait);
    if (!is_starved(from) && !is_away() && next_in_slice(port, wait))
        return detail::arrival::packets;
    outputs_.flush();
    forward_request_ends(port, wait);
    inputs_.slice().end();
    // One at a time where one of them may have to be left out.
    const bool singly = !of_.plan.quarantine.empty() || inputs_.in_hand().is_careful();
    const std::size_t limit = singly ? 1 : inputs_.slice().limit();
    // Who has to wait anyway does so at once, which saves a switch of fibers. Some may have come while it
    // waited to be rid of others.
    if (wait.until == clock::time_point::max() && !wait.stop_at_request_end && is_starved(from))
        fiber_.wait_for_packets(port.index());
    else
        fiber_.let_others_run();
    for (;;)
    {
        fiber_.check_stopped();
        if (is_away() && probe_.must_wait(from, wait))
        {
            if (clock::now() >= wait.until)
                return detail::arrival::timeout;
            continue;
        }
        if (inputs_.has_parked())
            if (const auto why = retry_.refill(port, wait))
            {
                probe_.handed_out();
                return *why;
            }
        if (from.next_span(port, probe_.is_probing() ? 1 : limit))
        {
            if (!of_.plan.quarantine.empty() && settlement_.bury_quarantined(from, port))
                continue;
            inputs_.open(from, port);
            probe_.handed_out();
            inputs_.slice().begin(probe_.is_probing() ? 0 : limit - from.span_size());
            return detail::arrival::packets;
        }
        if (from.pass_request_end(received()))
        {
            if (wait.stop_at_request_end)
            {
                probe_.passed_request();
                return detail::arrival::request_end; // forwarded by the next call
            }
            forward_request_ends(port, wait);
            continue;
        }
        if (from.exhausted())
            return detail::arrival::closed;
        if (inputs_.size() > 1)
            forward_request_ends(port, wait); // one may have come at another input
        if (wait.stop_at_request_end && inputs_.must_end_late(from))
        {
            from.end_late();
            probe_.passed_request();
            return detail::arrival::request_end;
        }
        probe_.give_up(); // there is no packet to make it with
        if (wait.until == clock::time_point::max())
        {
            fiber_.wait_for_packets(port.index());
            continue;
        }
        if (clock::now() >= wait.until)
            return detail::arrival::timeout;
        of_.lane.wake_at(of_.rank, wait.until);
        fiber_.wait_for_packets(port.index());
    }
}

bool node::is_starved(const inlet& from) const noexcept
{
    return !inputs_.has_parked() && from.is_starved();
}

// Goes on with the requests behind, within one slice: small requests would else cost a flush and a
// switch of fibers each.
bool node::next_in_slice(input& port, const detail::wait& wait)
{
    time_slice& slice = inputs_.slice();
    if (slice.left() == 0 || inputs_.has_parked() || wait.stop_at_request_end ||
        !of_.plan.quarantine.empty())
        return false;
    inlet& from = inputs_[port.index()];
    while (!from.next_span(port, slice.left()))
    {
        if (!from.pass_request_end(received()))
            return false;
        forward_request_ends(port, wait);
    }
    inputs_.open(from, port);
    slice.give(from.span_size());
    return true;
}

// While the component gathers a batch, or a request of packets that come again, it holds packets of
// requests that are over, which must go on before their ends do.
void node::forward_request_ends(input& port, const detail::wait& wait)
{
    const bool gathers = wait.purpose == detail::purpose::batch_more ||
                         (wait.stop_at_request_end && retry_.is_in_request(port.index()));
    if (!gathers)
        outputs_.forward_request_ends(inputs_[port.index()]);
}

// What was sent is in its hand no more.
void node::be_careful()
{
    if (of_.lane.is_careful())
        outputs_.flush();
    else
        inputs_.in_hand().relax();
}

void node::consumed(const packet& packet) noexcept
{
    inputs_.in_hand().let_go(packet);
}

void node::hand_back(packet&& packet) noexcept
{
    settlement_.keep(std::move(packet), destroying_);
}

void node::hand_back_outside(packet&& packet) noexcept
{
    settlement_.keep_outside(std::move(packet));
}

void node::deliver(packet&& packet)
{
    settlement_.deliver(std::move(packet));
}

void node::drop(packet&& packet)
{
    settlement_.drop(std::move(packet));
}

void node::fail(packet&& packet, std::string reason)
{
    settlement_.fail(std::move(packet), of_.shown(std::move(reason)));
}

void node::retry(packet&& packet, std::string reason)
{
    settlement_.retry(std::move(packet), of_.shown(std::move(reason)));
}

void node::threw(std::string reason)
{
    reason = of_.shown(std::move(reason));
    if (!settlement_.settle_after_throw(reason).blamed)
        of_.lane.owner().log(severity::warning, of_.plan.name,
                             "threw when all it had received had ended: " + reason);
}

void node::away(std::string why, std::chrono::milliseconds retry_after)
{
    why = of_.shown(std::move(why));
    inputs_.release(); // what is received again goes before the rest of the span
    probe_.lost(why, retry_after);
    settlement_.settle_after_loss(why);
}

void node::reply(const packet& packet)
{
    if (detail::origin* receipts = detail::packet_access::receipts(packet))
        receipts->reply(packet);
}

void node::blocking(detail::callable work)
{
    fiber_.check_stopped();
    outputs_.flush();
    bool done = false;
    std::exception_ptr error;
    of_.lane.run_blocking(
        [this, &error, work]
        {
            try
            {
                detail::call_outside(*this, work);
            }
            catch (...)
            {
                error = std::current_exception();
            }
        },
        of_.rank, done);
    fiber_.wait_for_blocking(done);
    settlement_.settle_outside();
    if (error != nullptr)
        std::rethrow_exception(error);
    fiber_.check_stopped();
}

void node::log(severity level, std::string_view text) noexcept
{
    if (of_.plan.secrets.empty())
        return of_.lane.owner().log(level, of_.plan.name, text);
    try
    {
        of_.lane.owner().log(level, of_.plan.name, of_.shown(std::string(text)));
    }
    catch (const std::bad_alloc&) // better no line than a secret in it
    {
    }
}

void node::wait_until(clock::time_point when)
{
    fiber_.check_stopped();
    outputs_.flush();
    while (clock::now() < when)
    {
        of_.lane.wake_at(of_.rank, when);
        fiber_.suspend(waiting::time);
    }
}

bool node::admit(output& port, packet& what, const json::value& position, std::uint64_t number)
{
    return source_.admit(port.index(), what, position, number);
}

bool node::await_ends(std::vector<std::uint64_t>& ended, const detail::source_wait& wait)
{
    settlement_.settle();
    outputs_.flush();
    return source_.await_ends(ended, wait);
}

std::optional<json::value> node::load_state(std::string_view key)
{
    return state_.load(key);
}

void node::save_state(std::string_view key, const json::value& value)
{
    state_.save(key, value);
}

} // namespace penstock::host
