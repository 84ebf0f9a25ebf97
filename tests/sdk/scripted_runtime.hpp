// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/component.hpp>
#include <penstock/detail/packet_access.hpp>

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

/// Answers each refill by the next step of a script, and keeps what it was asked.
class scripted_runtime final : public penstock::detail::runtime
{
public:
    using step = std::variant<penstock::detail::arrival, std::vector<penstock::packet>>;

    template <class... Steps>
    void then(Steps&&... steps)
    {
        (script_.push_back(std::forward<Steps>(steps)), ...);
    }

    penstock::detail::arrival refill(penstock::input& port,
                                     const penstock::detail::wait& wait) override
    {
        waits.push_back(wait);
        if (script_.empty())
            throw penstock::stopped();
        penstock::detail::arrival came = penstock::detail::arrival::packets;
        if (const auto* why = std::get_if<penstock::detail::arrival>(&script_.front()))
            came = *why;
        else
        {
            span_ = std::move(std::get<std::vector<penstock::packet>>(script_.front()));
            penstock::detail::packet_access::enter(span_, received_ + 1, port.index());
            received_ += static_cast<std::uint32_t>(span_.size());
            penstock::detail::port_access::set_span(port, span_.data(),
                                                    span_.data() + span_.size());
        }
        script_.pop_front();
        return came;
    }

    void make_room(penstock::output& port) override
    {
        ++rooms;
        collect();
        slots_.clear();
        for (std::size_t i = 0; i < room; ++i)
            slots_.push_back(penstock::detail::packet_access::none());
        penstock::detail::port_access::set_span(port, slots_.data(), slots_.data() + slots_.size());
    }

    void consumed(const penstock::packet&) noexcept override {}

    [[nodiscard]] std::uint32_t received() const noexcept override { return received_; }

    void hand_back(penstock::packet&& packet) noexcept override
    {
        penstock::detail::packet_access::destroy(packet);
    }

    void hand_back_outside(penstock::packet&& packet) noexcept override
    {
        penstock::detail::packet_access::destroy(packet);
    }

    void deliver(penstock::packet&& packet) override { delivered.push_back(std::move(packet)); }

    void drop(penstock::packet&& packet) override { dropped.push_back(std::move(packet)); }

    void fail(penstock::packet&& packet, std::string reason) override
    {
        failed.emplace_back(std::move(packet), std::move(reason));
    }

    void retry(penstock::packet&& packet, std::string reason) override
    {
        retried.emplace_back(std::move(packet), std::move(reason));
    }

    void threw(std::string reason) override { thrown.push_back(std::move(reason)); }
    void away(std::string, std::chrono::milliseconds) override {}
    [[nodiscard]] bool is_away() const noexcept override { return false; }

    void reply(const penstock::packet&) override { ++replies; }

    void blocking(penstock::detail::callable work) override
    {
        ++blocked;
        work.call(work.object);
    }

    void wait_until(std::chrono::steady_clock::time_point when) override { waited.push_back(when); }

    void acquire(std::string_view resource) override { acquired.emplace_back(resource); }

    void log(penstock::severity level, std::string_view text) noexcept override
    {
        logged.emplace_back(level, text);
    }

    /// Takes what was sent since the last call.
    std::vector<penstock::packet> collect()
    {
        std::vector<penstock::packet> sent;
        for (penstock::packet& slot : slots_)
            if (!penstock::detail::packet_access::is_none(slot))
                sent.push_back(std::move(slot));
        return sent;
    }

    std::vector<penstock::detail::wait> waits;
    std::vector<penstock::packet> delivered;
    std::vector<penstock::packet> dropped;
    std::vector<std::pair<penstock::packet, std::string>> failed;
    std::vector<std::pair<penstock::packet, std::string>> retried;
    std::vector<std::string> thrown;
    std::vector<std::pair<penstock::severity, std::string>> logged;
    std::vector<std::string> acquired;
    std::vector<std::chrono::steady_clock::time_point> waited;
    std::size_t room = 8;
    int rooms = 0;
    int replies = 0;
    int blocked = 0;

private:
    std::deque<step> script_;
    std::vector<penstock::packet> span_;
    std::uint32_t received_ = 0;
    std::vector<penstock::packet> slots_;
};

/// Makes a runtime the current one as long as it lives.
struct current_runtime
{
    explicit current_runtime(penstock::detail::runtime& runtime)
    {
        penstock::detail::set_current(&runtime);
    }

    ~current_runtime() { penstock::detail::set_current(nullptr); }
};

/// Connects a component as it is in run().
inline void connect_for_run(penstock::component& component, penstock::detail::runtime& runtime)
{
    penstock::detail::component_access::connect(component, runtime);
    penstock::detail::component_access::open_ports(component);
}

/// A component with the ports `in` and `out` as it is in run(), with a runtime of its own.
template <class Component>
struct connected_component
{
    connected_component() { connect_for_run(component, runtime); }

    scripted_runtime runtime;
    const current_runtime current{runtime};
    Component component;
    penstock::input& in = component.in;
    penstock::output& out = component.out;
};

/// Makes packets with the field `n` counting up.
inline std::vector<penstock::packet> numbered(int first, int last)
{
    std::vector<penstock::packet> list;
    for (int n = first; n <= last; ++n)
        list.push_back(penstock::packet({{"n", n}}));
    return list;
}

/// The fields `n` of packets, as one text.
template <class Packets>
std::string numbers(const Packets& packets)
{
    std::string text;
    for (const penstock::packet& each : packets)
        text += (text.empty() ? "" : " ") + penstock::write_json(each.get("n"));
    return text;
}
