// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/description.hpp>
#include <penstock/export.hpp>
#include <penstock/json.hpp>
#include <penstock/metric.hpp>
#include <penstock/packet.hpp>
#include <penstock/parameter.hpp>
#include <penstock/port.hpp>
#include <penstock/problems.hpp>

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock
{

class keyed_state;
class state;

namespace detail
{
struct component_access;
struct component_members;
} // namespace detail

/// A black box with named ports and declared parameters; derive from it, or from `transformer`,
/// `filter`, `publisher` or `source` for the simple cases.
///
/// Ports and parameters are members and register in order of declaration. One instance lives on
/// one lane: its code never runs on two threads at once. The constructor only declares; it runs
/// whenever the host wants to know the contract, so it must be cheap and touch nothing outside.
class PENSTOCK_EXPORT component
{
public:
    component(const component&) = delete;
    component& operator=(const component&) = delete;
    /// Destroys the instance; it neither suspends nor throws. What it holds is let go, and so is
    /// what it sends or fails here: a destructor decides nothing. [the lane's thread]
    virtual ~component();

    /// Checks the parameters against rules that no single one can tell: two lists of one length, a
    /// key that needs another. `penstock validate`, deployment and a test run call it, parameters
    /// assigned, and refuse with what it adds. It has no side effects, a log among them, and takes
    /// a second at most. Of what is outside it reads at most what a parameter names, as the file of
    /// a script or a program; all else is for start(). A std::exception counts as a problem. [any
    /// thread; never suspends]
    virtual void check(problems& /*found*/) const {}

    /// Tells how a body of a media type must be JSON, one document, for this component to read any
    /// of it, or nothing if it takes others too. A host asks an adapter, and refuses at its door,
    /// with 400, what is not so; the adapter still fails what it cannot read, for not all packets
    /// come from there. It depends on the parameters alone and reads nothing outside. `mimetype` is
    /// in lower case. [any thread, also of several at once; parameters assigned; never suspends]
    [[nodiscard]] virtual std::optional<json_options> json_body(std::string_view /*mimetype*/) const
    {
        return std::nullopt;
    }

    /// Does costly set-up, once per lane, parameters assigned, before the first packet. A throw
    /// refuses the deployment. [the lane's thread, in the component's fiber; may suspend]
    virtual void start() {}

    /// Works until its inputs are closed: one fiber, a true coroutine. When it throws, a new
    /// instance takes over. All in hand are tried again that the node's `retry` has attempts left
    /// for. Without a `retry`, those of a batch, or of a request at the only input, come again one
    /// by one; otherwise the packet received last fails, if it is in hand, and the others are
    /// received again. Unsent children go with their parent. [the component's own fiber; may
    /// suspend]
    virtual void run() = 0;

protected:
    component();

    // The verbs that end a packet here. [the component's own fiber] They throw std::logic_error for
    // a packet that was moved from, and when called from elsewhere, as from inside `blocking`; but
    // nothing in a destructor.

    /// Ends a packet as delivered: what it is for has been done, and is safe.
    void deliver(packet&& packet);

    /// Ends a packet as dropped on purpose.
    void drop(packet&& packet);

    /// Ends a packet as failed, at once: to the node's `error` port, or to the dead letters.
    /// Suspends.
    void fail(packet&& packet, std::string reason);

    /// Receives a packet again later, if the node's `retry` has attempts left; otherwise, and if
    /// the packet was made here, fails it. Suspends.
    void retry(packet&& packet, std::string reason);

private:
    friend struct detail::component_access;
    std::unique_ptr<detail::component_members> members_;
};

/// Whether an adapter also takes triggers: packets without a body, from GET and DELETE.
enum class triggers
{
    refused, ///< it takes none
    taken    ///< it takes them
};

/// The media types that an adapter reads; `"text/*"`, `"application/*+json"` and `"*/*"` stand for
/// many.
class PENSTOCK_EXPORT accepts
{
public:
    /// Registers with the owner, which outlives it; the texts are copied. [the owner's constructor]
    accepts(component& owner, std::initializer_list<std::string_view> types,
            triggers triggers = triggers::refused);
    /// The same, with the types that a parameter lists besides; it is declared before.
    accepts(component& owner, std::initializer_list<std::string_view> types,
            const parameter<std::vector<std::string>>& further,
            triggers triggers = triggers::refused);
    accepts(const accepts&) = delete;
    accepts& operator=(const accepts&) = delete;
};

/// The declaration that a component is only right with a single instance for the whole graph,
/// because it looks at all packets: a window, a throttle, a global de-duplication.
class PENSTOCK_EXPORT singleton
{
public:
    /// Registers with the owner, which outlives it. [the owner's constructor]
    explicit singleton(component& owner);
    singleton(const singleton&) = delete;
    singleton& operator=(const singleton&) = delete;
};

/// The declaration that what a component gives to reply() is the whole answer to its request, while
/// a parameter is true: a page, or what the sender of a webhook hears. The data of a packet is the
/// body, its meta `mimetype` the type of it, its meta `status`, a whole number from 200 to 599, the
/// status; absent, 200. A GET to a graph with such a component waits for the answer.
class PENSTOCK_EXPORT whole_replies
{
public:
    /// Registers with the owner, which outlives it; the parameter is declared before. [the owner's
    /// constructor]
    whole_replies(component& owner, const parameter<bool>& when);
    whole_replies(const whole_replies&) = delete;
    whole_replies& operator=(const whole_replies&) = delete;
};

/// The declaration that what a component delivers is on the disks of several machines, while a
/// parameter is true. Where all of a request is delivered so, its answer says that it is replicated,
/// and `ack=replicated` is answered when it is processed.
class PENSTOCK_EXPORT replicated_deliveries
{
public:
    /// Registers with the owner, which outlives it; the parameter is declared before. [the owner's
    /// constructor]
    replicated_deliveries(component& owner, const parameter<bool>& when);
    replicated_deliveries(const replicated_deliveries&) = delete;
    replicated_deliveries& operator=(const replicated_deliveries&) = delete;
};

/// Appends a copy of the packet to the answer of each receipt it carries, for `ack=processed`:
/// 1,000 packets or 1 MiB, then the answer is marked truncated. From a component that declares
/// `whole_replies` the packet is the answer itself: of several, the bodies one behind the other, up
/// to 16 MiB, with type and status of the first. [a component's own fiber] Throws std::logic_error
/// elsewhere.
PENSTOCK_EXPORT void reply(const packet& packet);

/// Writes a line to the host's log, marked with the node. [a component's own fiber, and inside
/// `blocking`; elsewhere it goes to the standard error, without the node] Never throws.
PENSTOCK_EXPORT void log(severity level, std::string_view text) noexcept;

namespace detail
{

/// What a component's members registered, in order of declaration.
struct component_members
{
    std::vector<input*> inputs;
    std::vector<output*> outputs;
    std::vector<output_family*> families;
    std::vector<parameter_base*> parameters;
    std::vector<metric*> metrics;
    std::vector<std::string> accepts;
    std::vector<const parameter<std::vector<std::string>>*> further_types; ///< that it accepts
    bool takes_triggers = false;
    bool singleton = false;
    bool acknowledges = false; ///< it is a `source`
    penstock::state* state = nullptr;
    penstock::keyed_state* keyed_state = nullptr;
    bool is_state_loaded = false; ///< as far as it is loaded before run()
    detail::runtime* runtime = nullptr;
    const parameter<bool>* whole_replies = nullptr;         ///< whether it makes them
    const parameter<bool>* replicated_deliveries = nullptr; ///< whether its deliveries are
};

/// Access to the internals of a component, for its runtime.
struct PENSTOCK_EXPORT component_access
{
    static component_members& members(component& c) noexcept { return *c.members_; }

    static const component_members& members(const component& c) noexcept { return *c.members_; }

    /// Connects the component to what carries it; parameters are assigned.
    static void connect(component& c, runtime& runtime) noexcept;

    /// Connects its ports too: run() is about to begin.
    static void open_ports(component& c) noexcept;

    /// Takes its ports back: run() has ended, and what it calls from now on is refused.
    static void close_ports(component& c) noexcept;

    /// Gives the component's state, if it has one, the value that was saved last. Before run().
    /// Suspends.
    static void load_state(component& c, runtime& from);

    /// Takes the component and its ports back from what carried them.
    static void disconnect(component& c) noexcept;
};

} // namespace detail
} // namespace penstock
