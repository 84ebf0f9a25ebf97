// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/testing/run.hpp>

#include <penstock/detail/packet_access.hpp>
#include <penstock/nearest.hpp>

#include <algorithm>
#include <stdexcept>

namespace penstock::testing
{

namespace
{

using detail::arrival;
using detail::packet_access;
using detail::port_access;

/// Makes a runtime the current one as long as it lives.
class scoped_current
{
public:
    explicit scoped_current(detail::runtime* runtime) noexcept : before_(detail::current())
    {
        detail::set_current(runtime);
    }

    ~scoped_current() { detail::set_current(before_); }

    scoped_current(const scoped_current&) = delete;
    scoped_current& operator=(const scoped_current&) = delete;

private:
    detail::runtime* before_;
};

/// Carries one component over lists of packets, on the caller's thread.
class list_runtime final : public detail::runtime
{
public:
    list_runtime(component& component, inputs&& packets) : component_(component)
    {
        detail::component_members& members = detail::component_access::members(component);
        for (input* port : members.inputs)
        {
            const auto given = packets.find(port->name());
            port_access::set_wired(*port, given != packets.end() || port->is() == required);
            feed& fed = feeds_.emplace_back();
            if (given != packets.end())
                fed.packets = std::move(given->second);
            names_of_inputs_.push_back(port->name());
        }
        refuse_unknown(packets);
        slots_.resize(members.outputs.size());
        detail::component_access::connect(component, *this);
        for (output* port : members.outputs)
        {
            result_.sent[port->name()];
            give_slots(*port);
        }
    }

    ~list_runtime() override { detail::component_access::disconnect(component_); }

    result run()
    {
        const scoped_current current(this);
        component_.start();
        component_.run();
        for (output* port : detail::component_access::members(component_).outputs)
            collect(*port);
        return std::move(result_);
    }

    arrival refill(input& port, const detail::wait& wait) override
    {
        feed& fed = feeds_[port.index()];
        if (!fed.given)
        {
            fed.given = true;
            port_access::set_span(port, fed.packets.data(),
                                  fed.packets.data() + fed.packets.size());
            if (!fed.packets.empty())
                return arrival::packets;
        }
        const bool limited = wait.until != std::chrono::steady_clock::time_point::max();
        if (limited && !fed.waited)
        {
            fed.waited = true;
            return arrival::timeout;
        }
        if (wait.stop_at_request_end && !fed.ended)
        {
            fed.ended = true;
            return arrival::request_end;
        }
        return arrival::closed;
    }

    void make_room(output& port) override
    {
        collect(port);
        give_slots(port);
    }

    void hand_back(packet&& packet, bool /*unwinding*/) noexcept override
    {
        if (detail::origin* const receipts = packet_access::detach(packet))
            receipts->release();
        packet_access::destroy(packet);
    }

    void fail(packet&& packet, std::string reason) override
    {
        result_.failed.emplace_back(std::move(packet), std::move(reason));
    }

    void reply(const packet& packet) override
    {
        result_.replies.push_back(packet_access::share(packet));
    }

    void blocking(detail::callable work) override
    {
        const scoped_current none(nullptr);
        work.call(work.object);
    }

    void acquire(std::string_view /*resource*/) override {}

    void log(severity /*level*/, std::string_view text) noexcept override
    {
        result_.log.emplace_back(text);
    }

private:
    struct feed
    {
        std::vector<packet> packets;
        bool given = false;  // to the port's span
        bool waited = false; // a deadline has passed
        bool ended = false;  // the end of the request was told
    };

    void refuse_unknown(const inputs& packets) const
    {
        for (const auto& [name, list] : packets)
        {
            const auto end = names_of_inputs_.end();
            if (!list.empty() && std::find(names_of_inputs_.begin(), end, name) == end)
                throw std::invalid_argument("unknown input \"" + name + "\"; " +
                                            expected_name(name, names_of_inputs_));
        }
    }

    static constexpr std::size_t slots_of_a_port = 64;

    void give_slots(output& port)
    {
        std::vector<packet>& slots = slots_[port.index()];
        while (slots.size() < slots_of_a_port)
            slots.push_back(packet_access::none());
        port_access::set_span(port, slots.data(), slots.data() + slots.size());
    }

    void collect(output& port)
    {
        std::vector<packet>& slots = slots_[port.index()];
        std::vector<packet>& sent = result_.sent[port.name()];
        for (packet* slot = slots.data(); slot != port_access::next(port); ++slot)
            sent.push_back(std::move(*slot));
        port_access::set_span(port, nullptr, nullptr);
    }

    component& component_;
    std::vector<std::string> names_of_inputs_;
    std::vector<feed> feeds_;
    std::vector<std::vector<packet>> slots_;
    result result_;
};

} // namespace

result run(component& component, const json::object& parameters, inputs packets)
{
    std::string wrong;
    for (const parameter_problem& each : configure(component, parameters))
    {
        if (!wrong.empty())
            wrong += '\n';
        wrong += each.name + ": " + each.message + "; " + each.expected;
    }
    if (!wrong.empty())
        throw parameter_error(wrong);
    return run_configured(component, std::move(packets));
}

result run_configured(component& component, inputs packets)
{
    return list_runtime(component, std::move(packets)).run();
}

} // namespace penstock::testing
