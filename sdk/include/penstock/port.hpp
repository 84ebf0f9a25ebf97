// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/runtime.hpp>
#include <penstock/export.hpp>
#include <penstock/packet.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock
{

class component;
struct members;

namespace detail
{
struct port_access;
} // namespace detail

/// The exception of every call that suspends when the graph is torn down. It is no std::exception,
/// so that a handler for errors lets it pass; swallowed, it is thrown again by every later call.
class PENSTOCK_EXPORT stopped
{
public:
    /// A text for a log. [any thread]
    [[nodiscard]] const char* what() const noexcept { return "the graph was stopped"; }
};

/// Whether a graph must connect an input.
enum class presence
{
    required, ///< it must
    optional  ///< it need not
};

/// Short for presence::required.
inline constexpr presence required = presence::required;
/// Short for presence::optional.
inline constexpr presence optional = presence::optional;

/// The packets of one receive_some() or receive_request(); false once the input has closed. It owns
/// them. [the component's own fiber]
class batch : public std::vector<packet>
{
public:
    /// The batch of an input that has closed.
    batch() = default;

    /// An empty batch of an input that is open, or has closed.
    explicit batch(bool open) : open_(open) {}

    /// False once the input has closed.
    [[nodiscard]] explicit operator bool() const noexcept { return open_; }

private:
    bool open_ = false;
};

/// The answer of receive_until(): a packet, which it owns, or the reason why there is none. [the
/// component's own fiber]
class received
{
public:
    /// An answer without a packet.
    explicit received(detail::arrival why) : why_(why) {}

    /// An answer with a packet, which it takes over.
    explicit received(packet&& packet) : packet_(std::move(packet)), why_(detail::arrival::packets)
    {
    }

    /// Whether there is a packet.
    [[nodiscard]] explicit operator bool() const noexcept { return packet_.has_value(); }

    /// Whether the deadline passed.
    [[nodiscard]] bool timed_out() const noexcept { return why_ == detail::arrival::timeout; }

    /// Whether the input has closed.
    [[nodiscard]] bool closed() const noexcept { return why_ == detail::arrival::closed; }

    /// The packet. There must be one.
    packet& operator*() noexcept { return *packet_; }

    /// The packet. There must be one.
    packet* operator->() noexcept { return &*packet_; }

private:
    std::optional<packet> packet_;
    detail::arrival why_;
};

/// What inputs and outputs share: an owner, a name, and a sentence of help.
class PENSTOCK_EXPORT port
{
public:
    port(const port&) = delete;
    port& operator=(const port&) = delete;

    /// The name; lives as long as the port. [any thread]
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// The help; lives as long as the port. [any thread]
    [[nodiscard]] const std::string& help() const noexcept { return help_; }

    /// The place among the component's inputs, or its outputs, in order of declaration.
    [[nodiscard]] std::uint16_t index() const noexcept { return index_; }

protected:
    /// Takes the texts over; the derived port registers.
    port(std::string name, std::string help) : name_(std::move(name)), help_(std::move(help)) {}

    ~port() = default;

    friend struct detail::port_access;
    detail::runtime* runtime_ = nullptr; ///< set while the component is connected
    packet* next_ = nullptr;             ///< the span: packets to take, or slots to fill
    packet* end_ = nullptr;              ///< the end of the span
    std::uint16_t index_ = 0;            ///< see index()

private:
    std::string name_;
    std::string help_;
};

/// An input port. A member of its component; declared once, connected by the graph.
///
/// All calls come from run(), in the component's own fiber, and throw `stopped` at teardown; from
/// elsewhere, as from start() or inside `blocking`, they throw std::logic_error. To a destructor
/// the input has closed. The caller owns what it receives: a packet that is let go ends there.
class PENSTOCK_EXPORT input : public port
{
public:
    /// Registers with the owner. `name` matches `[a-z][a-z0-9_]*` and is no other input's. Throws
    /// std::invalid_argument.
    input(component& owner, std::string_view name, presence presence = penstock::required,
          std::string_view help = {});

    /// Returns the next packet; suspends while there is none. Empty when every upstream has
    /// closed.
    [[nodiscard]] std::optional<packet> receive()
    {
        if (next_ == end_ && refill({}) != detail::arrival::packets) [[unlikely]]
            return std::nullopt;
        return std::optional<packet>(std::in_place, take());
    }

    /// Returns the next packet, or the reason why there is none: `deadline` passed, or the input
    /// closed. Suspends.
    [[nodiscard]] received receive_until(std::chrono::steady_clock::time_point deadline);

    /// Returns up to `count` packets (at least one), or those that came within `window` of the
    /// first; fewer once they have about `bytes`, unless that is 0. Suspends until there is one;
    /// false when closed.
    [[nodiscard]] batch receive_some(std::size_t count, std::chrono::milliseconds window,
                                     std::uint64_t bytes = 0);

    /// Lends up to `count` packets (at least one) where they stand in the queue, which saves moving
    /// them into a batch and out again: those that stand there in a row; none once the input has
    /// closed. Suspends until there is one. They have been received, and are valid until the next
    /// receive at whatever input; one that was not moved from by then is let go. `blocking`, and a
    /// state that reads or keeps a value, throw std::logic_error while one is left there, and end
    /// the loan.
    [[nodiscard]] std::span<packet> receive_span(std::size_t count);

    /// Returns all packets that one request led to here, perhaps none; false when closed and none
    /// are left. Suspends. After another receive it begins with the rest of the request.
    [[nodiscard]] batch receive_request();

    /// Whether the graph must connect it.
    [[nodiscard]] presence is() const noexcept { return presence_; }

    /// Whether the graph has connected it; false in a fresh instance.
    [[nodiscard]] bool wired() const noexcept { return wired_; }

private:
    friend struct detail::port_access;

    detail::arrival refill(const detail::wait& wait);
    void end_loan() noexcept;
    void refuse_while_lent() const;

    packet&& take() noexcept { return std::move(*next_++); }

    std::span<packet> lent_; ///< by receive_span(); some may have been moved from
    std::size_t rest_ = 0;   ///< of the span, behind `end_`: given when the loan has ended
    presence presence_;
    bool wired_ = false;
};

/// An output port. A member of its component; one output may feed many inputs.
///
/// All calls come from run(), in the component's own fiber, and throw `stopped` at teardown; from
/// elsewhere, as from start() or inside `blocking`, they throw std::logic_error. What the
/// component's destructor sends, which may not throw, is let go, and that is logged.
class PENSTOCK_EXPORT output : public port
{
public:
    /// Registers with the owner. `name` matches `[a-z][a-z0-9_]*`, is no other output's and not
    /// `error`, which every node has without declaring it. Throws std::invalid_argument.
    output(component& owner, std::string_view name, std::string_view help = {});

    /// Sends a packet on; suspends while the edge is full. Takes the packet over. Throws
    /// std::logic_error for one that was moved from, but in a destructor.
    void send(packet&& packet)
    {
        if (packet.body_ == nullptr) [[unlikely]]
            return refuse_none();
        if (next_ == end_) [[unlikely]]
            make_room();
        std::construct_at(next_++, std::move(packet)); // the slot holds nothing
    }

    /// Sends the packets of a batch on, but for those that were moved from, and empties it; suspends
    /// while the edge is full. If it throws, those that were not sent are still in the batch.
    void send(batch&& some);
    void send(batch& some) = delete; // what empties a batch moves it

    /// Sends packets on from where they are, as those of receive_span(), but for those that were
    /// moved from; suspends while the edge is full. If it throws, those that were not sent are still
    /// there.
    void send(std::span<packet> some);

private:
    friend class output_family;
    friend struct detail::port_access;

    output(std::string name, std::string help) : port(std::move(name), std::move(help)) {}

    void refuse_none() const; // unless a destructor sends it
    void make_room();
};

/// Output ports that are named by a parameter: those of a splitter or a switch.
///
/// Declares a list parameter of its own name; each of its items is an output port, or an object
/// that names one.
class PENSTOCK_EXPORT output_family
{
public:
    /// Registers the parameter with the owner, and `fallback` as its default.
    output_family(component& owner, std::string_view name, std::vector<std::string> fallback = {},
                  std::string_view help = {});
    /// Registers a parameter that every graph must give: a list of objects with the members `each`,
    /// of which the one called `port` names an output.
    output_family(component& owner, std::string_view name, members each, std::string_view port,
                  std::string_view help);
    /// Ends its ports. [with the owner]
    ~output_family();
    output_family(const output_family&) = delete;
    output_family& operator=(const output_family&) = delete;

    /// The name of the parameter.
    [[nodiscard]] const std::string& name() const noexcept;

    /// The number of ports; known from `start()` on.
    [[nodiscard]] std::size_t size() const noexcept;

    /// The nth port. `n` is below size().
    [[nodiscard]] output& operator[](std::size_t n);

    /// The port of that name, or null.
    [[nodiscard]] output* find(std::string_view name);

    /// The objects of the parameter, one for each port; none if its items are texts. They belong to
    /// the family. [any thread, parameters assigned]
    [[nodiscard]] const std::vector<json::object>& items() const noexcept;

private:
    friend struct detail::port_access;
    struct state;

    void make_outputs(); // throws parameter_error

    std::unique_ptr<state> state_;
};

namespace detail
{

/// Access to the internals of ports, for the component's runtime.
struct PENSTOCK_EXPORT port_access
{
    static void connect(port& port, runtime& runtime) noexcept { port.runtime_ = &runtime; }

    static void disconnect(port& port) noexcept
    {
        port.runtime_ = nullptr;
        set_span(port, nullptr, nullptr);
    }

    /// Ends what receive_span() has lent: the packets that are still there are let go, before their
    /// slots are used again, and the port has the rest of its span.
    static void end_loan(input& port) noexcept
    {
        if (!port.lent_.empty())
            port.end_loan();
    }

    /// Refuses work that ends the loan while packets are left there. Throws std::logic_error.
    static void refuse_while_lent(const input& port)
    {
        if (!port.lent_.empty())
            port.refuse_while_lent();
    }

    /// Forgets what was lent, and leaves it where it is: it belongs to a queue.
    static void forget_loan(input& port) noexcept
    {
        port.lent_ = {};
        port.rest_ = 0;
    }

    /// Has the port give no more of its span until the next refill; what is lent stays lent.
    static void give_no_more(input& port) noexcept
    {
        port.end_ = port.next_;
        port.rest_ = 0;
    }

    /// Makes and registers the outputs that the family's parameter names. Once, parameters
    /// assigned. Throws parameter_error.
    static void make_outputs(output_family& family) { family.make_outputs(); }

    static void set_wired(input& port, bool wired) noexcept { port.wired_ = wired; }

    static void set_span(port& port, packet* next, packet* end) noexcept
    {
        port.next_ = next;
        port.end_ = end;
    }

    static packet* next(const port& port) noexcept { return port.next_; }

    static packet* end(const port& port) noexcept { return port.end_; }
};

} // namespace detail
} // namespace penstock
