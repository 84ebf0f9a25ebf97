// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/testing/run.hpp>

#include <penstock/detail/let_go.hpp>
#include <penstock/detail/packet_access.hpp>
#include <penstock/nearest.hpp>
#include <penstock/unavailable.hpp>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <utility>

namespace penstock::testing
{

namespace
{

using detail::arrival;
using detail::packet_access;
using detail::port_access;

constinit thread_local data_directory* present = nullptr;

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

/// Stands for the receipt of all packets of one run, so that each of their ends is heard of.
class run_origin final : public detail::origin
{
public:
    void count(detail::end) noexcept override {}
    void bury(const json::object&) override {}
    void abandon() noexcept override {}
    void reply(const packet&) override {}
    void receipts(void (*)(void*, std::string_view), void*) const override {}

    // All packets of a run have one key.
    void keys(void (*visit)(void*, std::string_view), void* context) const override
    {
        visit(context, {});
    }

private:
    void closed() noexcept override { delete this; }
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
            for (packet& each : fed.packets)
                packet_access::attach(each, *share_.receipts);
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

    ~list_runtime() override
    {
        if (connected_)
            detail::component_access::disconnect(component_);
    }

    /// An instance that belongs to the run is destroyed, and what it holds then ends too.
    result run(std::unique_ptr<component>* owner)
    {
        const scoped_current current(this);
        component_.start();
        detail::component_access::load_state(component_, *this);
        component_.run();
        settle();
        for (output* port : detail::component_access::members(component_).outputs)
            collect(*port);
        if (owner != nullptr)
        {
            connected_ = false;
            owner->reset();
            settle();
        }
        return std::move(result_);
    }

