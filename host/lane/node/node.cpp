// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node.hpp"

#include "host/lane/node/node_key.hpp"

#include <penstock/detail/destruction.hpp>
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

std::uint64_t seed_of(std::string_view name)
{
    return node_key_of(name) ^ static_cast<std::uint64_t>(clock::now().time_since_epoch().count());
}

} // namespace

node::node(const planned_node& plan, std::size_t rank, lane_services& lane, node_counters& counters)
    : of_{plan, rank, lane, lane.fibers(), counters},
      inputs_(of_),
      fiber_(of_, *this, inputs_),
      probe_(of_, fiber_, inputs_),
      source_(of_, fiber_, probe_),
      retry_(of_, inputs_, seed_of(plan.name)),
      outputs_(of_, inputs_, fiber_, source_),
      settlement_(of_, inputs_, fiber_, probe_, retry_, outputs_),
      receive_(of_, inputs_, fiber_, probe_, retry_, outputs_, settlement_),
      instance_(of_, *this, inputs_, fiber_, source_, outputs_),
      restart_(of_, instance_, fiber_, probe_, retry_),
      resources_(of_, fiber_, outputs_),
      state_(of_, *this)
{
    node_key_ = node_key_of(plan.name);
}

void node::run() noexcept
{
    detail::set_current(this);
    try
    {
        try
        {
            instance_.make();
            of_.lane.started(of_.plan.name, {});
        }
        catch (const stopped&)
        {
            of_.lane.started(of_.plan.name, {}); // another node's start failed
            throw;
        }
        catch (const std::exception& error)
        {
            of_.lane.started(of_.plan.name, of_.reason(error.what()));
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
    instance_.end();
    probe_.give_up();
    settlement_.abandon();
    outputs_.close();
    fiber_.end();
    of_.lane.node_ended();
    detail::set_current(nullptr);
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
        reason = of_.reason(std::move(reason));
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
        instance_.run();
        inputs_.release();
        if (!receive_.nothing_more_comes())
            return;
        settlement_.settle();
        outputs_.flush();
        instance_.end(); // what it still holds ends too
        settlement_.settle();
        if (inputs_.exhausted())
            return;
        restart_.make_anew({}, true);
    }
}

void node::recover(std::string reason)
{
    inputs_.release();
    outputs_.flush();
    instance_.end();
    const settlement::outcome found = receive_.gathers_batch()
                                          ? settlement_.settle_after_throw_with_batch(reason)
                                          : settlement_.settle_after_throw(reason);
    const bool advanced = source_.take_progress() || found.advanced;
    if (found.one_by_one)
        of_.lane.owner().log(severity::warning, of_.plan.name,
                             "threw with several packets in hand, which come again one by one: " +
                                 reason);
    else if (!found.blamed && advanced)
        of_.lane.owner().log(severity::warning, of_.plan.name,
                             "threw when all it had received had ended, and starts anew: " +
                                 reason);
    restart_.make_anew(std::move(reason), found.blamed || advanced);
}

void node::recover_from_loss(std::string why, std::chrono::milliseconds retry_after)
{
    inputs_.release();
    outputs_.flush();
    instance_.end();
    probe_.lost(why, retry_after);
    settlement_.settle_after_loss(why);
    probe_.wait_until_back();
    restart_.make_anew(std::move(why), true);
}

void node::enter(std::size_t port, packet&& packet)
{
    inputs_.enter(port, std::move(packet));
    fiber_.packets_came();
}

void node::make_room(output& port)
{
    outputs_.make_room(port);
}

void node::consumed(const packet& packet) noexcept
{
    inputs_.in_hand().let_go(packet);
}

void node::hand_back(packet&& packet) noexcept
{
    settlement_.keep(std::move(packet), detail::destruction::current() != nullptr);
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
    settlement_.fail(std::move(packet), of_.reason(std::move(reason)));
}

void node::retry(packet&& packet, std::string reason)
{
    settlement_.retry(std::move(packet), of_.reason(std::move(reason)));
}

void node::threw(std::string reason)
{
    reason = of_.reason(std::move(reason));
    inputs_.release(); // what is received again goes before the rest of the span
    if (!settlement_.settle_after_throw(reason).blamed)
        of_.lane.owner().log(severity::warning, of_.plan.name,
                             "threw when all it had received had ended: " + reason);
}

void node::away(std::string why, std::chrono::milliseconds retry_after)
{
    why = of_.reason(std::move(why));
    inputs_.release(); // what is received again goes before the rest of the span
    probe_.lost(why, retry_after);
    settlement_.settle_after_loss(why);
}

void node::reply(const packet& packet)
{
    detail::lineage* receipts = detail::packet_access::receipts(packet);
    if (receipts == nullptr)
        return;
    if (of_.plan.replies_whole)
        receipts->reply_whole(packet);
    else
        receipts->reply(packet);
}

void node::blocking(detail::callable work)
{
    fiber_.check_stopped();
    inputs_.refuse_while_lent();
    inputs_.release(); // no port has a span in there: each call is refused
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
    do // once in any case: others may not be kept from running by many short waits
    {
        fiber_.suspend(waiting::time, when);
    } while (clock::now() < when);
}

bool node::admit(output& port, packet& what, const json::value& position, std::uint64_t number)
{
    return source_.admit(port.index(), what, position, number);
}

bool node::refuse(packet& what, const json::value& position, const std::string& reason,
                  std::uint64_t number)
{
    if (!source_.may_refuse())
        return false;
    source_.identify(what, position);
    settlement_.refuse(std::move(what), of_.reason(reason));
    source_.refused(number);
    return true;
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
