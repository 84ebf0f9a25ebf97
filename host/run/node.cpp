// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/run/node.hpp"

#include <penstock/unavailable.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::size_t most_faults = 5;
constexpr auto fault_window = std::chrono::seconds(60);
constexpr auto first_back_off = std::chrono::milliseconds(100);

std::uint64_t key_of(std::string_view name) noexcept
{
    // FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv).
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : name)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    return hash;
}

} // namespace

node::node(const planned_node& plan, std::size_t rank, lane_services& lane, node_counters& counters)
    : plan_(plan),
      rank_(rank),
      lane_(lane),
      fibers_(lane.fibers()),
      counters_(counters),
      inlets_(plan.inputs.size()),
      outlets_(plan.outputs.size()),
      hand_(lane.record_of(rank)),
      is_careful_(lane.is_careful()),
      span_limit_(1),
      availability_(lane.availability_of(plan.name)),
      comebacks_(plan.inputs.size())
{
    node_key_ = key_of(plan.name);
    random_.seed(static_cast<std::minstd_rand::result_type>(
        node_key_ ^ static_cast<std::uint64_t>(clock::now().time_since_epoch().count())));
    if (plan.keeps_order)
        for (inlet& each : inlets_)
            each.parked().keep_order();
}

node::~node() = default;

void node::add_input_wire(std::size_t port, wire from)
{
    inlets_[port].add(from);
}

void node::add_output_wire(std::size_t port, wire to)
{
    if (port == error_port)
        error_wires_.push_back(to);
    else
        outlets_[port].add(to);
}

void node::run() noexcept
{
    detail::set_current(this);
    try
    {
        try
        {
            make_instance();
            lane_.started(plan_.name, {});
        }
        catch (const stopped&)
        {
            lane_.started(plan_.name, {}); // another node's start failed
            throw;
        }
        catch (const std::exception& error)
        {
            lane_.started(plan_.name, shown(error.what()));
            throw stopped();
        }
        catch (...)
        {
            lane_.started(plan_.name, "threw something that is no std::exception");
            throw stopped();
        }
        while (!lane_.going())
            suspend(waiting::start);
        if (plan_.acknowledges ||
            plan_.keeps_state) // it begins with what the version before has left
            resources_.push_back("node:" + lane_.graph() + '/' + plan_.name);
        for (const std::string& each : resources_)
            wait_for_resource(each);
        work();
    }
    catch (const stopped&)
    {
        // the lane is cancelled: what is let go from now on stays pending
    }
    end_instance();
    give_up_probe();
    for (detail::let_go& each : let_go_)
        abandon(std::move(each.content));
    let_go_.clear();
    close_outputs();
    ended_ = true;
    lane_.node_ended();
    detail::set_current(nullptr);
}

void node::make_instance()
{
    if (is_careful_)
        hand_.clear();
    instance_ = plan_.make();
    if (plan_.is_source) // what an earlier instance has let in is no news for this one
        completions_ = std::make_shared<completion_queue>(lane_.waker_of(rank_));
    detail::component_access::connect(*instance_, *this);
    counters_.own.bind(*instance_);
    const auto& members = detail::component_access::members(*instance_);
    for (std::size_t i = 0; i < members.inputs.size(); ++i)
    {
        bool wired = false;
        inlets_[i].each_wire([&](const wire&) { wired = true; });
        detail::port_access::set_wired(*members.inputs[i], wired);
    }
    instance_->start();
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
            if (inputs_exhausted())
                return;
            reason = "returned while an input was open";
        }
        catch (const stopped&)
        {
            if (lane_.cancelled() || plan_.is_source)
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
        reason = shown(std::move(reason));
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
        if (!edges_exhausted())
            return;
        release_span();
        settle();
        flush_outputs();
        end_instance(); // what it still holds ends too
        settle();
        if (inputs_exhausted())
            return;
        make_anew({}, true);
    }
}

void node::run_instance()
{
    struct scope
    {
        bool& is_acknowledging;
        ~scope() { is_acknowledging = false; }
    };
    detail::component_access::load_state(*instance_, *this);
    const scope running{is_acknowledging_ = plan_.acknowledges};
    instance_->run();
}

void node::end_instance()
{
    received_ = received();
    open_ = nullptr; // its port is about to go
    destroying_ = true;
    instance_.reset();
    destroying_ = false;
}

bool node::edges_exhausted() const noexcept
{
    return std::ranges::all_of(inlets_, &inlet::edges_exhausted);
}

bool node::inputs_exhausted() const noexcept
{
    for (const inlet& each : inlets_)
        if (!each.exhausted())
            return false;
    return true;
}

void node::recover(std::string reason)
{
    release_span();
    flush_outputs();
    end_instance();
    const bool advanced = received() != std::exchange(last_throw_, received());
    const bool blamed = settle_after_throw(reason, blamed_by_throw());
    if (!blamed)
        counters_.exceptions.add();
    if (!blamed && advanced)
        lane_.log(severity::warning, plan_.name,
                  "threw when all it had received had ended, and starts anew: " + reason);
    make_anew(std::move(reason), blamed || advanced);
}

void node::recover_from_loss(std::string why, std::chrono::milliseconds retry_after)
{
    release_span();
    flush_outputs();
    end_instance();
    lost(why, retry_after);
    wait_until_back();
    make_anew(std::move(why), true);
}

void node::make_anew(std::string reason, bool blamed)
{
    comebacks_.assign(comebacks_.size(), {});
    for (;;)
    {
        if (!blamed)
            back_off(reason);
        blamed = false;
        counters_.restarts.add();
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
        reason = shown(std::move(reason));
        blamed = retry_after.has_value();
        if (!retry_after)
            continue;
        availability_->lost(reason, *retry_after, plan_.retry, std::exchange(probing_, false));
        wait_until_back();
    }
}

void node::back_off(const std::string& reason)
{
    const clock::time_point now = clock::now();
    while (!faults_.empty() && now - faults_.front() > fault_window)
        faults_.pop_front();
    faults_.push_back(now);
    if (faults_.size() >= most_faults)
        stay_failed(reason);
    lane_.log(severity::warning, plan_.name, "failed without a packet and starts anew: " + reason);
    const clock::time_point until = now + first_back_off * (1 << (faults_.size() - 1));
    lane_.wake_at(rank_, until);
    while (clock::now() < until)
        suspend(waiting::restart);
}

void node::stay_failed(const std::string& reason)
{
    counters_.is_failed.store(true, std::memory_order_relaxed);
    lane_.node_failed(plan_.name, reason);
    for (;;)
        suspend(waiting::deployment);
}

void node::close_outputs() noexcept
{
    const auto close = [](const wire& to)
    {
        to.queue->close();
        if (to.other != nullptr)
            to.other->filled(*to.queue);
    };
    for (const outlet& each : outlets_)
        for (const wire& to : each.wires())
            close(to);
    for (const wire& to : error_wires_)
        close(to);
}

void node::log(severity level, std::string_view text) noexcept
{
    if (plan_.secrets.empty())
        return lane_.log(level, plan_.name, text);
    try
    {
        lane_.log(level, plan_.name, shown(std::string(text)));
    }
    catch (const std::bad_alloc&) // better no line than a secret in it
    {
    }
}

} // namespace penstock::host