    arrival refill(input& port, const detail::wait& wait) override
    {
        settle();
        feed& fed = feeds_[port.index()];
        if (!fed.returned.empty())
        {
            fed.span = std::exchange(fed.returned, {});
            port_access::set_span(port, fed.span.data(), fed.span.data() + fed.span.size());
            return arrival::packets;
        }
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

    void hand_back(packet&& packet) noexcept override
    {
        let_go_.push_back({std::move(packet), turn(), false});
    }

    void hand_back_outside(packet&& packet) noexcept override
    {
        outside_.push_back(std::move(packet));
    }

    void deliver(packet&& packet) override { result_.delivered.push_back(bare(packet)); }

    void drop(packet&& packet) override { result_.dropped.push_back(bare(packet)); }

    void fail(packet&& packet, std::string reason) override
    {
        result_.failed.emplace_back(bare(packet), std::move(reason));
    }

    void retry(packet&& packet, std::string reason) override
    {
        fail(std::move(packet), std::move(reason));
    }

    void threw(std::string reason) override
    {
        std::vector<detail::let_go> packets = std::exchange(let_go_, {});
        const std::vector<detail::fate> fates =
            detail::fates_of(packets, turn(), detail::blame::last);
        bool any = false;
        for (std::size_t i = 0; i < packets.size(); ++i)
        {
            any = any || fates[i] == detail::fate::blamed || fates[i] == detail::fate::orphaned;
            end(packets[i].content, fates[i], reason);
        }
        if (!any)
            log(severity::warning, "threw when all it had received had ended: " + reason);
    }

    void away(std::string why, std::chrono::milliseconds retry_after) override
    {
        throw unavailable(why, retry_after); // nothing waits here
    }

    [[nodiscard]] bool is_away() const noexcept override { return false; }

    void reply(const packet& packet) override
    {
        (void)write_json(to_json(packet)); // throws, as in a graph, for what JSON cannot hold
        auto copy = packet_access::share(packet);
        result_.replies.push_back(bare(copy));
    }

    bool admit(output& port, packet& what, const json::value& position,
               std::uint64_t number) override
    {
        packet_access::set_id(what, packet_access::position_id({}, name, write_json(position)));
        result_.sent[port.name()].push_back(std::move(what));
        ended_.push_back(number);
        idle_waits_ = 0;
        return true;
    }

    // A source that finds nothing is drained the second time.
    bool await_ends(std::vector<std::uint64_t>& ended, const detail::source_wait& wait) override
    {
        constexpr unsigned most_idle_waits = 2;
        const bool is_idle = ended_.empty() && wait.until > std::chrono::steady_clock::now();
        ended.insert(ended.end(), ended_.begin(), ended_.end());
        ended_.clear();
        idle_waits_ += is_idle ? 1 : 0;
        return idle_waits_ < most_idle_waits;
    }

    void acknowledged(const std::vector<json::value>& positions) override
    {
        result_.acknowledged.insert(result_.acknowledged.end(), positions.begin(), positions.end());
    }

    std::optional<json::value> load_state(std::string_view /*key*/) override
    {
        return present == nullptr ? std::nullopt : present->state;
    }

    void save_state(std::string_view /*key*/, const json::value& value) override
    {
        result_.state = value;
        if (present != nullptr)
            present->state = value;
    }

    [[nodiscard]] std::string data_directory() const override
    {
        return present == nullptr ? std::string() : present->path;
    }

    void blocking(detail::callable work) override
    {
        struct heard
        {
            list_runtime& of;
            ~heard() { of.fail_outside(); }
        };
        const heard at_the_end{*this};
        detail::call_outside(*this, work);
    }

    void acquire(std::string_view /*resource*/) override {}

    void log(severity /*level*/, std::string_view text) noexcept override
    {
        result_.log.emplace_back(text);
    }

private:
    struct share
    {
        run_origin* const receipts = new run_origin;
        share() { receipts->retain(); }
        share(const share&) = delete;
        share& operator=(const share&) = delete;
        ~share() { receipts->release(); }
    };

    struct feed
    {
        std::vector<packet> packets;
        std::vector<packet> returned; // to be received again
        std::vector<packet> span;     // of those
        bool given = false;           // to the port's span
        bool waited = false;          // a deadline has passed
        bool ended = false;           // the end of the request was told
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

    // Takes the receipt off a packet that is shown to the test.
    static packet bare(packet& ended)
    {
        if (detail::origin* const receipts = packet_access::detach(ended))
            receipts->release();
        return std::move(ended);
    }

    void settle()
    {
        for (detail::let_go& each : std::exchange(let_go_, {}))
            end(each.content, detail::fate_of(each.content), {});
    }

    void end(packet& content, detail::fate how, const std::string& reason)
    {
        switch (how)
        {
        case detail::fate::consumed: (void)bare(content); break;
        case detail::fate::unsaid: fail(std::move(content), detail::unsaid_reason(name)); break;
        case detail::fate::blamed:
        case detail::fate::orphaned: fail(std::move(content), reason); break;
        case detail::fate::returned:
            feeds_[packet_access::port(content)].returned.push_back(std::move(content));
            break;
        }
    }

    void fail_outside()
    {
        for (packet& each : std::exchange(outside_, {}))
        {
            let_go(each);
            fail(std::move(each), detail::outside_reason(name));
        }
    }

    static constexpr std::string_view name = "it";
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
            sent.push_back(bare(*slot));
        port_access::set_span(port, nullptr, nullptr);
    }

    component& component_;
    const share share_;
    bool connected_ = true;
    std::vector<detail::let_go> let_go_;
    std::vector<packet> outside_;
    std::vector<std::uint64_t> ended_; // of a source
    unsigned idle_waits_ = 0;
    std::vector<std::string> names_of_inputs_;
    std::vector<feed> feeds_;
    std::vector<std::vector<packet>> slots_;
    result result_;
};

// Assigns the parameters; throws with one line for each that is wrong.
void configure_all(component& component, const json::object& parameters)
{
    std::string wrong;
    for (const parameter_problem& each : configure(component, parameters))
    {
        if (!wrong.empty())
            wrong += '\n';
        wrong += (each.name.empty() ? "" : each.name + ": ") + each.message + "; " + each.expected;
    }
    if (!wrong.empty())
        throw parameter_error(wrong);
}

} // namespace

data_directory::data_directory(std::string given)
    : path(std::move(given)), before_(std::exchange(present, this))
{
}

data_directory::~data_directory()
{
    present = before_;
}

result run(std::unique_ptr<component> component, const json::object& parameters, inputs packets)
{
    configure_all(*component, parameters);
    return run_configured(std::move(component), std::move(packets));
}

result run_configured(std::unique_ptr<component> component, inputs packets)
{
    return list_runtime(*component, std::move(packets)).run(&component);
}

result run(component& component, const json::object& parameters, inputs packets)
{
    configure_all(component, parameters);
    return list_runtime(component, std::move(packets)).run(nullptr);
}

} // namespace penstock::testing
